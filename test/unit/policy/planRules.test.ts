import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { checkPlan, type PlannedAction, type PlanViolation } from '../../../src/core/policy/checkPlan';
import { loaded, type Written } from './support/nodes';

function check(rules: Written, actions: readonly PlannedAction[]): ReturnType<typeof checkPlan> {
  const { planRules } = loaded({ plan_rules: rules });
  assert.ok(planRules !== undefined);
  return checkPlan(planRules, actions);
}

function violations(rules: Written, types: readonly string[]): readonly PlanViolation[] {
  const found = check(
    rules,
    types.map((type) => ({ type, risk: 'LOW' })),
  );
  assert.ok(!('kind' in found), 'the rules can be applied');
  return found;
}

/** The places of all ways to lay the steps on the actions, first by where they start, then by where they go on. */
function* ways(steps: readonly string[], types: readonly string[], from = 0): Generator<number[]> {
  if (steps.length === 0) yield [];
  for (let i = from; i < types.length; i++)
    if (steps[0] === '*' || steps[0] === types[i])
      for (const rest of ways(steps.slice(1), types, i + 1)) yield [i, ...rest];
}

describe('The rules for several actions in a row', () => {
  it('find steps in their order, whatever is between them, and say what was found', () => {
    const found = violations({ sequence_patterns: [{ name: 'exfil', steps: ['read_*', 'send_*'] }] }, [
      'send_x',
      'read_a',
      'list',
      'send_b',
      'send_c',
    ]);
    assert.deepEqual(found, [
      {
        ruleName: 'exfil',
        description: "Forbidden sequence 'exfil': 'read_a' → 'send_b'",
        involved: [1, 3],
        approval: 'block',
        risk: 'CRITICAL',
      },
    ]);
  });

  it('find a sequence where it starts first, as trying all ways does', () => {
    const letter = fc.constantFrom('a', 'b', 'c');
    let hits = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(letter, fc.constant('*')), { maxLength: 4 }),
        fc.array(letter, { maxLength: 8 }),
        fc.integer({ min: -1, max: 5 }),
        (steps, types, window) => {
          const fitting = [...ways(steps, types)].find((way) => window <= 0 || way.at(-1)! < way[0] + window);
          const expected = steps.length < 2 ? undefined : fitting;
          const found = violations({ sequence_patterns: [{ steps, window }] }, types);
          assert.deepEqual(
            found.map(({ involved }) => involved),
            expected === undefined ? [] : [expected],
          );
          hits += found.length;
        },
      ),
      { numRuns: 3000 },
    );
    assert.ok(hits > 200);
  });

  it('take words that they do not know for block and critical', () => {
    for (const [approval, risk, expected] of [
      ['AUTO', 'Low', ['auto', 'LOW']],
      ['deny', 'severe', ['block', 'CRITICAL']],
      [true, [1], ['block', 'CRITICAL']],
    ] as const) {
      const [found] = violations({ sequence_patterns: [{ steps: ['a', 'b'], approval, risk_level: risk }] }, [
        'a',
        'b',
      ]);
      assert.deepEqual([found.approval, found.risk], expected);
    }
  });

  it('add up risks, and find more than is allowed', () => {
    const actions: PlannedAction[] = [
      { type: 'a', risk: 'LOW' },
      { type: 'b', risk: 'HIGH' },
      { type: 'c', risk: 'CRITICAL' },
    ];
    const withLimit = (most: Written): ReturnType<typeof check> =>
      check({ cumulative_risk: { max_total_risk: most, on_exceed: 'approve' } }, actions);
    assert.deepEqual(withLimit(8), []);
    assert.deepEqual(withLimit(0), []);
    assert.deepEqual(withLimit('7'), [
      {
        ruleName: 'cumulative_risk',
        description: 'Cumulative risk 8 exceeds threshold 7',
        involved: [0, 1, 2],
        approval: 'approve',
        risk: 'CRITICAL',
      },
    ]);
  });

  it('fail where a step that is reached is no text', () => {
    const rules = { sequence_patterns: [{ steps: ['a', 5] }] };
    assert.deepEqual(violations(rules, ['b', 'b']), []);
    assert.deepEqual(
      check(rules, [
        { type: 'a', risk: 'LOW' },
        { type: 'b', risk: 'LOW' },
      ]),
      {
        kind: 'error',
        sentence: 'The plan rules cannot be applied: the step 5 must be a text, and is a whole number.',
        python: { type: 'TypeError', message: 'expected str, bytes or os.PathLike object, not int' },
      },
    );
  });
});
