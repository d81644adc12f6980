import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { POLICIES } from '../policy/support/fixtures';
import { runAegis, type Ran } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';

const POLICY = `version: "1"
defaults: { risk_level: medium, approval: approve }
rules:
  - name: large
    match: { type: "update*", agent: "ci-*" }
    conditions: { param_gt: { count: 10 } }
    risk_level: high
    approval: block
  - name: evenings
    match: { type: "update*" }
    conditions: { time_after: "18:00" }
    approval: block
  - name: on
    match: { type: "read*" }
    risk_level: LOW
    approval: auto
  - name: broken
    match: { type: "broken" }
    conditions: { weekdays: 1 }
`;

/** What acts on a terminal: controls but the line feed, bidirectional and zero-width characters, separators. */
const ACTS = /[^\P{C}\n]|[\u2028\u2029]/u;

describe('aegis simulate', () => {
  const folder = temporaryFolder();

  function written(name: string, text: string | Uint8Array): string {
    const file = path.join(folder(), name);
    fs.writeFileSync(file, text);
    return file;
  }

  const simulate = (...args: string[]): Ran => runAegis(['simulate', written('policy.yaml', POLICY), ...args]);

  function decisions(...args: string[]): unknown[] {
    return JSON.parse(simulate(...args, '--format', 'json').stdout) as unknown[];
  }

  it('decides on each action in the order given, those that are named first', () => {
    const actions = written(
      'actions.jsonl',
      '{"type": "update", "target": "a:b", "params": {"count": 11}, "agent": "ci-7"}\n',
    );
    assert.deepEqual(decisions('read:x', 'other', '--at', '2026-03-11T12:00:00Z', '--actions', actions), [
      { type: 'read', target: 'x', agent: null, params: {}, risk_level: 'low', approval: 'auto', matched_rule: true },
      {
        type: 'other',
        target: '*',
        agent: null,
        params: {},
        risk_level: 'medium',
        approval: 'approve',
        matched_rule: '<default>',
      },
      {
        type: 'update',
        target: 'a:b',
        agent: 'ci-7',
        params: { count: 11 },
        risk_level: 'high',
        approval: 'block',
        matched_rule: 'large',
      },
    ]);
  });

  it('takes parameters, agent and time from its flags for actions that do not say them', () => {
    const rule = (...args: string[]): unknown => (decisions(...args)[0] as { matched_rule: unknown }).matched_rule;
    const noon = ['--at', '2026-03-11T12:00:00'];
    const large = ['update:db', '--params', '{"count": 11}', '--agent', 'ci-7'];
    assert.equal(rule(...large, ...noon), 'large');
    assert.equal(rule('update:db', ...noon), '<default>');
    assert.equal(rule('update:db', '--at', '2026-03-11T12:00:00-06:00'), 'evenings');
    const own = '{"type": "update", "agent": "me", "params": {}, "at": "2026-03-11T18:00:00Z"}';
    assert.equal(rule('--actions', written('own.jsonl', own), ...large.slice(1), ...noon), 'evenings');
    const silent = written('silent.jsonl', '\ufeff\n{"type": "update", "agent": null}\r\n');
    assert.equal(rule('--actions', silent, ...large.slice(1), ...noon), 'large');
  });

  it('keeps numbers as they were written, however large', () => {
    const { stdout } = simulate('a:b', '--params', '{"n": 12345678901234567890, "f": 1.0}', '--format', 'json');
    assert.match(stdout, /"params": \{"n": 12345678901234567890, "f": 1\.0\}/);
  });

  it('says what cannot be decided, and ends with 1', () => {
    const { code, stdout } = simulate('broken:x', 'read:x', '--format', 'json');
    const [broken, read] = JSON.parse(stdout) as Record<string, unknown>[];
    assert.equal(code, 1);
    assert.match(String(broken.error), /^The conditions of rule 4 \("broken"\) cannot be evaluated: /);
    assert.equal('approval' in broken, false);
    assert.equal(read.approval, 'auto');
    const text = simulate('broken:x');
    assert.equal(text.code, 1);
    assert.match(text.stdout, /No decision\. The conditions of rule 4/);
  });

  it('tells a person the rule, its line, and why the rules before it did not match', () => {
    const { code, stdout } = simulate('update:db', '--at', '2026-03-11T19:00:00Z', '--agent', 'ci-1');
    assert.equal(code, 0);
    assert.match(stdout, /update:db {2}by ci-1 at 2026-03-11T19:00:00\+00:00/);
    assert.match(stdout, /block, risk medium: rule 2 \("evenings"\), line 9/);
    assert.match(stdout, /rule 1 \("large"\) {2}There is no parameter "count", or it is null \(param_gt\)\./);
    assert.match(stdout, /1 action: 0 without approval, 0 with approval, 1 blocked\./);
    assert.equal(simulate('update:db', '--format', 'table').code, 0);
  });

  it('of many rules tells those first that were for the type of the action', () => {
    const rules = Array.from({ length: 100 }, (_, i) => `  - match: { type: "t${i % 50}", target: "x" }\n`);
    const file = written('many.yaml', `version: 1\nrules:\n${rules.join('')}`);
    const { stdout } = runAegis(['simulate', file, 't7:y']);
    assert.equal(stdout.match(/The target "y" does not match "x"\./g)?.length, 2);
    assert.match(stdout, /and 98 more rules, which are for other types/);
  });

  it('shows nothing of an action or a policy that acts on a terminal', () => {
    const name = '"\\e[31mred\\u202e"';
    const file = written('hostile.yaml', `version: 1\nrules:\n  - name: ${name}\n    match: { type: ${name} }\n`);
    const { stdout, stderr } = runAegis(['simulate', file, '\u001b[2J\u202e:\u200b', '--agent', '\u001b]0;x']);
    assert.doesNotMatch(stdout + stderr, ACTS);
    assert.match(stdout, /\\u\{202e\}/);
  });

  it('tells of members that it does not read', () => {
    const actions = written('typo.jsonl', '{"type": "read", "taget": "x"}\n{"type": "read", "taget": "y", "id": 1}\n');
    const { code, stderr } = simulate('--actions', actions, '--format', 'json');
    assert.equal(code, 0);
    assert.match(stderr, /typo\.jsonl, line 1: "taget" is not read\. An action has type, target, params/);
    assert.match(stderr, /line 2: "id" is not read/);
    assert.equal(stderr.trim().split('\n').length, 2);
  });

  it('says which line of a file is no action, and decides on none', () => {
    for (const [line, sentence] of [
      ['{"type": "read"', /line 2: This is no JSON: at character 16, /],
      ['[1]', /line 2: An action is a JSON object, and this is a list/],
      ['{"target": "x"}', /line 2: It has no "type"/],
      ['{"type": 1}', /line 2: Its "type" must be a text, and is a whole number/],
      ['{"type": "a", "params": "{}"}', /line 2: Its "params" must be an object, and is a text/],
      ['{"type": "a", "at": "yesterday"}', /line 2: Its "at", "yesterday", is no time/],
    ] as const) {
      const { code, stdout, stderr } = simulate('--actions', written('bad.jsonl', `{"type": "read"}\n${line}\n`));
      assert.deepEqual([code, stdout], [2, ''], line);
      assert.match(stderr, sentence);
    }
  });

  it('asks for what is missing or wrong among its arguments', () => {
    for (const [args, sentence] of [
      [[], /There is no action\. Name one as TYPE:TARGET/],
      [['a:b', '--params', '[]'], /It must be a JSON object: it is a list/],
      [['a:b', '--params', '{'], /It must be a JSON object: at character 2/],
      [['a:b', '--at', '25:00'], /It must be a time such as/],
      [['--actions', 'nowhere.jsonl'], /nowhere\.jsonl: There is no such file/],
    ] as const) {
      const { code, stdout, stderr } = simulate(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, sentence);
    }
  });

  it('says on which line and why a policy does not load, and ends with 1', () => {
    for (const [name, sentence] of [
      ['unknown-approval', /unknown-approval\.yaml, line 30: The policy cannot be loaded: "deny" is no approval/],
      ['yaml-tab', /yaml-tab\.yaml, line 18: A tab stands/],
      ['yaml-two-documents', /line \d+: /],
    ] as const) {
      const { code, stdout, stderr } = runAegis(['simulate', path.join(POLICIES, `${name}.yaml`), 'a:b']);
      assert.deepEqual([code, stdout], [1, ''], name);
      assert.match(stderr, sentence);
      assert.match(stderr, /aegis validate .* tells all that is wrong/);
    }
  });
});
