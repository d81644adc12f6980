import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { nodeSqlite } from '../../src/sqlite/nodeDatabase';
import { runAegis } from '../unit/support/runAegis';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees } from './support/checkTrail';

const SAMPLE = path.resolve('sample');

describe('The sample workspace', () => {
  const folder = temporaryFolder();

  /** The schema and all rows of all tables, as texts: the file itself has the number of the SQLite that wrote it. */
  function contentOf(file: string): string[] {
    const database = new (nodeSqlite()!.DatabaseSync)(file, { readOnly: true });
    try {
      const objects = database.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all();
      const tables = objects.filter(({ type }) => type === 'table');
      return [
        ...objects.map(({ sql }) => String(sql)),
        ...tables.flatMap(({ name }) =>
          database
            .prepare(`SELECT * FROM "${String(name)}"`)
            .all()
            .map((row) => JSON.stringify(row)),
        ),
      ];
    } finally {
      database.close();
    }
  }

  /** A copy: SQLite writes beside what it reads. */
  function copied(name: string, as = name): string {
    const file = path.join(folder(), as);
    fs.copyFileSync(path.join(SAMPLE, name), file);
    return file;
  }

  it('is what the example’s agent leaves behind', () => {
    const made = path.join(folder(), 'made');
    execFileSync(process.execPath, ['--no-warnings', path.resolve('scripts/make-sample.mjs'), made], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    assert.deepEqual(
      fs.readdirSync(made).sort(),
      fs
        .readdirSync(SAMPLE)
        .filter((name) => name !== 'README.md')
        .sort(),
    );
    for (const name of ['intact.jsonl', 'tampered.jsonl', 'aegis_audit.jsonl', 'policy.yaml'])
      assert.equal(
        fs.readFileSync(path.join(made, name), 'utf8'),
        fs.readFileSync(path.join(SAMPLE, name), 'utf8'),
        name,
      );
    for (const name of ['aegis_audit.db', 'tampered.db'])
      assert.deepEqual(contentOf(path.join(made, name)), contentOf(copied(name)), name);
  });

  it('agrees in itself, and tells of everything that can become of an action', async () => {
    copied('intact.jsonl', 'audit_chain.jsonl');
    copied('aegis_audit.db');
    copied('aegis_audit.jsonl');
    const { rows } = await assertAgrees(folder());
    assert.deepEqual([...new Set(rows.map((row) => row.result_status ?? 'open'))].sort(), [
      'blocked',
      'denied',
      'failed',
      'open',
      'skipped',
      'success',
    ]);
    for (const answer of ['approved', 'denied'])
      assert.ok(
        rows.some((row) => row.human_decision === answer),
        answer,
      );
    assert.equal(new Set(rows.map((row) => row.risk_level)).size, 4);
    assert.equal(new Set(rows.map((row) => row.session_id)).size, 2);
  });

  it('is judged by its policy as it was recorded, and only what was tampered with is broken', () => {
    const replayed = runAegis([
      ...['plan', path.join(SAMPLE, 'policy.yaml'), path.join(SAMPLE, 'policy.yaml')],
      ...['--audit-db', path.join(SAMPLE, 'aegis_audit.db'), '--format', 'json'],
    ]);
    const { total_events, unchanged } = JSON.parse(replayed.stdout) as Record<string, number>;
    assert.deepEqual([total_events, unchanged], [50, 50]);
    assert.equal(runAegis(['verify', path.join(SAMPLE, 'intact.jsonl')]).code, 0);
    assert.equal(runAegis(['verify', path.join(SAMPLE, 'tampered.jsonl')]).code, 1);
  });
});
