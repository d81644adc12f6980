import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { copyOfFixture, FIXTURES, makeDatabase, TABLE } from '../logfile/support/logs';
import { tracesOf } from '../sqlite/support/imageRows';
import { runAegis, type Ran } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';

const OLD = `version: "1"
defaults: { risk_level: medium, approval: auto }
rules:
  - { name: deletes, match: { type: "delete*" }, approval: block }
  - { name: sends, match: { type: "send*" }, approval: approve }
  - { name: secrets, match: { type: login }, conditions: { param_eq: { password: "letmein" } }, approval: approve }
`;

const NEW = `version: "1"
defaults: { risk_level: high, approval: auto }
rules:
  - { name: sends, match: { type: "send*" }, approval: auto, risk_level: low }
  - { name: deletes, match: { type: "delete*", target: "prod*" }, approval: block }
  - { name: evenings, match: { type: "write*" }, conditions: { time_after: "18:00" }, approval: block }
  - { name: bots, match: { type: "read*", agent: "bot-*" }, approval: approve }
  - { name: secrets, match: { type: login }, conditions: { param_eq: { password: "letmein" } }, approval: block }
`;

interface Row {
  readonly type: string;
  readonly target?: string;
  readonly params?: string | null;
  readonly time?: string;
  readonly agent?: string | null;
  readonly session?: string;
}

const ROWS: readonly Row[] = [
  { type: 'delete_user', target: 'prod-db' },
  { type: 'delete_user', target: 'test-db' },
  { type: 'send_mail' },
  { type: 'write_file', time: '2026-03-11T18:00:00+00:00' },
  { type: 'write_file', time: '2026-03-11T17:59:59.999999+00:00', session: 's2' },
  { type: 'read_file', agent: 'bot-7' },
  { type: 'read_file', agent: null },
  { type: 'login', params: '{"user": "ann", "password": "[REDACTED]"}', session: 's2' },
  { type: 'login', params: '{"user": "ann", "password": "letmein"}' },
];

interface PlanJson {
  readonly total_events: number;
  readonly unchanged: number;
  readonly promoted: number;
  readonly restricted: number;
  readonly newly_blocked: number;
  readonly newly_allowed: number;
  readonly not_evaluable: number;
  readonly rules_added: readonly { readonly rule_name: string; readonly new_value: unknown }[];
  readonly rules_removed: readonly { readonly rule_name: string }[];
  readonly rules_modified: readonly {
    readonly rule_name: string;
    readonly fields_changed: readonly string[];
    readonly old_value: Readonly<Record<string, unknown>>;
    readonly new_value: Readonly<Record<string, unknown>>;
  }[];
  readonly rules_moved: readonly string[];
  readonly defaults_changed: unknown;
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  readonly not_evaluable_actions: readonly Readonly<Record<string, unknown>>[];
  readonly warnings: readonly string[];
}

describe('aegis plan', () => {
  const folder = temporaryFolder();

  function written(name: string, text: string): string {
    const file = path.join(folder(), name);
    fs.writeFileSync(file, text);
    return file;
  }

  function database(rows: readonly Row[]): Promise<string> {
    const literal = (text: string | null): string => (text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`);
    const values = rows.map(
      ({ type, target = 'db', params = '{}', time = '2026-03-11T12:00:00+00:00', agent = 'ann', session = 's1' }) =>
        [session, time, type, target, params, 'LOW', 'auto', agent].map(literal).join(', '),
    );
    const columns = 'session_id, timestamp, action_type, action_target, action_params, risk_level, approval, agent_id';
    const sql = `${TABLE} INSERT INTO audit_log (${columns}) VALUES ${values.map((row) => `(${row})`).join(', ')};`;
    return makeDatabase(path.join(folder(), 'log.db'), sql);
  }

  function plan(...flags: string[]): Ran {
    return runAegis(['plan', written('old.yaml', OLD), written('new.yaml', NEW), ...flags]);
  }

  function json(...flags: string[]): PlanJson {
    const { stdout, stderr } = plan(...flags, '--format', 'json');
    assert.equal(stderr, '');
    return JSON.parse(stdout) as PlanJson;
  }

  function numbers({
    total_events,
    unchanged,
    promoted,
    restricted,
    newly_blocked,
    newly_allowed,
    not_evaluable,
  }: PlanJson) {
    return { total_events, unchanged, promoted, restricted, newly_blocked, newly_allowed, not_evaluable };
  }

  const ALL = {
    total_events: 9,
    unchanged: 2,
    promoted: 1,
    restricted: 1,
    newly_blocked: 2,
    newly_allowed: 1,
    not_evaluable: 2,
  };

  it('says what would have become of each recorded action at its own time, and counts apart what cannot be told', async () => {
    const said = json('--audit-db', await database(ROWS));
    assert.deepEqual(numbers(said), ALL);
    assert.deepEqual(
      said.changes.map(({ row_id, change, old_decision, new_decision, old_rule, new_rule }) => [
        row_id,
        change,
        old_decision,
        old_rule,
        new_decision,
        new_rule,
      ]),
      [
        [2, 'newly_allowed', 'block', 'deletes', 'auto', '<default>'],
        [3, 'promoted', 'approve', 'sends', 'auto', 'sends'],
        [4, 'newly_blocked', 'auto', '<default>', 'block', 'evenings'],
        [6, 'restricted', 'auto', '<default>', 'approve', 'bots'],
        [9, 'newly_blocked', 'approve', 'secrets', 'block', 'secrets'],
      ],
    );
    assert.deepEqual(said.changes[0], {
      row_id: 2,
      line: null,
      session_id: 's1',
      timestamp: '2026-03-11T12:00:00+00:00',
      agent_id: 'ann',
      action_type: 'delete_user',
      target: 'test-db',
      old_decision: 'block',
      new_decision: 'auto',
      change: 'newly_allowed',
      old_rule: 'deletes',
      new_rule: '<default>',
    });
    assert.deepEqual(
      said.not_evaluable_actions.map(({ row_id, change, reason }) => [row_id, change, reason]),
      [
        [7, 'not_evaluable', 'Its agent is not recorded, and rule 4 ("bots") asks for it.'],
        [8, 'not_evaluable', 'Its parameter "password" is redacted, and rule 3 ("secrets") asks for it in "param_eq".'],
      ],
    );
  });

  it('names the rules that were added, removed, changed and moved, as the reference does', () => {
    const said = json();
    const [bots, evenings] = said.rules_added;
    assert.deepEqual([bots.rule_name, evenings.rule_name, said.rules_added.length], ['bots', 'evenings', 2]);
    assert.deepEqual(evenings.new_value, {
      approval: 'block',
      conditions: { time_after: '18:00' },
      match_agent: '*',
      match_target: '*',
      match_type: 'write*',
      risk_level: 'medium',
    });
    assert.deepEqual(said.rules_removed, []);
    assert.deepEqual(
      said.rules_modified.map(({ rule_name, fields_changed }) => [rule_name, fields_changed]),
      [
        ['deletes', ['match_target']],
        ['secrets', ['approval']],
        ['sends', ['approval', 'risk_level']],
      ],
    );
    assert.equal(said.rules_modified[0].old_value.match_target, '*');
    assert.equal(said.rules_modified[0].new_value.match_target, 'prod*');
    assert.equal(said.rules_moved.length, 1);
    assert.deepEqual(said.defaults_changed, { risk_level: { old: 'medium', new: 'high' } });
    assert.deepEqual(numbers(said), { ...Object.fromEntries(Object.keys(ALL).map((key) => [key, 0])) });
  });

  it('narrows the history to a session', async () => {
    const said = json('--audit-db', await database(ROWS), '--session', 's2');
    assert.deepEqual([said.total_events, said.unchanged, said.not_evaluable], [2, 1, 1]);
    const nobody = plan('--audit-db', await database(ROWS), '--session', 'nobody');
    assert.equal(nobody.code, 0);
    assert.match(nobody.stdout, /session nobody: 0 actions/);
    const checked = plan('--audit-db', await database(ROWS), '--session', 'nobody', '--ci');
    assert.equal(checked.code, 2);
    assert.match(checked.stderr, /There is no action of the session nobody, so --ci does not pass/);
  });

  it('with --ci ends with 1 where something is newly blocked, and only there', async () => {
    const file = await database(ROWS);
    assert.equal(plan('--audit-db', file, '--ci').code, 1);
    assert.equal(plan('--audit-db', file).code, 0);
    assert.equal(plan('--audit-db', file, '--ci', '--session', 's2').code, 0);
    const { code } = runAegis(['plan', written('a.yaml', NEW), written('b.yaml', NEW), '--audit-db', file, '--ci']);
    assert.equal(code, 0);
  });

  it('with --ci does not pass over a history in which nothing stands', () => {
    const none = written('none.jsonl', '\n');
    const { code, stderr } = plan('--replay', none, '--ci');
    assert.equal(code, 2);
    assert.match(stderr, /There is no action in it, so --ci does not pass/);
    assert.equal(plan('--audit-db', copyOfFixture(folder(), 'empty'), '--ci').code, 2);
    assert.equal(plan('--replay', none).code, 0);
  });

  it('with --ci does not pass where there is no history, or not all of it could be read', () => {
    for (const flags of [['--ci'], ['--session', 's1']]) {
      const { code, stdout, stderr } = plan(...flags);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /There is no history that could be looked at/);
    }
    const damaged = copyOfFixture(folder(), 'corrupt');
    const { code, stderr, stdout } = plan('--audit-db', damaged, '--ci', '--format', 'json');
    assert.equal(code, 2);
    assert.match(stderr, /Damaged: .*\n.*Not all of it could be read, so --ci does not pass/);
    assert.match((JSON.parse(stdout) as PlanJson).warnings.join(), /Damaged/);
    assert.equal(plan('--audit-db', damaged).code, 0);
  });

  it('reads exports, logging records, chains and actions for aegis simulate as well', async () => {
    const export_ = path.join(folder(), 'log.jsonl');
    runAegis(['audit', '--db', await database(ROWS), '--format', 'jsonl', '-o', export_]);
    const said = json('--replay', export_);
    assert.deepEqual(numbers(said), ALL);
    assert.deepEqual([said.changes[0].row_id, said.changes[0].line], [null, 2]);

    const given = ROWS.map(({ type, target = 'db', params, time = '2026-03-11T12:00:00Z', agent = 'ann' }) =>
      JSON.stringify({ type, target, params: JSON.parse(params ?? '{}') as unknown, agent, at: time }),
    );
    assert.deepEqual(numbers(json('--replay', written('actions.jsonl', given.join('\n')))), ALL);

    // Records of the logging back end have no agent.
    const records = ROWS.map(({ type, target = 'db', params, time = '2026-03-11T12:00:00Z' }) => ({
      session_id: 's1',
      timestamp: time,
      action_type: type,
      action_target: target,
      action_params: JSON.parse(params ?? '{}') as unknown,
      risk_level: 'LOW',
      approval: 'auto',
    }));
    const logged = records.map((record) => JSON.stringify({ logger: 'aegis.audit', message: JSON.stringify(record) }));
    const ofRecords = json('--replay', written('records.jsonl', logged.join('\n')));
    assert.deepEqual(numbers(ofRecords), { ...ALL, restricted: 0, not_evaluable: 3 });
  });

  it('takes each action of a chain once, and knows of its parameters what its metadata has', () => {
    const entry = (type: string, metadata: unknown): string =>
      JSON.stringify({
        sequence_id: 0,
        timestamp: '2026-03-11T12:00:00+00:00',
        agent_id: 'ann',
        action_type: type,
        action_target: 'db',
        decision: 'auto',
        risk_level: 'low',
        matched_rule: 'x',
        metadata,
        previous_hash: '',
        entry_hash: '',
      });
    const params = { password: 'letmein' };
    const chain = [
      entry('login', { phase: 'attempt', action_params: params }),
      entry('login', { phase: 'outcome', action_params: params }),
      entry('login', { phase: 'decision', action_params: JSON.stringify(params) }),
      entry('login', { action_params: { password: 'another' } }),
      entry('login', { original_id: 1 }),
      entry('send_mail', {}),
    ];
    const said = json('--replay', written('chain.jsonl', chain.join('\n')));
    const expected = { ...ALL, total_events: 5, unchanged: 1, restricted: 0, newly_allowed: 0, not_evaluable: 1 };
    assert.deepEqual(numbers(said), expected);
    assert.deepEqual(
      said.not_evaluable_actions.map(({ line, reason }) => [line, reason]),
      [[5, 'Its parameters are not recorded, and rule 3 ("secrets") asks for it in "param_eq".']],
    );
  });

  it('touches nothing of the database', () => {
    for (const name of ['wal', 'current', 'old-schema']) {
      const file = copyOfFixture(folder(), name);
      const before = tracesOf(path.dirname(file));
      const { code, stderr } = plan('--audit-db', file, '--format', 'json');
      assert.deepEqual([code, stderr], [0, ''], name);
      assert.deepEqual(tracesOf(path.dirname(file)), before);
    }
  });

  it('tells a person what changes, first in the rules and then in what was recorded', async () => {
    const { stdout } = plan('--audit-db', await database(ROWS));
    for (const line of [
      / {2}added {4}rule 4 \("bots"\): "read\*" on "\*" by "bot-\*": approve, risk medium/,
      / {2}changed {2}rule 2 \("deletes"\): match_target was "\*", is "prod\*"/,
      / {2}changed {2}the default risk_level: was medium, is high/,
      / {2}moved {4}rule /,
      /log\.db: 9 actions\n {2}2 {2}unchanged\n {2}2 {2}newly blocked\n/,
      /Newly blocked\n {2}row 4 {2}2026-03-11T18:00:00\+00:00 {2}write_file db {2}block by rule 3 \("evenings"\); was/,
      /Cannot be told\n {2}row 7 {2}.*Its agent is not recorded/,
      /an action that was never recorded is not in these/,
    ])
      assert.match(stdout, line);
    const same = runAegis(['plan', written('a.yaml', NEW), written('b.yaml', NEW)]);
    assert.match(same.stdout, /The rules and defaults are the same\.\n\nNo history was given\./);
  });

  it('lists some of many, and says how many there are', async () => {
    const many = Array.from({ length: 1000 }, (): Row => ({ type: 'send_mail', target: '\u001b[2J\u202e' }));
    const { stdout } = plan('--audit-db', await database(many));
    assert.match(stdout, /1,000 {2}promoted/);
    assert.match(stdout, /and 980 more actions; --format json lists them/);
    assert.doesNotMatch(stdout, /[^\P{C}\n]/u);
    assert.equal(json('--audit-db', await database(many)).changes.length, 1000);
  });

  it('says what is wrong with its arguments', () => {
    for (const [flags, code, sentence] of [
      [['--audit-db', 'a', '--replay', 'b'], 2, /cannot be used with option '--replay/],
      [['--audit-db', 'nowhere.db'], 2, /Database not found: nowhere\.db/],
      [['--replay', 'nowhere.jsonl'], 2, /nowhere\.jsonl: There is no such file/],
      [['--audit-db', path.join(FIXTURES, 'other.db')], 2, /no table audit_log/],
    ] as const) {
      const ran = plan(...flags);
      assert.deepEqual([ran.code, ran.stdout], [code, ''], flags.join(' '));
      assert.match(ran.stderr, sentence);
    }
    const broken = runAegis(['plan', written('old.yaml', OLD), written('broken.yaml', 'rules: 1')]);
    assert.deepEqual([broken.code, broken.stdout], [1, '']);
    assert.match(broken.stderr, /broken\.yaml, line 1: The policy cannot be loaded/);
  });
});
