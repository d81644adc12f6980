import * as assert from 'node:assert/strict';
import type { Action, EvaluationError } from '../../../src/core/policy/evaluate';
import { explain, mismatchSentence } from '../../../src/core/policy/explain';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import type { PyMapping } from '../../../src/core/policy/yamlTree';
import { loaded, py, type Written } from './support/nodes';

/** A Wednesday. */
const CLOCK = Date.parse('2026-03-11T17:59:30.250Z') * 1000;

function action(params: Written = {}, more: Partial<Action> = {}): Action {
  const plain: Action = { type: 'write', target: 'db', params: py(params) as PyMapping, agent: null, description: '' };
  return { ...plain, ...more };
}

/** Why the only rule of a policy does not match. */
function why(rule: Written, given: Action): string {
  const { outcome, passedOver } = explain(loaded({ rules: [rule] }), given, CLOCK, pythonSearch());
  assert.ok(outcome.kind === 'decision' && outcome.ruleIndex === undefined, JSON.stringify(rule));
  assert.equal(passedOver.length, 1);
  return mismatchSentence(passedOver[0].mismatch);
}

/** What is wrong with the only rule of a policy. */
function failure(rule: Written, given: Action): EvaluationError {
  const { outcome } = explain(loaded({ rules: [rule] }), given, CLOCK, pythonSearch());
  assert.ok(outcome.kind === 'error', JSON.stringify(rule));
  return outcome;
}

describe('The explanation of a decision', () => {
  it('lists the rules before the one that decided, each with what kept it from matching', () => {
    const policy = loaded({
      rules: [
        { name: 'reads', match: { type: 'read*' } },
        { name: 'large', conditions: { param_eq: { kind: 'x' }, param_gt: { n: 100 } } },
        { name: 'all', approval: 'block', risk_level: 'high' },
        { name: 'never reached' },
      ],
    });
    const { outcome, passedOver } = explain(policy, action({ kind: 'x', n: 5 }), CLOCK, pythonSearch());
    assert.deepEqual(outcome, { kind: 'decision', risk: 'HIGH', approval: 'block', matchedRule: 'all', ruleIndex: 2 });
    assert.deepEqual(
      passedOver.map(({ rule, mismatch }) => [rule.name, mismatch]),
      [
        ['reads', { kind: 'type', pattern: 'read*', text: 'write' }],
        ['large', { kind: 'parameter', key: 'param_gt', parameter: 'n', expected: 100n, actual: 5n }],
      ],
    );
  });

  it('says it in sentences', () => {
    const params = { n: 5, s: 'gold', list: [1, 'a'], none: null };
    for (const [rule, given, sentence] of [
      [{ match: { target: 'prod-*' } }, action(), 'The target "db" does not match "prod-*".'],
      [{ match: { agent: 'a' } }, action(), 'The agent "*" does not match "a".'],
      [{ conditions: { time_after: '18:00' } }, action(), 'It is 17:59:30.250000 UTC, before 18:00 (time_after).'],
      [
        { conditions: { time_before: '17:59' } },
        action(),
        'It is 17:59:30.250000 UTC, not before 17:59 (time_before).',
      ],
      [
        { conditions: { weekdays: [6, 7] } },
        action(),
        'It is Wednesday (3) in UTC, which is not one of the weekdays [6, 7].',
      ],
      [{ conditions: { param_eq: { x: 1 } } }, action(params), 'There is no parameter "x", or it is null (param_eq).'],
      [
        { conditions: { param_eq: { none: 1 } } },
        action(params),
        'There is no parameter "none", or it is null (param_eq).',
      ],
      [
        { conditions: { param_eq: { n: '5' } } },
        action(params),
        'The parameter "n" is 5, which does not equal "5" (param_eq).',
      ],
      [
        { conditions: { param_gte: { n: 5.5 } } },
        action(params),
        'The parameter "n" is 5, which is not at least 5.5 (param_gte).',
      ],
      [
        { conditions: { param_contains: { list: true, s: 'x' } } },
        action(params),
        'The parameter "s" is "gold", which does not contain "x" (param_contains).',
      ],
      [
        { conditions: { param_matches: { list: '^a' } } },
        action(params),
        'The parameter "list" is [1, "a"], which has no match for "^a" (param_matches).',
      ],
      [
        { conditions: { param_matches: { s: '(' } } },
        action(params),
        'The pattern for the parameter "s" is no valid regular expression, so it never matches (param_matches).',
      ],
      [
        { conditions: { param_matches: { s: 'g'.repeat(1001) } } },
        action(params),
        'The pattern for the parameter "s" is longer than 1,000 characters, so it never matches (param_matches).',
      ],
      [
        { conditions: { semantic: 'leak of it' } },
        action(),
        'The action has none of 2 words of the semantic condition: leak, it.',
      ],
      [{ conditions: { semantic: 'of the' } }, action(), 'The semantic condition names no word, so it never holds.'],
      [
        { conditions: { param_gtt: { n: 1 } } },
        action(params),
        'There is no condition "param_gtt", so it never holds.',
      ],
      [{ conditions: { semantic: null } }, action(), 'There is no condition "semantic", so it never holds.'],
    ] as const)
      assert.equal(why(rule, given), sentence);
  });

  it('counts the characters of a pattern, of which 1,000 are searched for', () => {
    for (const pattern of ['g'.repeat(1000), '😀'.repeat(1000)]) {
      assert.match(why({ conditions: { param_matches: { s: pattern } } }, action({ s: 'x' })), /has no match/);
      assert.match(why({ conditions: { param_matches: { s: `${pattern}g` } } }, action({ s: 'x' })), /never matches/);
    }
  });

  it('shows texts as texts, and long ones cut', () => {
    assert.equal(
      why({ match: { type: '\u202eevil\u0007' } }, action({}, { type: `${'x'.repeat(100)}` })),
      `The type "${'x'.repeat(60)}…" does not match "\\u{202e}evil\\u{7}".`,
    );
  });

  it('of an error says which rule, which condition and why, and what the reference raises', () => {
    for (const [conditions, params, sentence, raised] of [
      [
        { param_gt: { n: '100' } },
        { n: 5 },
        'in "param_gt", for the parameter "n", a whole number and a text have no order.',
        "TypeError: '>' not supported between instances of 'int' and 'str'",
      ],
      [
        { param_contains: { n: 1 } },
        { n: 1.5 },
        'in "param_contains", for the parameter "n", nothing can be looked for in a number.',
        "TypeError: argument of type 'float' is not iterable",
      ],
      [
        { time_after: 1080 },
        {},
        'in "time_after", this is a whole number; a time of day is a text such as "18:00", in quotes.',
        "AttributeError: 'int' object has no attribute 'strip'",
      ],
      [
        { time_before: '25:00' },
        {},
        'in "time_before", "25:00" is no time of day; a time of day is a text such as "18:00", in quotes.',
        'ValueError: hour must be in 0..23',
      ],
      [
        { weekdays: 5 },
        {},
        'in "weekdays", it must be a list of days, from 1 for Monday to 7 for Sunday, and is a whole number.',
        "TypeError: argument of type 'int' is not iterable",
      ],
      [
        { param_lt: [1] },
        {},
        'in "param_lt", it must be a mapping of parameters to values, and is a list.',
        "AttributeError: 'list' object has no attribute 'items'",
      ],
      [
        { semantic: 5 },
        {},
        'in "semantic", it must be a text, and is a whole number.',
        "AttributeError: 'int' object has no attribute 'strip'",
      ],
      [
        ['param_eq'],
        {},
        'its conditions must be a mapping, and are a list.',
        "AttributeError: 'list' object has no attribute 'get'",
      ],
    ] as const) {
      const { sentence: said, python, ruleIndex } = failure({ name: 'odd', conditions }, action(params));
      assert.equal(said, `The conditions of rule 1 ("odd") cannot be evaluated: ${sentence}`);
      assert.equal(`${python?.type}: ${python?.message}`, raised);
      assert.equal(ruleIndex, 0);
    }
  });

  it('tells of an error only where the patterns of its rule match, and of a later condition only where the earlier hold', () => {
    const odd = { time_after: 'never' };
    assert.equal(
      why({ match: { type: 'read' }, conditions: odd }, action()),
      'The type "write" does not match "read".',
    );
    assert.match(why({ conditions: { weekdays: [], ...odd } }, action()), /^It is Wednesday/);
    assert.match(failure({ conditions: { ...odd, weekdays: [] } }, action()).sentence, /time_after/);
    // However it is written, the semantic condition is asked last.
    assert.match(why({ conditions: { semantic: 5, weekdays: [] } }, action()), /^It is Wednesday/);
  });
});
