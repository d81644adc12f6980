import * as fc from 'fast-check';

/** Texts of policies whose rules have much to do with each other. Each rule stands in a line of its own, the first in line 2. */

const PIECES = ['a', 'b', '?', '*', '[ab]', '[!a]', '[b-]', '[z-a]', '[', '😀'];

const glob = fc.oneof(
  { weight: 2, arbitrary: fc.constant('*') },
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }).map((pieces) => pieces.join('')) },
);

const match = fc.record(
  { type: glob, target: glob, agent: fc.oneof(glob, fc.constantFrom('[*]', '?*')) },
  { requiredKeys: ['type'] },
);

const threshold = fc.constantFrom(0, 1, 1.5, 2, 3);
const compared = fc.record({ n: threshold, m: threshold }, { requiredKeys: ['n'] });
const time = fc.constantFrom('00:00', '06:00', '12:00', '18:00');
const anything = fc.oneof(threshold, fc.constantFrom('a', 'ab', true));

/** Conditions of which it can be told what they have in common. */
const conditions = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        param_eq: fc.record({ n: anything, m: anything }, { requiredKeys: ['m'] }),
        param_gt: compared,
        param_gte: compared,
        param_lt: compared,
        param_lte: compared,
        param_contains: fc.record({ t: fc.constantFrom('a', 'b') }),
        param_matches: fc.record({ t: fc.constantFrom('^a', 'b$', '(a|b){2}', '(') }),
        time_after: time,
        time_before: time,
        weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
        semantic: fc.constantFrom('a', 'b a', 'pii', 'the'),
      },
      { requiredKeys: [] },
    ),
  },
);

const rule = fc.record({ match, conditions, approval: fc.constantFrom('auto', 'approve', 'block') });

export const policyText = fc
  .array(rule, { minLength: 2, maxLength: 6 })
  .map((rules) => `{"version": "1", "rules": [\n${rules.map((each) => JSON.stringify(each)).join(',\n')}\n]}`);
