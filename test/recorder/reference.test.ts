import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { verifyChainFile } from '../../src/chainfile/chainFile';
import type { JsonValue } from '../../src/core/chain/entry';
import { askPython, PLAIN_PYTHON_VERIFIER } from '../unit/support/python';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, readTrail } from './support/checkTrail';
import { action, now, success, writerIn } from './support/trail';

/** Values that are written in one way by Python, and in another by JavaScript. */
const TRAPS: Readonly<Record<string, JsonValue>> = {
  floats: [0.1, 1e16, 1e-5, 1.5e300, 5e-324, 1e22, 123456789012345680],
  integers: [0, -0, 2 ** 53, 2n ** 64n, -(10n ** 30n)],
  nothing: [NaN, Infinity, -Infinity, null, true, {}, []],
  texts: ['"\\/', '\b\t\n\f\r\u0000\u001f\u007f', 'é', '\uffff', '😀', '\ud800', '\u2028'],
  '\uffff': 1,
  '\u{10000}': 2,
  '': { é: { b: 1, a: 2 } },
  __proto__2: [],
};

describe('A trail and the reference', () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder(), name);

  async function record(count: number, members: Parameters<typeof action>[0] = {}, settings = {}): Promise<void> {
    const writer = writerIn(folder(), settings);
    for (let i = 0; i < count; i++) {
      const one = action(members);
      await writer.record({ phase: 'attempt', action: one });
      await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
    }
    await writer.close();
  }

  function python(program: string): string {
    const { status, stdout, stderr } = spawnSync('python3', ['-c', `import json, sqlite3\n${program}`], {
      cwd: folder(),
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  }

  it('agree on a chain with every trap in its metadata, which a plain loop in Python accepts', async () => {
    await record(2, { action_params: TRAPS, action_type: 'quo"te\\', action_target: '\u007f é 😀' });
    assert.equal(String(askPython(PLAIN_PYTHON_VERIFIER, [fs.readFileSync(file('audit_chain.jsonl'))])[0]), 'valid');
    const same = python(
      `row = sqlite3.connect('aegis_audit.db').execute('select action_params from audit_log').fetchone()\n` +
        `entry = json.loads(open('audit_chain.jsonl').readline())\n` +
        `print(json.dumps(entry['metadata']['action_params'], sort_keys=True) == row[0])`,
    );
    assert.equal(same, 'True');
  });

  it('agree on the database: Python reads and writes it while ours is open, and what it wrote is left to it', async () => {
    const writer = writerIn(folder());
    const one = action();
    await writer.record({ phase: 'attempt', action: one });
    const said = python(
      `db = sqlite3.connect('aegis_audit.db')\n` +
        `print(db.execute('pragma journal_mode').fetchone()[0], db.execute('select count(*), max(result_status) from audit_log').fetchone())\n` +
        `db.execute("insert into audit_log (session_id, timestamp, action_type, action_target, risk_level, approval) values ('p', '2026-01-01T00:00:00+00:00', 't', 'x', 'LOW', 'auto')")\n` +
        `db.execute('update governance_tenure set total_actions = total_actions + 1')\ndb.commit()`,
    );
    assert.equal(said, 'wal (1, None)');
    await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
    await writer.close();
    const { rows, actionOf } = await assertAgrees(folder());
    assert.deepEqual(
      rows.map((row) => [row.session_id, actionOf.has(Number(row.id))]),
      [
        ['session-1', true],
        ['p', false],
      ],
    );
  });

  for (const [what, sql] of [
    ['DELETE', 'delete from audit_log'],
    ['UPDATE', "update audit_log set action_target = 'other'"],
    ['a second completion', "update audit_log set result_status = 'failed'"],
    [
      'INSERT OR REPLACE',
      "insert or replace into audit_log (id, session_id, timestamp, action_type, action_target, risk_level, approval) values (1, 'p', 't', 't', 'x', 'LOW', 'auto')",
    ],
    ['opening an action again', 'update aegis_action set is_open = 1'],
    ['DELETE of which row an action has', 'delete from aegis_action'],
    ['REPLACE of which row an action has', "insert or replace into aegis_action values ('a', 1, 1)"],
  ]) {
    it(`the database refuses ${what}`, async () => {
      await record(1);
      const before = readTrail(folder());
      const said = python(
        `db = sqlite3.connect('aegis_audit.db')\ntry:\n  db.execute("""${sql}""")\n  db.commit()\n  print('done')\nexcept sqlite3.IntegrityError as e:\n  print(e)`,
      );
      assert.match(said, /is not (deleted|changed|replaced)$/);
      assert.deepEqual(readTrail(folder()), before);
    });
  }

  it('a change of an open attempt is refused but for its result', async () => {
    const writer = writerIn(folder());
    await writer.record({ phase: 'attempt', action: action() });
    const said = python(
      `db = sqlite3.connect('aegis_audit.db')\ntry:\n  db.execute("update audit_log set result_status = 'success', approval = 'block'")\n  print('done')\nexcept sqlite3.IntegrityError as e:\n  print(e)`,
    );
    assert.match(said, /is not changed$/);
    await writer.close();
  });

  const chains = path.resolve('test/fixtures/chains');
  for (const name of [
    'intact-sha256',
    'intact-sha3',
    'long-metadata',
    'blank-lines',
    'crlf',
    'cr-only',
    'empty',
    'truncated-tail',
  ])
    for (const withDatabase of [true, false])
      it(`the chain ${name} is continued ${withDatabase ? 'with' : 'without'} a database, and verifies`, async () => {
        const algorithm = name.endsWith('sha3') ? 'sha3_256' : 'sha256';
        const before = fs.readFileSync(path.join(chains, `${name}.jsonl`));
        fs.writeFileSync(file('audit_chain.jsonl'), before);
        for (let i = 0; i < 2; i++)
          await record(1, {}, { algorithm, ...(withDatabase ? {} : { database: undefined, jsonLines: undefined }) });
        const after = fs.readFileSync(file('audit_chain.jsonl'));
        assert.ok(after.subarray(0, before.length).equals(before), 'what was there was changed');
        const { valid, entries } = await verifyChainFile(file('audit_chain.jsonl'), {
          algorithm,
          workerScript: '',
          offThread: false,
        });
        assert.equal(valid, true);
        assert.ok(entries >= 4);
        assert.doesNotMatch(after.subarray(before.length).toString(), /"aegis\./);
      });

  const databases = path.resolve('test/fixtures/db');
  for (const name of [
    'current',
    'old-schema',
    'fourteen-columns',
    'extra-columns',
    'empty',
    'small',
    'gaps',
    'utf16',
    'wal',
    'zero',
    'other',
  ])
    it(`the database ${name} is continued, and Python reads all of it`, async () => {
      for (const suffix of ['', '-wal', '-shm'])
        if (fs.existsSync(path.join(databases, `${name}.db${suffix}`)))
          fs.copyFileSync(path.join(databases, `${name}.db${suffix}`), file(`aegis_audit.db${suffix}`));
      const count = `db = sqlite3.connect('aegis_audit.db')\nprint(db.execute("select count(*) from sqlite_master where name = 'audit_log'").fetchone()[0] and db.execute('select count(*) from audit_log').fetchone()[0])`;
      const before = Number(python(count));
      await record(2);
      assert.equal(Number(python(count)), before + 2);
      await assertAgrees(folder());
    });

  for (const [name, why] of [
    ['not-a-db', /it is not a database/],
    ['corrupt', /the database is damaged/],
    ['truncated', /the database is damaged|not a database/],
  ] as const)
    it(`the database ${name} is refused with a sentence, and nothing else is written`, async () => {
      fs.copyFileSync(path.join(databases, `${name}.db`), file('aegis_audit.db'));
      await assert.rejects(record(1), (error: Error & { sink?: string; recorded?: boolean }) => {
        assert.equal(error.sink, 'database');
        assert.equal(error.recorded, false);
        assert.match(error.message, why);
        return true;
      });
      assert.equal(fs.statSync(file('audit_chain.jsonl'), { throwIfNoEntry: false })?.size ?? 0, 0);
    });
});
