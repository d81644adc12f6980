import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import * as path from 'node:path';
import { LogService } from '../../../src/logfile/logService';
import { WASM } from '../sqlite/support/imageRows';
import { temporaryFolder } from '../support/temporaryFolder';

const FIXTURES = path.join('test', 'fixtures', 'db');
const ALL = { text: '', now: 0 };

/** Bytes that are read from files while something runs. */
async function bytesRead(run: () => Promise<unknown>): Promise<number> {
  const files = fs as unknown as { readSync: (...args: unknown[]) => number };
  const original = files.readSync;
  let total = 0;
  files.readSync = (...args) => {
    const read = original(...args);
    total += read;
    return read;
  };
  try {
    await run();
  } finally {
    files.readSync = original;
  }
  return total;
}

function insert(file: string): void {
  const sql =
    "INSERT INTO audit_log(session_id, timestamp, action_type, action_target, risk_level, approval) VALUES ('s', '2026-03-29T10:30:02+00:00', 'a', 't', 'LOW', 'auto')";
  execFileSync('python3', [
    '-c',
    `import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nc.execute("""${sql}""")\nc.commit()`,
    file,
  ]);
}

describe('Logs that are open', () => {
  const folder = temporaryFolder();
  let service: LogService;

  beforeEach(() => {
    const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    service = new LogService({ wasm: WASM, memoryLimit: 1e9, pause }, () => undefined);
  });

  it('are not read again and again where they cannot be read, until they are others', async () => {
    const file = path.join(folder(), 'audit.db');
    fs.copyFileSync(path.join(FIXTURES, 'other.db'), file);
    fs.appendFileSync(file, new Uint8Array(1 << 20));
    const old = new Date(Date.now() - 60_000);
    fs.utimesSync(file, old, old);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await assert.rejects(service.open(file), /no table audit_log/);
    const again = await bytesRead(() => assert.rejects(service.open(file), /no table audit_log/));
    assert.ok(again < 10_000, `${again} bytes were read to say the same`);
    fs.copyFileSync(path.join(FIXTURES, 'small.db'), file);
    assert.equal((await service.open(file)).entries, 57);
  });

  it('stay whole for whoever exports them, while they are written and read again', async () => {
    const file = path.join(folder(), 'audit.db');
    fs.copyFileSync(path.join(FIXTURES, 'small.db'), file);
    await service.open(file);
    insert(file);
    const destination = path.join(folder(), 'export.jsonl');
    const exporting = service.export(file, undefined, ALL, 'jsonl', destination);
    const again = await service.refresh(file);
    assert.deepEqual(await exporting, { count: 57 });
    assert.equal(again?.entries, 58);
    assert.equal(
      fs.readFileSync(destination, 'utf8'),
      fs.readFileSync(path.join(FIXTURES, 'small.export.jsonl'), 'utf8'),
    );
  });

  it('answer for the view that was asked for last, and for no other', async () => {
    const file = path.join(FIXTURES, 'small.db');
    const wanted = { scope: undefined, group: 'none', closed: [], histogram: 'decision', bins: 10 } as const;
    await service.view(1, file, { ...wanted, filter: ALL }, 1);
    assert.equal(service.rows(1, 1, 0, 10).length, 10);
    await service.view(1, file, { ...wanted, filter: { ...ALL, text: 'risk:critical' } }, 2);
    assert.throws(() => service.rows(1, 1, 0, 10), { name: 'StaleError' });
    service.dropView(1);
    assert.throws(() => service.rows(1, 2, 0, 10), { name: 'StaleError' });
  });

  it('list the newest entries of a session first, and tell how many are newer than one', async () => {
    const file = path.join(FIXTURES, 'small.db');
    const scope = { session: 'lunar-962' };
    const first = await service.entries(file, scope, ALL, 0, 3);
    const next = await service.entries(file, scope, ALL, 3, 6);
    assert.ok(!('problem' in first) && !('problem' in next));
    const keys = [...first.rows, ...next.rows].map(({ key }) => Number(key));
    assert.deepEqual(
      keys,
      keys.toSorted((a, b) => b - a),
    );
    assert.equal(await service.newerThan(file, scope, ALL, String(keys[4])), 4);
    assert.equal(await service.newerThan(file, { session: 'nobody' }, ALL, String(keys[4])), null);
  });
});
