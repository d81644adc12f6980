import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { spawnSync } from 'node:child_process';
import { copyOfFixture, FIXTURES, makeDatabase, TABLE } from '../logfile/support/logs';
import { tracesOf } from '../sqlite/support/imageRows';
import { runAegis } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';

type Counts = Readonly<Record<string, number>>;

interface StatsJson {
  readonly total_actions: number;
  readonly by_risk_level: Counts;
  readonly by_result_status: Counts;
  readonly top_action_types: Counts;
  readonly top_matched_rules: Counts;
  readonly by_approval: Counts;
  readonly top_agents: Counts;
  readonly top_sessions: Counts;
  readonly different: Counts;
  readonly not_recorded: Counts;
  readonly first_timestamp: string | null;
  readonly last_timestamp: string | null;
  readonly warnings: readonly string[];
}

function stats(file: string, ...flags: string[]): StatsJson {
  const { code, stdout, stderr } = runAegis(['stats', '--db', file, '--format', 'json', ...flags]);
  assert.deepEqual([code, stderr], [0, '']);
  return JSON.parse(stdout) as StatsJson;
}

/** What the reference's `aegis stats --format json` asks its database. */
const REFERENCE = `
import json, sqlite3, sys
connection = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro&immutable=1', uri=True)
def counted(column, more=''):
    rows = connection.execute(f'SELECT {column}, COUNT(*) FROM audit_log {more}').fetchall()
    return dict(rows)
known = 'WHERE {0} IS NOT NULL GROUP BY {0} ORDER BY COUNT(*) DESC'
print(json.dumps({
    'total_actions': connection.execute('SELECT COUNT(*) FROM audit_log').fetchone()[0],
    'by_risk_level': counted('risk_level', 'GROUP BY risk_level ORDER BY COUNT(*) DESC'),
    'by_result_status': counted('result_status', known.format('result_status')),
    'top_action_types': counted('action_type', 'GROUP BY action_type ORDER BY COUNT(*) DESC LIMIT 5'),
    'top_matched_rules': counted('matched_rule', known.format('matched_rule') + ' LIMIT 5'),
}))
`;

describe('aegis stats', () => {
  const folder = temporaryFolder();

  it('counts as the reference does, and touches nothing', () => {
    for (const name of ['current', 'gaps', 'small', 'old-schema', 'extra-columns', 'empty']) {
      const file = copyOfFixture(folder(), name);
      const before = tracesOf(path.dirname(file));
      const said = stats(file);
      assert.deepEqual(tracesOf(path.dirname(file)), before);
      const { stdout } = spawnSync('python3', ['-c', REFERENCE, file], { encoding: 'utf8' });
      const wanted = JSON.parse(stdout) as Partial<StatsJson>;
      assert.deepEqual(said.by_risk_level, wanted.by_risk_level, name);
      assert.deepEqual(said.by_result_status, wanted.by_result_status, name);
      // Which of several that are as frequent come first is SQLite's own affair.
      const numbers = (counts: Counts | undefined): number[] => Object.values(counts ?? {});
      for (const key of ['top_action_types', 'top_matched_rules'] as const) {
        assert.deepEqual(numbers(said[key]), numbers(wanted[key]), `${name}: ${key}`);
        const least = Math.min(...numbers(said[key]));
        for (const [value, count] of Object.entries(wanted[key] ?? {}))
          if (count > least) assert.equal(said[key][value], count, `${name}: ${value}`);
      }
      assert.equal(said.total_actions, wanted.total_actions);
    }
  });

  it('counts decisions, agents and sessions, too, and what was not recorded', () => {
    const said = stats(path.join(FIXTURES, 'current.db'), '--top', '2');
    assert.deepEqual(said.by_approval, { approve: 15, auto: 15, block: 10 });
    assert.deepEqual(said.top_agents, { 'young-stoat-28': 11, 'gilded-egret-21': 10 });
    assert.deepEqual(said.top_sessions, { '세션-9': 22, 'sess-3cdd9b92-long-identifier': 10 });
    assert.deepEqual([said.different.agent_id, said.different.session_id, said.not_recorded.result_status], [5, 3, 9]);
    assert.equal(said.first_timestamp, '2026-04-30T11:23:50.341102+00:00');
    assert.equal(said.last_timestamp, '2026-04-30T12:38:48.375503+00:00');
  });

  it('counts lines of JSON and chains as well', () => {
    assert.equal(stats(path.join(FIXTURES, 'logging.records.jsonl')).not_recorded.agent_id > 0, true);
    const chain = stats(path.join('test', 'fixtures', 'chains', 'intact-sha256.jsonl'));
    assert.equal(chain.not_recorded.agent_id, 0);
    assert.ok(chain.by_approval.block > 0);
  });

  it('shows a person counts in columns, and nothing that acts on a terminal', async () => {
    const row = (type: string, rule: string): string =>
      `('s', '2026-03-11T12:00:00+00:00', '${type}', 'x', 'LOW', 'auto', ${rule})`;
    const file = await makeDatabase(
      path.join(folder(), 'log.db'),
      `${TABLE} INSERT INTO audit_log (session_id, timestamp, action_type, action_target, risk_level, approval, matched_rule)
       VALUES ${[...Array.from({ length: 12 }, () => row('read', 'NULL')), row('\u001b[2J\u202e', "''")].join(', ')};`,
    );
    const { code, stdout } = runAegis(['stats', '--db', file]);
    assert.equal(code, 0);
    assert.match(stdout, /log\.db: 13 actions, 2026-03-11T12:00:00\+00:00 to 2026-03-11T12:00:00\+00:00\n/);
    assert.match(stdout, /Type\n {2}12 {2}read\n {3}1 {2}\\u\{1b\}\[2J\\u\{202e\}\n/);
    assert.match(stdout, /Rule\n {3}1 {2}\(empty\)\n {2}12 {2}\(not recorded\)\n/);
    assert.doesNotMatch(stdout, /[^\P{C}\n]/u);
    assert.match(runAegis(['stats', '--db', file, '--top', '1']).stdout, /Type \(1 of 2 types\)\n {2}12 {2}read\n/);
  });

  it('counts what can be read of a damaged database, says that it is not all, and ends with 2', () => {
    const { code, stdout, stderr } = runAegis([
      'stats',
      '--db',
      copyOfFixture(folder(), 'corrupt'),
      '--format',
      'json',
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /Damaged: 61 rows could be read/);
    const said = JSON.parse(stdout) as StatsJson;
    assert.equal(said.total_actions, 61);
    assert.match(said.warnings.join(), /Damaged/);
  });

  it('ends with 2 for a file of lines that are no entries', () => {
    const file = path.join(folder(), 'policy.yaml');
    fs.writeFileSync(file, 'version: "1"\nrules: []\n');
    const { code, stderr } = runAegis(['stats', '--db', file]);
    assert.equal(code, 2);
    assert.match(stderr, /2 lines are no entries/);
    fs.writeFileSync(file, '');
    assert.equal(runAegis(['stats', '--db', file]).code, 0);
  });

  it('says in a sentence why there is nothing to count', () => {
    for (const [file, sentence] of [
      [path.join(folder(), 'none.db'), /Database not found: .*none\.db\. Run your agent with Aegis first/],
      [path.join(FIXTURES, 'not-a-db.db'), /no SQLite database/],
      [folder(), /This is no file, but a folder/],
    ] as const) {
      const { code, stdout, stderr } = runAegis(['stats', '--db', file]);
      assert.deepEqual([code, stdout], [2, ''], file);
      assert.match(stderr, sentence);
    }
    assert.equal(runAegis(['stats', '--top', '0']).code, 2);
  });
});
