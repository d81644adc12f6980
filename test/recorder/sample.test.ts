import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { nodeSqlite } from '../../src/sqlite/nodeDatabase';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees } from './support/checkTrail';

const SAMPLE = path.resolve('sample', 'support-agent');

describe('The trail of the sample workspace', () => {
  const folder = temporaryFolder();

  /** The schema and all rows of all tables, as texts. */
  function contentOf(file: string): string[] {
    const database = new (nodeSqlite()!.DatabaseSync)(file, { readOnly: true });
    try {
      const tables = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
      return tables.flatMap(({ name, sql }) => [
        String(sql),
        ...database
          .prepare(`SELECT * FROM ${String(name)}`)
          .all()
          .map((row) => JSON.stringify(row)),
      ]);
    } finally {
      database.close();
    }
  }

  it('is what the example’s agent leaves behind', () => {
    execFileSync(process.execPath, ['--no-warnings', path.resolve('scripts/make-sample-trail.mjs'), folder()], {
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    for (const name of ['audit_chain.jsonl', 'aegis_audit.jsonl', 'policy.yaml'])
      assert.equal(
        fs.readFileSync(path.join(folder(), name), 'utf8'),
        fs.readFileSync(path.join(SAMPLE, name), 'utf8'),
        name,
      );
    const committed = path.join(folder(), 'committed.db');
    fs.copyFileSync(path.join(SAMPLE, 'aegis_audit.db'), committed);
    assert.deepEqual(contentOf(path.join(folder(), 'aegis_audit.db')), contentOf(committed));
  });

  it('agrees in itself, and tells of everything that can become of an action', async () => {
    fs.cpSync(SAMPLE, folder(), { recursive: true });
    const { rows } = await assertAgrees(folder());
    assert.deepEqual([...new Set(rows.map((row) => row.result_status))].sort(), [
      'blocked',
      'denied',
      'failed',
      'skipped',
      'success',
    ]);
    assert.ok(rows.some((row) => row.human_decision === 'approved'));
  });
});
