import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { AuditDatabase } from '../../../src/sqlite/auditDatabase';
import { readDatabaseImage, readImageChanges } from '../../../src/sqlite/image/databaseImage';
import { WASM, tracesOf } from './support/imageRows';

const OPTIONS = { wasm: WASM, memoryLimit: 1e9 };
const COLUMNS = ['id', 'session_id', 'timestamp', 'action_type', 'action_params', 'result_status'];

type Statement = readonly [sql: string, values: readonly (string | number | null)[]];

/** The same numbers each time. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What a process does to its log, and now and then somebody else. */
function step(random: (below: number) => number, count: number): Statement[] {
  const insert = (): Statement => [
    'INSERT INTO audit_log (session_id, timestamp, action_type, action_params) VALUES (?, ?, ?, ?)',
    [`s${random(5)}`, '2026-01-01T00:00:00+00:00', 'read', 'p'.repeat(random(10) === 0 ? random(9000) : random(60))],
  ];
  const some = random(count) + 1;
  switch (random(16)) {
    case 0:
      return [['UPDATE audit_log SET result_status = ? WHERE id = ?', ['success', some]]];
    case 1:
      return [['UPDATE audit_log SET action_params = ? WHERE id = ?', ['q'.repeat(random(7000)), some]]];
    case 2:
      return [['DELETE FROM audit_log WHERE id BETWEEN ? AND ?', [some, some + random(8)]]];
    case 3:
      return [['PRAGMA wal_checkpoint(TRUNCATE)', []]];
    case 4:
      return random(6) === 0 ? [['VACUUM', []]] : [];
    case 5:
      // Long values go on upon pages of their own, and these alone may change.
      return [
        [
          `UPDATE audit_log SET action_params = substr(action_params, 1, length(action_params) - 1) || ?
           WHERE id = (SELECT max(id) FROM audit_log WHERE id <= ? AND length(action_params) > 2000)`,
          [String(random(10)), some],
        ],
      ];
    default:
      return [['BEGIN', []], ...Array.from({ length: 1 + random(6) }, insert), ['COMMIT', []]];
  }
}

class Writer {
  private readonly process: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor(readonly file: string) {
    this.process = spawn('python3', [path.join('test', 'unit', 'sqlite', 'support', 'obeyingWriter.py'), file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.answers = readline.createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
  }

  async run(statements: readonly Statement[]): Promise<void> {
    this.process.stdin!.write(`${JSON.stringify(statements)}\n`);
    assert.equal((await this.answers.next()).value, 'done');
  }

  kill(): void {
    this.process.kill();
  }

  async end(): Promise<void> {
    this.process.stdin!.end();
    await once(this.process, 'close');
  }
}

function rowsOf(database: AuditDatabase, after?: string): string[][] {
  const cursor = database.select(COLUMNS, after);
  const rows: string[][] = [];
  while (cursor.next()) {
    rows.push(
      cursor.columns.map((_, column) => {
        const cell = cursor.cell(column);
        return cell.kind === 'text' || cell.kind === 'integer' ? cell.text : cell.kind;
      }),
    );
  }
  cursor.close();
  return rows;
}

describe('A database that is opened again after somebody wrote to it', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-'))));
  const writers: Writer[] = [];
  after(() => {
    for (const writer of writers) writer.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function writerOf(name: string): Writer {
    const writer = new Writer(path.join(folder, name));
    writers.push(writer);
    return writer;
  }

  for (const mode of ['WAL', 'DELETE']) {
    it(`is as one that was never opened, and what is said to be the same is the same (${mode})`, async () => {
      const random = randomOf(mode.length);
      const writer = writerOf(`${mode}.db`);
      const texts = ['session_id', 'timestamp', 'action_type', 'action_params', 'result_status'];
      await writer.run([
        ['PRAGMA page_size = 1024', []],
        [`PRAGMA journal_mode = ${mode}`, []],
        ['PRAGMA wal_autocheckpoint = 20', []],
        [`CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, ${texts.join(' TEXT, ')} TEXT)`, []],
        ['CREATE INDEX by_session ON audit_log (session_id)', []],
        ...Array.from({ length: 80 }, () => step(() => 15, 1)).flat(),
      ]);
      let database = await AuditDatabase.open(writer.file, OPTIONS);
      let rows = rowsOf(database);
      let [kept, known] = [0, 0];
      for (let i = 0; i < 250; i++) {
        await writer.run(step(random, Number(rows.at(-1)?.[0] ?? 1)));
        const traces = tracesOf(folder);
        const again = await AuditDatabase.reopen(writer.file, OPTIONS, database);
        database = again.database;
        const { sameUpTo } = again;
        const same = sameUpTo === undefined ? [] : rows.filter(([id]) => BigInt(id) <= sameUpTo);
        known += rows.length;
        kept += same.length;
        rows = [...same, ...rowsOf(database, sameUpTo === undefined ? undefined : String(sameUpTo))];
        const fresh = await AuditDatabase.open(writer.file, OPTIONS);
        assert.deepEqual(rows, rowsOf(fresh));
        fresh.close();
        assert.deepEqual(tracesOf(folder), traces);
      }
      assert.ok(kept > known / 2, `only ${kept} of ${known} rows were kept`);
      database.close();
      await writer.end();
    });
  }

  it('has the image of one that was never read, byte for byte', async () => {
    const random = randomOf(3);
    const writer = writerOf('image.db');
    await writer.run([
      ['PRAGMA journal_mode = WAL', []],
      [
        'CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id, timestamp, action_type, action_params, result_status)',
        [],
      ],
    ]);
    let image = await readDatabaseImage(writer.file);
    for (let i = 0; i < 150; i++) {
      await writer.run(step(random, i * 3 + 1));
      const before = Buffer.from(image.bytes);
      const changes = await readImageChanges(writer.file, image);
      assert.ok(changes);
      assert.ok(before.equals(image.bytes), 'the earlier image was written to before it was given up');
      image = changes.apply();
      assert.ok(Buffer.from(image.bytes).equals((await readDatabaseImage(writer.file)).bytes));
    }
    await writer.end();
  });

  it('is read anew where it is another one, or much of it changed', async () => {
    const writer = writerOf('other.db');
    await writer.run([
      ['PRAGMA page_size = 512', []],
      ['CREATE TABLE audit_log (id INTEGER PRIMARY KEY)', []],
    ]);
    const image = await readDatabaseImage(writer.file);
    await writer.run([
      ['CREATE TABLE much (bytes)', []],
      ['INSERT INTO much VALUES (zeroblob(70000000))', []],
    ]);
    assert.equal(await readImageChanges(writer.file, image), undefined);
    await writer.end();
    const larger = writerOf('larger.db');
    await larger.run([
      ['PRAGMA page_size = 4096', []],
      ['CREATE TABLE audit_log (id INTEGER PRIMARY KEY)', []],
    ]);
    await larger.end();
    fs.copyFileSync(larger.file, writer.file);
    assert.equal(await readImageChanges(writer.file, image), undefined);
  });
});
