import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { INDEXED } from '../../../src/core/log/entryIndex';
import { DatabaseSource } from '../../../src/logfile/databaseSource';
import { OpenLogs } from '../../../src/logfile/openLogs';
import type { LogSource } from '../../../src/logfile/logSource';
import { WASM } from '../sqlite/support/imageRows';

const OPTIONS = { wasm: WASM, memoryLimit: 1e9, pause: () => Promise.resolve() };

function write(file: string, script: string): void {
  const program = `import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\n${script}\nc.commit()`;
  execFileSync('python3', ['-c', program, file]);
}

function insert(rows: number, session: string): string {
  return `c.executemany("INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params, risk_level, approval) VALUES (?, ?, ?, ?, ?, ?, ?)", [("${session}", "2026-01-01T00:00:%02d+00:00" % (i % 60), "read", "file%d" % i, "x" * 2000, "LOW", "auto") for i in range(${rows})])`;
}

const CREATE = `c.execute("PRAGMA journal_mode=WAL")
c.execute("CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, timestamp TEXT, action_type TEXT, action_target TEXT, action_params TEXT, action_desc TEXT, risk_level TEXT, approval TEXT, matched_rule TEXT, human_decision TEXT, result_status TEXT, result_data TEXT, result_error TEXT)")
${insert(6000, 'first')}`;

/** All that lists, counts and filters know of a log. */
function seen({ index, gaps, warnings }: LogSource): unknown {
  const entries = Array.from({ length: index.size }, (_, i) =>
    [index.key(i), index.timestamp(i), ...INDEXED.map((name) => index.text(i, name))].join(' '),
  );
  return { entries, gaps, warnings };
}

describe('A large database that is written while it is looked at', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-'));
    file = path.join(folder, 'large.db');
    write(file, CREATE);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  for (const [what, script] of Object.entries({
    'rows that were added': insert(20, 'second'),
    'the outcome of an earlier row': `c.execute("UPDATE audit_log SET result_status = 'success' WHERE id = 3000")`,
    'rows that were deleted': 'c.execute("DELETE FROM audit_log WHERE id BETWEEN 2000 AND 2010")',
    'a row that was changed to hold more than a page': `c.execute("UPDATE audit_log SET action_params = '${'y'.repeat(9000)}', result_status = 'failed' WHERE id = 4000")`,
    'another table under its name': `c.execute("ALTER TABLE audit_log RENAME TO old")\nc.execute("CREATE TABLE audit_log AS SELECT * FROM old")\nc.execute("DROP TABLE audit_log")\nc.execute("ALTER TABLE old RENAME TO audit_log")\nc.execute("ALTER TABLE audit_log ADD COLUMN agent_id TEXT DEFAULT 'somebody'")`,
  })) {
    it(`is read again as if it had never been read: ${what}`, async () => {
      let source = await DatabaseSource.read(file, OPTIONS);
      write(file, script);
      assert.ok(source.hasChanged());
      source = await source.readAgain(OPTIONS);
      const fresh = await DatabaseSource.read(file, OPTIONS);
      assert.deepEqual(seen(source), seen(fresh));
      const last = source.index.size - 1;
      assert.deepEqual(source.row(last), fresh.row(last));
      source.close();
      fresh.close();
    });
  }

  it('stays as it was for whoever is still using it', async () => {
    const logs = new OpenLogs(OPTIONS, () => undefined);
    let go = (): void => undefined;
    const using = logs.use(file, async (source) => {
      const before = seen(source);
      await new Promise<void>((resolve) => (go = resolve));
      assert.deepEqual(seen(source), before);
      assert.equal(source.row(0).cells.length, 14);
    });
    await logs.use(file, () => undefined);
    write(file, `${insert(5, 'second')}\nc.execute("DELETE FROM audit_log WHERE id < 10")`);
    await logs.refresh(file);
    await logs.use(file, ({ index }) => assert.equal(index.size, 5996));
    go();
    await using;
    logs.close(file);
  });
});
