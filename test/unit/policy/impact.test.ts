import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../src/core/policy/evaluate';
import { changeOf, CHANGE_KINDS } from '../../../src/core/policy/impact/change';
import { DEFAULTS, Impact, REDACTED, UNKNOWN, type Judged } from '../../../src/core/policy/impact/impact';
import type { RecordedAction } from '../../../src/core/policy/impact/recordedAction';
import { RecordedParams } from '../../../src/core/policy/impact/recordedParams';
import type { Policy } from '../../../src/core/policy/policy';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import type { PyMapping } from '../../../src/core/policy/yamlTree';
import { loaded, py, type Written } from './support/nodes';

/** A Wednesday, 12:00. */
const NOON = Date.parse('2026-03-11T12:00:00Z') * 1000;

interface Recorded {
  readonly type?: string;
  readonly target?: string;
  readonly agent?: string | null;
  readonly params?: Readonly<Record<string, Written>> | undefined;
  readonly description?: string | undefined;
  readonly clock?: number;
}

function recorded(given: Recorded): RecordedAction {
  const { type = 'write', target = 'db', agent = 'ann', clock = NOON } = given;
  const params = 'params' in given ? given.params : {};
  const description = 'description' in given ? given.description : '';
  return {
    type,
    target,
    agent,
    clock,
    content: () => ({ params: params && RecordedParams.of(JSON.stringify(params)), description }),
  };
}

function impactOf(before: Policy, after: Policy, actions: readonly RecordedAction[]): Impact {
  const impact = new Impact(before, after, { size: actions.length, at: (i) => actions[i] }, pythonSearch());
  while (impact.advance(3));
  return impact;
}

function judged(before: Policy, after: Policy, action: Recorded): Judged {
  return impactOf(before, after, [recorded(action)]).details(0);
}

/** All actions are allowed, but for what the rules say. */
function policy(...rules: readonly Written[]): Policy {
  return loaded({ defaults: { approval: 'auto' }, rules });
}

const FREE = policy();

function block(more: Readonly<Record<string, Written>>): Written {
  return { name: 'stop', approval: 'block', ...more };
}

/** What becomes of an action where a rule that blocks is added. */
function withRule(more: Readonly<Record<string, Written>>, action: Recorded): string {
  return judged(FREE, policy(block(more)), action).kind;
}

describe('The impact of an edited policy on recorded actions', () => {
  it('tells the kinds of change apart as the reference does', () => {
    const kinds = ['auto', 'approve', 'block'] as const;
    const table = kinds.map((before) => kinds.map((after) => changeOf(before, after)));
    assert.deepEqual(table, [
      ['unchanged', 'restricted', 'newly_blocked'],
      ['promoted', 'unchanged', 'newly_blocked'],
      ['newly_allowed', 'newly_allowed', 'unchanged'],
    ]);
  });

  it('counts each kind, and knows the actions and rules behind each number', () => {
    const before = policy(block({ match: { type: 'delete*' } }), { match: { type: 'send*' }, approval: 'approve' });
    const after = policy(
      { name: 'sends', match: { type: 'send*' }, approval: 'auto' },
      block({ match: { target: 'prod*' } }),
      { name: 'reads', match: { type: 'read*' }, approval: 'approve' },
    );
    const actions = [
      { type: 'delete', target: 'test' },
      { type: 'send', target: 'prod' },
      { type: 'read', target: 'prod' },
      { type: 'read', target: 'test' },
      { type: 'write', target: 'test' },
      { type: 'delete', target: 'prod' },
    ].map(recorded);
    const impact = impactOf(before, after, actions);
    assert.deepEqual(
      CHANGE_KINDS.map((kind) => [kind, impact.count(kind), impact.positions(kind)]),
      [
        ['unchanged', 2, [4, 5]],
        ['promoted', 1, [1]],
        ['restricted', 1, [3]],
        ['newly_blocked', 1, [2]],
        ['newly_allowed', 1, [0]],
        ['not_evaluable', 0, []],
      ],
    );
    const { byRule, byDefaults, unknown } = impact.decided('after');
    assert.deepEqual([[...byRule], byDefaults, unknown], [[1, 2, 1], 2, 0]);
    assert.deepEqual([...impact.decided('before').byRule], [2, 1]);
    assert.deepEqual(impact.decidedBy('after', 1), [2, 5]);
    assert.deepEqual(impact.decidedBy('after', DEFAULTS), [0, 4]);
    assert.deepEqual(impact.decidedBy('before', 0, 1), [0]);
    assert.deepEqual(impact.details(2), {
      kind: 'newly_blocked',
      before: { rule: DEFAULTS, approval: 'auto' },
      after: { rule: 1, approval: 'block' },
      reason: undefined,
    });
  });

  it('goes on where it was paused, and tells what is known so far', () => {
    const actions = Array.from({ length: 10 }, (_, i) => recorded({ type: i % 2 === 0 ? 'read' : 'write' }));
    const after = policy(block({ match: { type: 'read' } }));
    const impact = new Impact(FREE, after, { size: 10, at: (i) => actions[i] }, pythonSearch());
    assert.equal(impact.advance(4), true);
    assert.deepEqual([impact.done, impact.count('newly_blocked'), impact.positions('newly_blocked')], [4, 2, [0, 2]]);
    assert.equal(impact.advance(100), false);
    assert.deepEqual([impact.done, impact.count('newly_blocked')], [10, 5]);
    assert.equal(impact.advance(1), false);
  });

  it('judges each action at the time at which it was recorded', () => {
    const evening = { conditions: { time_after: '18:00' } };
    assert.equal(withRule(evening, {}), 'unchanged');
    assert.equal(withRule(evening, { clock: NOON + 6 * 3600e6 }), 'newly_blocked');
    assert.equal(withRule({ conditions: { weekdays: [3] } }, {}), 'newly_blocked');
    assert.equal(withRule({ conditions: { weekdays: [4] } }, {}), 'unchanged');
  });

  describe('where the record lacks what a rule asks for', () => {
    const token = { params: { token: REDACTED, path: 'a' } };

    it('counts a redacted parameter apart, and says which', () => {
      for (const key of [
        'param_eq',
        'param_gt',
        'param_lt',
        'param_gte',
        'param_lte',
        'param_contains',
        'param_matches',
      ])
        assert.equal(withRule({ conditions: { [key]: { token: 'x' } } }, token), 'not_evaluable', key);
      const { reason, before, after } = judged(
        FREE,
        policy(block({ conditions: { param_eq: { token: 'x' } } })),
        token,
      );
      assert.equal(reason, 'Its parameter "token" is redacted, and rule 1 ("stop") asks for it in "param_eq".');
      assert.deepEqual([before.rule, after.rule, after.approval], [UNKNOWN, UNKNOWN, undefined]);
    });

    it('but not one that no rule asks for', () => {
      assert.equal(withRule({ conditions: { param_eq: { path: 'a' } } }, token), 'newly_blocked');
      assert.equal(withRule({ conditions: { param_eq: { path: 'b' } } }, token), 'unchanged');
      assert.equal(withRule({ conditions: { param_eq: { path: 'b', token: 'x' } } }, token), 'unchanged');
      assert.equal(withRule({ match: { type: 'read' }, conditions: { param_eq: { token: 'x' } } }, token), 'unchanged');
    });

    it('nor one on which the decision does not depend', () => {
      const asks = { conditions: { param_eq: { token: 'x' } } };
      // Whatever the token was: the rule before decides, or the rest of the policy does the same.
      assert.equal(judged(FREE, policy(block({}), block(asks)), token).kind, 'newly_blocked');
      assert.equal(judged(FREE, policy({ ...asks, approval: 'auto' }), token).kind, 'unchanged');
      const certain = judged(FREE, policy(block(asks), block({ name: 'rest' })), token);
      assert.deepEqual([certain.kind, certain.after], ['newly_blocked', { rule: UNKNOWN, approval: 'block' }]);
      // Both policies ask the same, and get the same answer.
      const [old, edited] = [policy(block(asks)), policy({ match: { type: 'read' } }, block(asks))];
      assert.equal(judged(old, edited, token).kind, 'unchanged');
    });

    it('looks for what is redacted within a value', () => {
      const nested = { params: { auth: { user: 'ann', password: REDACTED }, list: ['a', { secret: REDACTED }] } };
      const kind = (conditions: Written): string => withRule({ conditions }, nested);
      assert.equal(kind({ param_eq: { auth: { user: 'ann', password: 'x' } } }), 'not_evaluable');
      assert.equal(kind({ param_matches: { auth: 'ann' } }), 'not_evaluable');
      assert.equal(kind({ param_contains: { list: 'a' } }), 'not_evaluable');
      // Names are not redacted, and a mapping is no text.
      assert.equal(kind({ param_contains: { auth: 'user' } }), 'newly_blocked');
      assert.equal(kind({ param_contains: { auth: 'name' } }), 'unchanged');
      assert.equal(kind({ param_eq: { auth: 'ann' } }), 'unchanged');
      assert.equal(kind({ param_eq: { list: { a: 1 } } }), 'unchanged');
    });

    it('takes no redacted value for a word of the action', () => {
      assert.equal(withRule({ conditions: { semantic: 'redacted' } }, token), 'not_evaluable');
      assert.equal(withRule({ conditions: { semantic: 'token' } }, token), 'newly_blocked');
      assert.equal(withRule({ conditions: { semantic: 'or and' } }, token), 'unchanged');
      assert.equal(withRule({ conditions: { semantic: 'redacted' } }, { params: { note: 'x' } }), 'unchanged');
    });

    it('counts an action without a known agent apart where a rule asks for one', () => {
      const asks = { match: { agent: 'bot-*' } };
      for (const agent of [null, '']) {
        assert.equal(withRule(asks, { agent }), 'not_evaluable');
        assert.equal(withRule({ match: { agent: '**' } }, { agent }), 'newly_blocked');
        assert.equal(withRule({ match: { agent: '?*' } }, { agent }), 'newly_blocked');
        assert.equal(withRule({ match: { type: 'read', agent: 'bot-*' } }, { agent }), 'unchanged');
      }
      const { reason } = judged(FREE, policy(block(asks)), { agent: null });
      assert.equal(reason, 'Its agent is not recorded, and rule 1 ("stop") asks for it.');
    });

    it('knows what agents there can be that match one pattern and not another', () => {
      const only = (agent: string, approval: string): Written => ({ match: { agent }, approval });
      const none = { agent: null };
      // One of the two blocks, whoever it was.
      assert.equal(judged(FREE, policy(only('[a-m]*', 'block'), only('[!a-m]*', 'block')), none).kind, 'newly_blocked');
      assert.equal(judged(FREE, policy(only('a*', 'block'), only('[!a]*', 'auto')), none).kind, 'not_evaluable');
      // Nobody is left whom the second rule could concern.
      assert.equal(judged(FREE, policy(only('bot*', 'auto'), only('bot-7', 'block')), none).kind, 'unchanged');
      // The same agent meets both policies.
      assert.equal(judged(policy(only('bot*', 'block')), policy(only('bot*', 'block')), none).kind, 'unchanged');
      const [wide, parts] = [policy(only('bot*', 'block')), policy(only('bot-7', 'block'), only('bot*', 'block'))];
      assert.equal(judged(wide, parts, none).kind, 'unchanged');
    });

    it('counts an action without a time apart where a rule asks for it', () => {
      const asks: Written[] = [{ time_after: '08:00' }, { time_before: '08:00' }, { weekdays: [1] }];
      for (const conditions of asks) assert.equal(withRule({ conditions }, { clock: NaN }), 'not_evaluable');
      assert.equal(withRule({}, { clock: NaN }), 'newly_blocked');
    });

    it('counts an action apart whose parameters or description are not recorded where a rule asks for them', () => {
      const lacking = { params: undefined, description: undefined };
      assert.equal(withRule({ conditions: { param_eq: { path: 'a' } } }, lacking), 'not_evaluable');
      assert.equal(withRule({ conditions: { semantic: 'delete' } }, { description: undefined }), 'not_evaluable');
      assert.equal(withRule({ conditions: { semantic: 'write' } }, lacking), 'newly_blocked');
      assert.equal(withRule({ conditions: { no_such: 1 } }, lacking), 'unchanged');
    });
  });

  it('counts an action apart that a policy cannot decide', () => {
    const broken = { conditions: { time_after: 1080 } };
    const { kind, reason } = judged(FREE, policy(block(broken)), {});
    assert.equal(kind, 'not_evaluable');
    assert.match(reason!, /^The conditions of rule 1 \("stop"\) cannot be evaluated: in "time_after", /);
    assert.equal(withRule(broken, { clock: NaN }), 'not_evaluable');
    assert.equal(withRule({ conditions: ['a list'] }, {}), 'not_evaluable');
    assert.equal(withRule({ conditions: { param_gt: { n: 1 } } }, { params: { n: 'many' } }), 'not_evaluable');
    // Broken or not, it is for other actions.
    assert.equal(withRule({ match: { type: 'read' }, ...broken }, {}), 'unchanged');
  });

  it('keeps apart what Python keeps apart in parameters', () => {
    const matches = (text: string, pattern: string): string => {
      const action = { ...recorded({}), content: () => ({ params: RecordedParams.of(text), description: '' }) };
      const after = policy(block({ conditions: { param_matches: { n: `^${pattern}$` } } }));
      return impactOf(FREE, after, [action]).details(0).kind;
    };
    assert.equal(matches('{"n": 1.0}', '1\\.0'), 'newly_blocked');
    assert.equal(matches('{"n": 1}', '1'), 'newly_blocked');
    assert.equal(matches('{"n": 9007199254740993}', '9007199254740993'), 'newly_blocked');
    assert.equal(matches('{"n": {"2": 0, "1": 0}}', "\\{'2': 0, '1': 0\\}"), 'newly_blocked');
    assert.equal(matches('{"n": NaN}', 'nan'), 'newly_blocked');
    assert.equal(matches('{"n": true}', 'True'), 'newly_blocked');
    assert.equal(matches('{"n": "a"', 'a'), 'not_evaluable');
    assert.equal(matches('["n"]', 'a'), 'not_evaluable');
    assert.equal(matches(`{"n": ${'['.repeat(3000)}${']'.repeat(3000)}}`, 'a'), 'not_evaluable');
  });

  const patterns = fc.constantFrom('*', 'a*', '*b', '[ab]', '?', 'a', 'b', '[!a]*');
  const rules = fc.array(
    fc.record({
      match: fc.record({ type: patterns, target: patterns, agent: patterns }, { requiredKeys: [] }),
      approval: fc.constantFrom('auto', 'approve', 'block'),
      conditions: fc.record(
        {
          time_after: fc.constantFrom('06:00', '18:00'),
          weekdays: fc.constantFrom([1, 2, 3], [4]),
          param_eq: fc.record({ p: fc.constantFrom(1, 'x'), q: fc.constantFrom(1, 'x') }, { requiredKeys: [] }),
          param_gt: fc.constantFrom({ p: 0 }, { q: 0 }),
          semantic: fc.constantFrom('x', 'a'),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 5 },
  );
  const policies = fc
    .record({ approval: fc.constantFrom('auto', 'block'), rules })
    .map(({ approval, rules: some }) => loaded({ defaults: { approval }, rules: some as unknown as Written }));
  const texts = fc.constantFrom('a', 'b', 'ab', 'ba');
  const known = fc.record({
    type: texts,
    target: texts,
    agent: texts,
    params: fc.record(
      { p: fc.constantFrom<Written>(1, 0, 'x'), q: fc.constantFrom<Written>(1, 'x') },
      { requiredKeys: [] },
    ),
    clock: fc.constantFrom(NOON, NOON + 7 * 3600e6),
  });

  function evaluated(policy: Policy, { params, clock, ...action }: Required<Omit<Recorded, 'description'>>) {
    const whole = { ...action, agent: action.agent, params: py(params ?? {}) as PyMapping, description: '' };
    return evaluate(policy, whole, clock, pythonSearch());
  }

  it('agrees with an evaluation of each action where nothing is missing', () => {
    fc.assert(
      fc.property(policies, policies, fc.array(known), (before, after, actions) => {
        const impact = impactOf(before, after, actions.map(recorded));
        actions.forEach((action, i) => {
          const [one, other] = [evaluated(before, action), evaluated(after, action)];
          const { kind, ...found } = impact.details(i);
          if (one.kind === 'error' || other.kind === 'error') assert.equal(kind, 'not_evaluable');
          else {
            assert.equal(kind, changeOf(one.approval, other.approval));
            assert.deepEqual(found.before, { rule: one.ruleIndex ?? DEFAULTS, approval: one.approval });
            assert.deepEqual(found.after, { rule: other.ruleIndex ?? DEFAULTS, approval: other.approval });
          }
        });
      }),
    );
  });

  /** All kinds of change that there are, whatever is missing in an action. */
  function possible(before: Policy, after: Policy, actions: readonly Parameters<typeof evaluated>[1][]): Set<string> {
    const kinds = new Set<string>();
    for (const action of actions) {
      const [one, other] = [evaluated(before, action), evaluated(after, action)];
      if (one.kind !== 'error' && other.kind !== 'error') kinds.add(changeOf(one.approval, other.approval));
      else kinds.add('error');
    }
    return kinds;
  }

  it('says what holds whoever the agent was, and nothing else', () => {
    // All that the patterns can tell apart.
    const agents = ['a', 'b', 'c', 'ab', 'ac', 'bb', 'cb', 'ba', 'cc'];
    fc.assert(
      fc.property(policies, policies, known, (before, after, action) => {
        const { kind } = judged(before, after, { ...action, agent: null });
        const kinds = possible(
          before,
          after,
          agents.map((agent) => ({ ...action, agent })),
        );
        assert.deepEqual(kind, kinds.size === 1 && !kinds.has('error') ? [...kinds][0] : 'not_evaluable');
      }),
      { numRuns: 500 },
    );
  });

  it('never says of an action with a redacted parameter or without a time what may be otherwise', () => {
    fc.assert(
      fc.property(policies, policies, known, fc.boolean(), (before, after, action, hasTime) => {
        const clock = hasTime ? action.clock : NaN;
        const { kind } = judged(before, after, { ...action, params: { ...action.params, p: REDACTED }, clock });
        if (kind === 'not_evaluable') return;
        const values: Written[] = [-1, 0, 1, 'x', 'y', null];
        const clocks = hasTime
          ? [clock]
          : [0, 7, 13].flatMap((hour) => [NOON + hour * 3600e6, NOON + (hour + 24) * 3600e6]);
        const whole = clocks.flatMap((time) =>
          values.map((p) => ({ ...action, params: { ...action.params, p }, clock: time })),
        );
        const kinds = possible(before, after, whole);
        // What would have raised was not recorded.
        kinds.delete('error');
        assert.deepEqual([...kinds], [kind]);
      }),
      { numRuns: 500 },
    );
  });

  it('gives up an action whose record leaves too much open, and does not take long', () => {
    const many = (order: (i: number) => number): Policy =>
      policy(
        ...Array.from({ length: 200 }, (_, i) =>
          block({ approval: i % 2 ? 'block' : 'auto', conditions: { param_eq: { token: order(i) } } }),
        ),
      );
    const action = recorded({ params: { token: REDACTED } });
    const started = performance.now();
    const impact = impactOf(
      many((i) => i),
      many((i) => -1 - i),
      [action],
    );
    assert.equal(impact.count('not_evaluable'), 1);
    assert.ok(performance.now() - started < 2000);
  });
});
