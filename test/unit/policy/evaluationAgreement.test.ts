import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../src/core/policy/evaluate';
import type { PyMapping } from '../../../src/core/policy/yamlTree';
import { loaded, py, type Written } from './support/nodes';

/**
 * A second reading of policies, as plain as can be: a part of a rule is made together with its answer for an action, and neither knows
 * how the product goes about it.
 */
interface Part {
  readonly written: Written;
  /** Throws where the reference cannot tell. */
  readonly holds: (action: Judged) => boolean;
}

type Param = null | boolean | number | string | readonly (number | string)[];

interface Judged {
  readonly type: string;
  readonly target: string;
  readonly agent: string | null;
  readonly description: string;
  readonly params: Readonly<Record<string, Param>>;
  readonly at: Date;
}

class CannotTell extends Error {}

// Patterns: a piece is a text that stands for itself, or a wildcard with the characters that it takes.

interface Wildcard {
  readonly written: string;
  readonly takes: RegExp;
  readonly isRun: boolean;
}

const WILDCARDS: readonly Wildcard[] = [
  { written: '*', takes: /^[^]$/u, isRun: true },
  { written: '?', takes: /^[^]$/u, isRun: false },
  { written: '[a-c]', takes: /^[abc]$/, isRun: false },
  { written: '[!a-c]', takes: /^[^abc]$/u, isRun: false },
];

type Pattern = readonly (string | Wildcard)[];

function lies(pieces: Pattern, text: readonly string[]): boolean {
  if (pieces.length === 0) return text.length === 0;
  const [piece, ...rest] = pieces;
  if (typeof piece === 'string') return text[0] === piece && lies(rest, text.slice(1));
  if (piece.isRun && lies(rest, text)) return true;
  return text.length > 0 && piece.takes.test(text[0]) && lies(piece.isRun ? pieces : rest, text.slice(1));
}

const character = fc.constantFrom('a', 'b', 'd', 'é', '😀');
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  { weight: 6, arbitrary: fc.constant([WILDCARDS[0]]) },
  { weight: 3, arbitrary: fc.array(fc.oneof(character, fc.constantFrom(...WILDCARDS)), { maxLength: 3 }) },
);

function globPart(of: (action: Judged) => string): fc.Arbitrary<Part> {
  return pattern.map((pieces) => ({
    written: pieces.map((piece) => (typeof piece === 'string' ? piece : piece.written)).join(''),
    holds: (action) => lies(pieces, [...of(action)]),
  }));
}

const match: fc.Arbitrary<Part> = fc
  .record(
    {
      type: globPart(({ type }) => type),
      target: globPart(({ target }) => target),
      agent: globPart(({ agent }) => (agent === null || agent === '' ? '*' : agent)),
    },
    { requiredKeys: [] },
  )
  .map(all);

/** A mapping of parts: what is not there holds. They are asked in their order, the first that does not hold decides. */
function all(parts: Readonly<Record<string, Part>>): Part {
  return {
    written: Object.fromEntries(Object.entries(parts).map(([name, { written }]) => [name, written])),
    holds: (action) => Object.values(parts).every(({ holds }) => holds(action)),
  };
}

// Conditions.

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const clockOf = ({ at }: Judged): string => at.toISOString().slice(11, 16);

const timeAfter = time.map((written): Part => ({ written, holds: (action) => clockOf(action) >= written }));
const timeBefore = time.map((written): Part => ({ written, holds: (action) => clockOf(action) < written }));
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const weekdays = fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8]).map((written): Part => ({
  written,
  holds: ({ at }) => written.some((day) => day !== 0 && DAYS[day % 7] === at.toUTCString().slice(0, 3) && day < 8),
}));

const param: fc.Arbitrary<Param> = fc.oneof(
  fc.constantFrom(0, 1, 2, 1.5, -3),
  fc.constantFrom('', 'a', 'b', 'ab', 'é', '1', '\uffff', '😀'),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.constantFrom<number | string>(0, 1, 'a', 'b'), { maxLength: 3 }),
);

const isNumber = (value: Param): value is number | boolean => typeof value === 'number' || typeof value === 'boolean';

function equal(a: Param, b: Param): boolean {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => equal(item as Param, b[i] as Param));
  return a === b;
}

/** Below zero, zero, above zero. */
function order(a: Param, b: Param): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  if (typeof a === 'string' && typeof b === 'string') return order(points(a), points(b));
  if (!Array.isArray(a) || !Array.isArray(b)) throw new CannotTell();
  const differing = a.findIndex((item, i) => i >= b.length || !equal(item as Param, b[i] as Param));
  if (differing === -1 || differing >= b.length) return a.length - b.length;
  return order(a[differing] as Param, b[differing] as Param);
}

const points = (text: string): number[] => [...text].map((each) => each.codePointAt(0)!);

function contains(actual: Param, expected: Param): boolean {
  if (typeof actual === 'string' && typeof expected === 'string') return actual.includes(expected);
  if (Array.isArray(actual)) return actual.some((item) => equal(item as Param, expected));
  throw new CannotTell();
}

const NAMES = ['n', 'm', 'constructor'];

function paramPart(test: (actual: Param, expected: Param) => boolean): fc.Arbitrary<Part> {
  return fc
    .dictionary(fc.constantFrom(...NAMES), param, { minKeys: 1, maxKeys: 2, noNullPrototype: true })
    .map((written) => ({
      written: written,
      holds: ({ params }) =>
        Object.entries(written).every(([name, expected]) => {
          const actual = Object.hasOwn(params, name) ? params[name] : null;
          return actual !== null && test(actual, expected);
        }),
    }));
}

/** What `semantic` looks for is here told by hand. */
const SEMANTIC: readonly (readonly [written: string, words: readonly string[]])[] = [
  ['financial', ['payment', 'transfer', 'refund', 'charge', 'invoice', 'billing', 'withdraw']],
  [' Root or the A', ['root']],
  ['', []],
];
const wordsOf = ({ type, target, description, params }: Judged): string[] =>
  [
    type,
    target,
    description,
    ...Object.keys(params),
    ...Object.values(params).filter((value) => typeof value === 'string'),
  ]
    .flatMap((text) => text.toLowerCase().split(/[^a-z0-9_]+/))
    .flatMap((word) => [word, ...word.split('_')]);
const semantic = fc.constantFrom(...SEMANTIC).map(([written, words]): Part => ({
  written,
  holds: (action) => words.some((word) => wordsOf(action).includes(word)),
}));

const conditions: fc.Arbitrary<Part> = fc
  .shuffledSubarray(
    [
      ['time_after', timeAfter],
      ['time_before', timeBefore],
      ['weekdays', weekdays],
      ['param_eq', paramPart(equal)],
      ['param_gt', paramPart((a, b) => order(a, b) > 0)],
      ['param_lt', paramPart((a, b) => order(a, b) < 0)],
      ['param_gte', paramPart((a, b) => order(a, b) >= 0)],
      ['param_lte', paramPart((a, b) => order(a, b) <= 0)],
      ['param_contains', paramPart(contains)],
      ['weekday', weekdays.map((part): Part => ({ ...part, holds: () => false }))],
    ] as const,
    { maxLength: 2 },
  )
  .chain((some) => fc.tuple(...some.map(([name, part]) => part.map((each) => [name, each] as const))))
  // `semantic` is asked last, wherever it is written.
  .chain((some) =>
    fc.option(semantic, { nil: undefined }).map((last) => {
      const rest = all(Object.fromEntries(some));
      if (last === undefined) return rest;
      return {
        written: { semantic: last.written, ...(rest.written as Record<string, Written>) },
        holds: (action: Judged) => rest.holds(action) && last.holds(action),
      };
    }),
  );

const verdict = {
  risk_level: fc.constantFrom('low', 'MEDIUM', 'High', 'critical'),
  approval: fc.constantFrom('auto', 'approve', 'block'),
};
const rule = fc.record({ match, conditions, ...verdict });

const action: fc.Arbitrary<Judged> = fc.record({
  type: fc.array(character, { maxLength: 3 }).map((parts) => parts.join('')),
  target: fc.array(character, { maxLength: 3 }).map((parts) => parts.join('')),
  agent: fc.constantFrom(null, '', 'a', 'bd', '*'),
  description: fc.constantFrom('', 'an INVOICE', 'root_dir', 'a rooted thing'),
  params: fc.dictionary(fc.constantFrom(...NAMES), param, { maxKeys: 3, noNullPrototype: true }),
  at: fc.date({ min: new Date('2026-03-01'), max: new Date('2026-03-31'), noInvalidDate: true }),
});

const RISKS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

describe('A policy, read twice', () => {
  it('decides what a plain reading of its rules decides: the first that matches, an error where a condition has no answer', () => {
    const seen = { rule: 0, default: 0, error: 0 };
    const noRegex = (): never => assert.fail('There is no regular expression here.');
    fc.assert(
      fc.property(fc.record(verdict), fc.array(rule, { maxLength: 5 }), action, (defaults, rules, judged) => {
        const policy = loaded({
          defaults,
          rules: rules.map((each) => ({ ...each, match: each.match.written, conditions: each.conditions.written })),
        });
        const said = evaluate(
          policy,
          { ...judged, params: py(judged.params) as PyMapping },
          judged.at.getTime() * 1000,
          noRegex,
        );
        let expected: unknown = undefined;
        for (const [i, each] of rules.entries()) {
          try {
            if (!each.match.holds(judged) || !each.conditions.holds(judged)) continue;
            expected = {
              ruleIndex: i,
              risk: RISKS.find((risk) => risk === each.risk_level.toUpperCase()),
              approval: each.approval,
            };
          } catch (error) {
            if (!(error instanceof CannotTell)) throw error;
            expected = { ruleIndex: i, type: 'TypeError' };
          }
          break;
        }
        if (said.kind === 'error') {
          assert.deepEqual({ ruleIndex: said.ruleIndex, type: said.python?.type }, expected);
          seen.error++;
          return;
        }
        const { ruleIndex, risk, approval } = said;
        seen[ruleIndex === undefined ? 'default' : 'rule']++;
        const risk_level = RISKS.find((each) => each === defaults.risk_level.toUpperCase());
        expected ??= { ruleIndex: undefined, risk: risk_level, approval: defaults.approval };
        assert.deepEqual({ ruleIndex, risk, approval }, expected);
        assert.equal(said.matchedRule, ruleIndex === undefined ? '<default>' : `rule_${ruleIndex}`);
      }),
      { numRuns: 8000 },
    );
    assert.ok(seen.rule > 500 && seen.default > 500 && seen.error > 100, JSON.stringify(seen));
  });
});
