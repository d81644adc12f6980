import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate, type Action } from '../../../src/core/policy/evaluate';
import { Effort } from '../../../src/core/policy/lint/overlap/effort';
import { Overlap } from '../../../src/core/policy/lint/overlap/overlap';
import { partlyTaken } from '../../../src/core/policy/lint/overlap/partlyTaken';
import { reachingAction } from '../../../src/core/policy/lint/overlap/reachingAction';
import type { Policy } from '../../../src/core/policy/policy';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import { lineOf, lint, policyOf } from './support/linted';
import { py, type Written } from './support/nodes';
import { policyText } from './support/randomPolicies';

/** Whether what is said of rules that no action gets to is true of every action of a small world, and whether nothing is left unsaid. */

const TYPES = ['', 'a', 'b', 'aa', 'ab', 'bb', 'aab', 'bab', 'c', '😀', '['];
const TARGETS = ['', 'a', 'ab'];
const AGENTS = [null, 'a', 'ba'];
const PARAMS: readonly Readonly<Record<string, Written>>[] = [
  {},
  { n: 0 },
  { n: 1 },
  { n: 2 },
  { n: 3, m: 1 },
  { n: 1.5, m: 'a' },
  { m: 1, t: 'a' },
  { n: 2, t: 'ab' },
  { n: 'a', t: ['b'] },
];
const DAY = 86_400_000_000;
const HOUR = DAY / 24;
const CLOCKS = [1 * DAY + 3 * HOUR, 2 * DAY + 9 * HOUR, 5 * DAY + 18 * HOUR];

interface Judged {
  readonly action: Action;
  readonly clock: number;
}

function* smallWorld(): Generator<Judged> {
  for (const type of TYPES)
    for (const target of TARGETS)
      for (const agent of AGENTS)
        for (const params of PARAMS)
          for (const clock of CLOCKS)
            yield {
              action: {
                type,
                target,
                agent,
                params: py(params) as Action['params'],
                description: type === 'c' ? 'a' : '',
              },
              clock,
            };
}

const WORLD = [...smallWorld()];
const search = pythonSearch();

function decider(policy: Policy, { action, clock }: Judged): number | 'error' | undefined {
  const outcome = evaluate(policy, action, clock, search);
  return outcome.kind === 'error' ? 'error' : outcome.ruleIndex;
}

/** The rules of which is said that no action gets to them. Each stands in a line of its own. */
function calledDead(text: string): Set<number> {
  const dead = lint(text).filter(
    ({ code, severity }) =>
      (code === 'shadowed-rule' && severity === 'warning') ||
      ['never-holds', 'empty-time-window', 'invalid-regex'].includes(code),
  );
  return new Set(dead.map(({ span }) => lineOf(text, span.start) - 2));
}

describe('Rules that no action gets to', () => {
  it('decide on no action of a small world', () => {
    let called = 0;
    fc.assert(
      fc.property(policyText, (text) => {
        const policy = policyOf(text);
        const dead = calledDead(text);
        if (dead.size === 0) return;
        called += dead.size;
        for (const judged of WORLD) {
          const by = decider(policy, judged);
          assert.ok(typeof by !== 'number' || !dead.has(by), `rule ${String(by)} of ${text}`);
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(called > 50, `${called} rules`);
  });

  it('are all called so: each other rule has an action that gets to it', () => {
    fc.assert(
      fc.property(policyText, (text) => {
        const policy = policyOf(text);
        const dead = calledDead(text);
        policy.rules.forEach((rule, i) => {
          if (dead.has(i)) return;
          const example = reachingAction(policy, i);
          if (example !== undefined) return assert.equal(decider(policy, example), i);
          // Nothing is said only behind a rule that cannot be evaluated.
          const own = { ...policy, rules: [rule] };
          const matched = WORLD.filter((judged) => decider(own, judged) === i);
          const outcomes = new Set(matched.map((judged) => decider(policy, judged)));
          assert.ok(!outcomes.has(i), `rule ${i} of ${text} is reached`);
          // And of words that types have by chance.
          const isAboutWords = text.includes('"semantic"');
          assert.ok(outcomes.has('error') || matched.length === 0 || isAboutWords, `rule ${i} of ${text}`);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('are not those that others take something from, of which there is an example of each', () => {
    let told = 0;
    fc.assert(
      fc.property(policyText, (text) => {
        const policy = policyOf(text);
        const overlap = new Overlap();
        const placed = policy.rules.map((rule) => overlap.placed(rule));
        policy.rules.forEach((rule, i) => {
          const taken = partlyTaken(overlap, placed[i], placed.slice(0, i), new Effort(100_000));
          assert.ok(taken !== 'given-up');
          for (const { rule: other, example } of taken) {
            told++;
            assert.equal(decider(policy, example), other.index);
            assert.equal(decider({ ...policy, rules: [rule] }, example), i);
          }
        });
      }),
      { numRuns: 300 },
    );
    assert.ok(told > 5, `${told} examples`);
  });
});
