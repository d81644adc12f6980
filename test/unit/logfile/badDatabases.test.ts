import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createCipheriv } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { DamagedError } from '../../../src/sqlite/cursor';
import { LogError } from '../../../src/logfile/logSource';
import { AuditDatabaseError } from '../../../src/sqlite/errors';
import { tracesOf } from '../sqlite/support/imageRows';
import { temporaryFolder } from '../support/temporaryFolder';
import { FIXTURES, TABLE, copyOfFixture, entriesOf, makeDatabase, reading, rowsOf, sessionsOf } from './support/logs';

describe('A database that no log is read from', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder(), name);

  /** Hangs whoever asks for its first row. */
  const ENDLESS =
    'WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless) SELECT n AS id FROM endless';
  const forged = (type: string, name: string, sql: string): string => `PRAGMA writable_schema = ON;
    INSERT INTO sqlite_schema VALUES ('${type}', '${name}', '${name}', 0, '${sql.replaceAll("'", "''")}');`;

  const cases: [what: string, problem: string, sentence: RegExp, make: () => Promise<string> | string][] = [
    ['is missing', 'missing', /No such file|not there|no file/i, () => at('none.db')],
    ['is empty', 'empty', /empty/, () => copyOfFixture(folder(), 'zero')],
    ['is a text', 'not-sqlite', /no SQLite database/, () => copyOfFixture(folder(), 'not-a-db')],
    [
      'is ciphertext',
      'encrypted',
      /encrypted/,
      () => {
        const cipher = createCipheriv('aes-256-ctr', Buffer.alloc(32, 7), Buffer.alloc(16));
        fs.writeFileSync(at('x.db'), cipher.update(fs.readFileSync(path.join(FIXTURES, 'small.db'))));
        return at('x.db');
      },
    ],
    ['is cut within a page', 'damaged', /damaged/, () => copyOfFixture(folder(), 'truncated')],
    [
      'has its header and no more',
      'damaged',
      /damaged/,
      () => {
        fs.writeFileSync(at('x.db'), fs.readFileSync(path.join(FIXTURES, 'small.db')).subarray(0, 60));
        return at('x.db');
      },
    ],
    [
      'is a folder',
      'unreadable',
      /folder/,
      () => {
        fs.mkdirSync(at('x.db'));
        return at('x.db');
      },
    ],
    [
      'has no tables',
      'no-table',
      /^This database has no tables yet: nothing has been recorded in it\.$/,
      () => makeDatabase(at('x.db'), 'CREATE TABLE t (a); DROP TABLE t;'),
    ],
    [
      'has other tables',
      'no-table',
      /^This database has no table audit_log: it is not an Aegis audit log\.$/,
      () => copyOfFixture(folder(), 'other'),
    ],
    [
      'has a view in the place of the table',
      'no-table',
      /is not a table of rows/,
      () => makeDatabase(at('x.db'), `CREATE VIEW audit_log AS ${ENDLESS}`),
    ],
    [
      'has a virtual table in its place',
      'no-table',
      /is not a table of rows/,
      () =>
        makeDatabase(at('x.db'), 'CREATE VIRTUAL TABLE audit_log USING fts3(id, session_id, timestamp, action_type)'),
    ],
    [
      'has a virtual table of a module that is not there',
      'no-table',
      /is not a table of rows/,
      () =>
        makeDatabase(
          at('x.db'),
          `CREATE TABLE t (a); ${forged('table', 'audit_log', 'CREATE VIRTUAL TABLE audit_log USING module_that_is_not_there(id)')}`,
        ),
    ],
    [
      'has a table audit_log without ids',
      'no-table',
      /^Its table audit_log has no id, session_id: it is not an Aegis audit log\.$/,
      () => makeDatabase(at('x.db'), 'CREATE TABLE audit_log (timestamp, action_type, a)'),
    ],
    [
      'has an index and a table of other names in its place',
      'no-table',
      /no table audit_log/,
      () => makeDatabase(at('x.db'), 'CREATE TABLE t (id, session_id); CREATE INDEX audit_log ON t (id)'),
    ],
  ];
  for (const [what, problem, sentence, make] of cases) {
    it(`says so in a sentence where it ${what}, and stays as it was`, async () => {
      const file = await make();
      const before = tracesOfFiles(path.dirname(file));
      const { service } = reading();
      for (const ask of [() => service.open(file), () => service.refresh(file), () => service.detail(file, '1')]) {
        await assert.rejects(ask, (error) => {
          assert.ok(error instanceof AuditDatabaseError || error instanceof DamagedError, String(error));
          if (error instanceof AuditDatabaseError) {
            assert.equal(error.problem, problem);
            assert.match(error.message, sentence);
            assert.match(error.message, /^[A-Z].*\.$/);
          }
          return true;
        });
      }
      assert.deepEqual(tracesOfFiles(path.dirname(file)), before);
    });
  }

  it('is read as soon as it is one', async () => {
    const file = at('later.db');
    const { service } = reading();
    await assert.rejects(service.open(file), AuditDatabaseError);
    fs.writeFileSync(file, '');
    await assert.rejects(service.refresh(file), AuditDatabaseError);
    fs.copyFileSync(path.join(FIXTURES, 'small.db'), file);
    assert.equal((await service.open(file)).entries, 57);
    // What was written just now may be written again without any time that tells of it: it is read once more.
    await rest(100);
    await service.refresh(file);
    assert.equal(await service.refresh(file), undefined);
    fs.copyFileSync(path.join(FIXTURES, 'gaps.db'), file);
    assert.equal((await service.refresh(file))?.entries, 26);
    fs.rmSync(file);
    await assert.rejects(service.refresh(file), AuditDatabaseError);
  });

  it('is told by its content where its name says nothing', async () => {
    fs.copyFileSync(path.join(FIXTURES, 'small.db'), at('trail'));
    const { service } = reading();
    const { kind, entries } = await service.open(at('trail'));
    assert.deepEqual([kind, entries], ['database', 57]);
  });
});

describe('A damaged database', () => {
  const folder = temporaryFolder();

  for (const [name, rows] of [
    ['corrupt', 61],
    ['corrupt-overflow', 80],
  ] as const) {
    it(`lists the rows before the damage, says how many, and what of it cannot be read: ${name}.db`, async () => {
      const file = copyOfFixture(folder(), name);
      const before = tracesOf(path.dirname(file));
      const { service } = reading();
      const { entries, warnings, deleted } = await service.open(file);
      assert.equal(entries, rows);
      const sentence = `Damaged: ${rows} rows could be read, up to row ${rows}, what is behind could not (SQLite says “database disk image is malformed”).`;
      assert.deepEqual(warnings, [sentence]);
      assert.equal(deleted, 0, 'what cannot be read was not deleted');
      const listed = await entriesOf(service, file);
      assert.deepEqual(
        listed.map(({ key }) => key),
        Array.from({ length: rows }, (_, i) => String(i + 1)),
      );
      assert.equal((await service.detail(file, String(rows))).key, String(rows));
      await assert.rejects(service.detail(file, String(rows + 1)), LogError);
      assert.equal((await entriesOf(service, file, 'params:a')).length > 0, true);
      assert.deepEqual(tracesOf(path.dirname(file)), before);
    });
  }

  it('whose rows can all be listed, but not all of their content, says so, and a search in that content fails', async () => {
    const columns = TABLE.slice(0, TABLE.indexOf(', agent_id'));
    const file = await makeDatabase(
      path.join(folder(), 'x.db'),
      `${columns}); ${rowsOf([1, 2, 3])} UPDATE audit_log SET result_data = '"${'Q'.repeat(20_000)}"' WHERE id = 2;`,
    );
    const bytes = fs.readFileSync(file);
    // The second page of the long result leads to a page that is not there.
    const page = Math.floor(bytes.indexOf('Q'.repeat(4000)) / 4096) + 1;
    bytes.fill(0xee, page * 4096, page * 4096 + 4);
    fs.writeFileSync(file, bytes);
    const { service } = reading();
    const { entries, warnings } = await service.open(file);
    assert.equal(entries, 3);
    assert.match(warnings.join(), /^Damaged at pages? \d+(, \d+)*: .*not (be )?readable\.$/);
    assert.equal((await entriesOf(service, file, 'type:read_file')).length, 3);
    await assert.rejects(entriesOf(service, file, 'data:Q'), DamagedError);
    await assert.rejects(service.detail(file, '2'), DamagedError);
    assert.equal((await service.detail(file, '3')).key, '3');
  });
});

describe('A hostile database', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder(), name);

  it('has rows with values of any kind, each shown as what it is', async () => {
    const file = await makeDatabase(
      at('x.db'),
      `CREATE TABLE audit_log (id INTEGER PRIMARY KEY, session_id, timestamp, action_type, action_target, action_params, risk_level, approval, result_status, agent_id, chain_depth);
       INSERT INTO audit_log VALUES
         (1, 7, 1.5, x'00ff', NULL, x'${'ab'.repeat(300)}', 3, '', CAST(x'ff41' AS TEXT), 9007199254740993, 'deep'),
         (2, '7', 'x', 't', '', '{"a": 1.0, "big": 12345678901234567890, "nan": NaN}', 'LOW', 'auto', 'success', '9007199254740993', 3),
         (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1e300);`,
    );
    const { service } = reading();
    const sessions = await sessionsOf(service, file);
    assert.deepEqual(
      sessions.map(({ id, entries }) => [id, entries]),
      [
        ['7', 2],
        [null, 1],
      ],
    );
    const rows = await entriesOf(service, file);
    assert.deepEqual(
      rows.map(({ type, target, risk, status, agent, depth, at: time }) => [
        type,
        target,
        risk,
        status,
        agent,
        depth,
        time,
      ]),
      [
        ["x'00ff'", '', '3', '\ufffdA', '9007199254740993', null, null],
        ['t', '', 'LOW', 'success', '9007199254740993', 3, null],
        ['', '', '', null, null, null, null],
      ],
    );
    const { fields, remarks } = await service.detail(file, '1');
    const value = (name: string): unknown => fields.find((field) => field.name === name)?.value;
    assert.deepEqual(value('action_type'), { kind: 'bytes', text: '00ff', length: 2 });
    assert.deepEqual(value('action_params'), { kind: 'bytes', text: 'ab'.repeat(256), length: 300 });
    assert.deepEqual(value('result_status'), { kind: 'text', text: '\ufffdA', length: 2, damaged: true });
    assert.deepEqual(value('agent_id'), { kind: 'number', text: '9007199254740993' });
    assert.deepEqual(value('timestamp'), { kind: 'number', text: '1.5' });
    assert.deepEqual(value('action_desc'), { kind: 'absent' });
    assert.deepEqual(remarks, ['The timestamp is no time that can be read.']);
    const { trees } = await service.detail(file, '2');
    assert.deepEqual(
      trees[0].root.children.map(({ name, text }) => [name, text]),
      [
        ['a', '1.0'],
        ['big', '12345678901234567890'],
        ['nan', 'NaN'],
      ],
    );
  });
});

/** The same for a folder that has folders in it. */
function tracesOfFiles(folder: string): string[] {
  const isPlain = fs.readdirSync(folder, { withFileTypes: true }).every((each) => each.isFile());
  return isPlain ? tracesOf(folder) : fs.readdirSync(folder);
}
