import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Indexed } from '../../../src/core/log/entryIndex';
import type { ContentField } from '../../../src/core/log/filter/filter';
import { found } from './support/filtering';
import type { LogEntry } from './support/logs';

/**
 * A second reading of the filter language, as plain as can be: a term is made together with its answer for an entry, and neither
 * knows how the product goes about it.
 */
interface Term {
  readonly text: string;
  readonly holds: (entry: LogEntry, position: number) => boolean;
}

const word = fc.array(fc.constantFrom('a', 'b', 'B', 'ab', '-', ' ', ',', '"', '*', '?', '.', '😀', 'É', '=', '<'), {
  minLength: 1,
  maxLength: 4,
});
const recorded = fc.oneof(
  { weight: 4, arbitrary: word.map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom(null, '', 'none', 'NONE') },
);
const risk = fc.constantFrom('LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'low', 'Severe', null);
const MINUTE = 60_000;
const START = Date.parse('2026-03-29T11:55:00Z');

const entry: fc.Arbitrary<LogEntry> = fc.record({
  session: recorded,
  type: recorded,
  target: recorded,
  risk,
  approval: fc.constantFrom('auto', 'approve', 'block'),
  rule: recorded,
  human: recorded,
  status: fc.constantFrom('success', 'failed', 'Blocked', null),
  agent: recorded,
  parent: recorded,
  chain: recorded,
  params: recorded,
  description: recorded,
  data: recorded,
  error: recorded,
  depth: fc.integer({ min: -1, max: 3 }),
  timestamp: fc.oneof(
    fc.constant('never'),
    fc.integer({ min: 0, max: 10 * MINUTE }).map((after) => new Date(START + after).toISOString()),
  ),
});

interface Wildcard {
  readonly is: '*' | '?';
}
type Pattern = readonly (string | Wildcard)[];

const piece: fc.Arbitrary<string | Wildcard> = fc.oneof(
  { weight: 3, arbitrary: word.map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.constantFrom<Wildcard>({ is: '*' }, { is: '?' }) },
);

/** Two texts side by side would be one. */
const pattern: fc.Arbitrary<Pattern> = fc
  .array(piece, { minLength: 1, maxLength: 4 })
  .filter((pieces) => pieces.every((each, i) => typeof each !== 'string' || typeof pieces[i - 1] !== 'string'));

function written(pieces: Pattern): string {
  return pieces.map((piece) => (typeof piece === 'string' ? `"${piece.replaceAll('"', '""')}"` : piece.is)).join('');
}

/** All ways in which a pattern can be laid on a text, by character. */
function matches(pieces: Pattern, text: string): boolean {
  const wanted = pieces.flatMap((each): (string | Wildcard)[] =>
    typeof each === 'string' ? [...each.toLowerCase()] : [each],
  );
  let ends = new Set([0]);
  const characters = [...text.toLowerCase()];
  for (const one of wanted) {
    const next = new Set<number>();
    for (const end of ends) {
      if (typeof one === 'string') {
        if (characters[end] === one) next.add(end + 1);
      } else if (one.is === '?') {
        if (end < characters.length) next.add(end + 1);
      } else for (let i = end; i <= characters.length; i++) next.add(i);
    }
    ends = next;
  }
  return ends.has(characters.length);
}

const contains = (pieces: Pattern, text: string): boolean => matches([{ is: '*' }, ...pieces, { is: '*' }], text);
const isPlain = (pieces: Pattern): boolean => pieces.every((piece) => typeof piece === 'string');
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

interface Value {
  readonly text: string;
  readonly holds: (value: string | null) => boolean;
}

const columnValue = (isPart: boolean): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 4, arbitrary: pattern.map((pieces) => valueOf(pieces, isPart)) },
    { weight: 1, arbitrary: fc.constant({ text: 'none', holds: isEmpty }) },
    { weight: 1, arbitrary: fc.constant({ text: '""', holds: (value: string | null) => value === '' }) },
  );

function valueOf(pieces: Pattern, isPart: boolean): Value {
  const test = isPart && isPlain(pieces) ? contains : matches;
  return { text: written(pieces), holds: (value) => value !== null && test(pieces, value) };
}

const COLUMNS: readonly [name: string, column: Indexed][] = [
  ['session', 'session'],
  ['type', 'type'],
  ['target', 'target'],
  ['rule', 'rule'],
  ['human', 'human'],
  ['agent', 'agent'],
  ['parent', 'parent'],
  ['chain', 'chain'],
  ['matched_rule', 'rule'],
];

const columnTerm: fc.Arbitrary<Term> = fc.constantFrom(...COLUMNS).chain(([name, column]) =>
  fc.array(columnValue(column === 'target'), { minLength: 1, maxLength: 3 }).map((values) => ({
    text: `${name}:${values.map(({ text }) => text).join(',')}`,
    holds: (each) => values.some(({ holds }) => holds(each[column] ?? null)),
  })),
);

const RANKS = ['low', 'medium', 'high', 'critical'];
const OPERATORS = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '=': (a: number, b: number) => a === b,
};
const operator = fc.constantFrom(...(Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]));

const riskTerm: fc.Arbitrary<Term> = fc.tuple(operator, fc.constantFrom(...RANKS)).map(([sign, named]) => ({
  text: `risk:${sign}${named.toUpperCase()}`,
  holds: (each) => {
    const rank = RANKS.indexOf(each.risk?.toLowerCase() ?? '');
    return rank !== -1 && OPERATORS[sign](rank, RANKS.indexOf(named));
  },
}));

const numberTerm: fc.Arbitrary<Term> = fc
  .tuple(fc.constantFrom('id', 'depth'), operator, fc.integer({ min: -1, max: 5 }), fc.nat(2), fc.boolean())
  .map(([name, sign, number, more, isRange]) => ({
    text: isRange ? `${name}:${number}..${number + more}` : `${name}:${sign}${number}`,
    holds: (each, position) => {
      const actual = name === 'id' ? position + 1 : each.depth!;
      if (name === 'depth' && actual < 0) return false;
      return isRange ? actual >= number && actual <= number + more : OPERATORS[sign](actual, number);
    },
  }));

const timeTerm: fc.Arbitrary<Term> = fc
  .tuple(fc.integer({ min: 0, max: 10 * MINUTE }), fc.integer({ min: 0, max: 5 * MINUTE }))
  .map(([from, length]) => ({
    text: `time:${new Date(START + from).toISOString()}..${new Date(START + from + length).toISOString()}`,
    holds: (each) => {
      const time = Date.parse(each.timestamp!);
      return time >= START + from && time < START + from + length;
    },
  }));

const PARTS: readonly [name: string, part: ContentField][] = [
  ['params', 'params'],
  ['desc', 'description'],
  ['data', 'data'],
  ['error', 'error'],
];
const SEEN = ['type', 'target', 'rule', 'agent', 'session', 'status', 'human'] as const;

const textTerm: fc.Arbitrary<Term> = fc.tuple(pattern, fc.constantFrom('', 'text:')).map(([pieces, field]) => ({
  text: `${field}${written(pieces)}`,
  holds: (each) =>
    [...SEEN, ...PARTS.map(([, part]) => part)].some((name) => {
      const value = each[name];
      return typeof value === 'string' && contains(pieces, value);
    }),
}));

const contentTerm: fc.Arbitrary<Term> = fc.tuple(pattern, fc.constantFrom(...PARTS)).map(([pieces, [name, part]]) => ({
  text: `${name}:${written(pieces)}`,
  holds: (each) => typeof each[part] === 'string' && contains(pieces, each[part]),
}));

const hasTerm: fc.Arbitrary<Term> = fc
  .uniqueArray(fc.constantFrom('agent', 'rule', 'params', 'error'), { minLength: 1, maxLength: 2 })
  .map((names) => ({
    text: `has:${names.join(',')}`,
    holds: (each) => names.some((name) => !isEmpty(each[name as 'agent'])),
  }));

const term: fc.Arbitrary<Term> = fc
  .tuple(fc.boolean(), fc.oneof(columnTerm, riskTerm, numberTerm, timeTerm, textTerm, contentTerm, hasTerm))
  .map(([isNegated, { text, holds }]) =>
    isNegated ? { text: `-${text}`, holds: (each, position) => !holds(each, position) } : { text, holds },
  );

describe('The filter of a log, read twice', () => {
  it('finds what a plain reading of its terms finds, by the index, by the content and all at once', () => {
    let hits = 0;
    let misses = 0;
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.array(term, { maxLength: 3 }), (entries, terms) => {
        const text = terms.map((each) => each.text).join(' ');
        const expected = entries.flatMap((each, i) => (terms.every(({ holds }) => holds(each, i)) ? [i] : []));
        assert.deepEqual(found(text, entries), expected, text);
        if (terms.length > 0) {
          hits += expected.length;
          misses += entries.length - expected.length;
        }
      }),
      { numRuns: 3000 },
    );
    assert.ok(hits > 1000 && misses > 1000, `${hits} found, ${misses} not`);
  });
});
