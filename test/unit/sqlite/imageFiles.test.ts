import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  DatabaseFileError,
  copyDatabaseImage,
  isSameDatabase,
  readDatabaseImage,
  stampDatabase,
} from '../../../src/sqlite/image/databaseImage';
import { openImage, tracesOf, valuesOf } from './support/imageRows';

const SAMPLES = path.join('test', 'fixtures', 'db');

describe('The bytes of a database', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-image-'));
    file = path.join(folder, 'audit.db');
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** Puts a sample in place, with the log that is beside it. */
  function place(sample: string): void {
    for (const ending of ['', '-wal']) {
      const from = path.join(SAMPLES, `${sample}.db${ending}`);
      if (fs.existsSync(from)) fs.copyFileSync(from, file + ending);
    }
  }

  describe('of the samples that the reference wrote', () => {
    for (const name of fs.readdirSync(SAMPLES).filter((each) => each.endsWith('.expected.json'))) {
      const sample = name.replace('.expected.json', '');
      it(sample, async () => {
        const { file: whole, main_only: withoutLog } = JSON.parse(
          fs.readFileSync(path.join(SAMPLES, name), 'utf8'),
        ) as Expected;
        const before = tracesOf(SAMPLES);
        const rows = await rowsIn(path.join(SAMPLES, `${sample}.db`)).catch(problemOf);
        assert.deepEqual(tracesOf(SAMPLES), before, 'the evidence was touched');
        assert.equal(rows, PROBLEMS[sample] ?? whole.rows ?? 'no such table: audit_log');
        if (withoutLog === undefined) return;
        fs.copyFileSync(path.join(SAMPLES, `${sample}.db`), file);
        assert.equal(await rowsIn(file), withoutLog.rows);
      });
    }
  });

  it('are those of the file that a symbolic link leads to, with the log beside that file', async () => {
    place('wal');
    fs.mkdirSync(path.join(folder, 'links'));
    const link = path.join(folder, 'links', 'linked.db');
    fs.symlinkSync(file, link);
    assert.equal(await rowsIn(link), 45);
  });

  it('are not read where SQLite would not open the log or journal beside them', async () => {
    place('small');
    const elsewhere = path.join(folder, 'elsewhere');
    fs.copyFileSync(path.join(SAMPLES, 'wal.db-wal'), elsewhere);
    for (const [ending, sentence] of [
      ['-wal', /^The write-ahead log \(-wal\) beside the database could not be read: it is a symbolic link\.$/],
      [
        '-journal',
        /^The rollback journal \(-journal\) beside the database could not be read: it is a symbolic link\.$/,
      ],
    ] as const) {
      fs.symlinkSync(elsewhere, file + ending);
      await assert.rejects(readDatabaseImage(file), isProblem('unreadable', sentence));
      fs.rmSync(file + ending);
    }
    fs.mkdirSync(`${file}-wal`);
    await assert.rejects(readDatabaseImage(file), isProblem('unreadable', /\(-wal\) .* it is no file\.$/));
  });

  it('say that no log is needed, but keep a version that SQLite refuses', async () => {
    place('wal');
    assert.deepEqual([...(await readDatabaseImage(file)).bytes.subarray(18, 20)], [1, 1]);
    const bytes = fs.readFileSync(path.join(SAMPLES, 'small.db'));
    bytes[19] = 3;
    fs.rmSync(`${file}-wal`);
    fs.writeFileSync(file, bytes);
    assert.equal(await rowsIn(file).catch(problemOf), 'file is not a database');
  });

  it('come in whole pages, as SQLite counts them', async () => {
    place('truncated');
    const { bytes } = await readDatabaseImage(file);
    assert.equal(fs.statSync(file).size % 4096, 2148);
    assert.equal(bytes.length, Math.ceil(fs.statSync(file).size / 4096) * 4096);
  });

  it('are not read where there are more than fit into memory', async function () {
    if (process.platform === 'win32') return;
    place('small');
    fs.truncateSync(file, 3 * 2 ** 30);
    await assert.rejects(readDatabaseImage(file), isProblem('too-large', /2 GB/));
  });

  it('are given up in the midst, where somebody asks for it', async () => {
    place('small');
    fs.truncateSync(file, 64 << 20);
    const stop = new AbortController();
    setImmediate(() => stop.abort());
    const copy = path.join(folder, 'copy.db');
    await assert.rejects(copyDatabaseImage(file, copy, { signal: stop.signal }), { name: 'AbortError' });
    assert.ok(!fs.existsSync(copy), 'half a copy was left behind');
  });

  it('are given up where each reading is overtaken by a writer', async () => {
    place('small');
    const descriptor = fs.openSync(file, 'r+');
    const now = performance.now.bind(performance);
    let hours = 0;
    let counter = 0;
    const write = (): void => {
      fs.writeSync(descriptor, Uint8Array.of(++counter & 255), 0, 1, 27);
      writer = setImmediate(write);
    };
    let writer = setImmediate(write);
    performance.now = () => ++hours * 3_600_000;
    try {
      await assert.rejects(readDatabaseImage(file), isProblem('unstable', /Try again when its writer is less busy\.$/));
      assert.ok(counter >= 5, `read ${counter} times only`);
    } finally {
      performance.now = now;
      clearImmediate(writer);
      fs.closeSync(descriptor);
    }
  });

  it('are copied into a file that only its owner may read, and never over another', async () => {
    place('wal');
    const copy = path.join(folder, 'copy.db');
    const stamp = await copyDatabaseImage(file, copy);
    assert.equal(stamp.size, fs.statSync(file).size + fs.statSync(`${file}-wal`).size);
    assert.ok(fs.readFileSync(copy).equals((await readDatabaseImage(file)).bytes));
    if (process.platform !== 'win32') assert.equal(fs.statSync(copy).mode & 0o777, 0o600);
    fs.writeFileSync(copy, 'kept');
    const isRefused = isProblem('unreadable', /^No private copy of the database could be made: /);
    await assert.rejects(copyDatabaseImage(file, copy), isRefused);
    assert.equal(fs.readFileSync(copy, 'utf8'), 'kept');
    await assert.rejects(copyDatabaseImage(file, path.join(folder, 'nowhere', 'copy.db')), isRefused);
  });

  describe('have a stamp', () => {
    /** What is left of it where the system's times are counted in coarse ticks. */
    function withoutTimes({ mark }: { mark: string }): string {
      return mark.replace(/:\d+:\d+(?=\|)/g, '').replace(/\|fresh \d+$/, '');
    }

    it('that stays the same while nothing is written', async () => {
      place('wal');
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { stamp } = await readDatabaseImage(file);
      assert.ok(isSameDatabase(stamp, stampDatabase(file)));
      assert.ok(!isSameDatabase(stamp, undefined));
    });

    it('that no other equals, while a write may look the same as none', () => {
      place('small');
      assert.ok(!isSameDatabase(stampDatabase(file), stampDatabase(file)));
    });

    it('that tells of a transaction even where size and times are as before', () => {
      place('small');
      const write = (mode: string): void => {
        const sql = `PRAGMA journal_mode=${mode}; PRAGMA wal_checkpoint(RESTART); UPDATE audit_log SET approval = hex(randomblob(2)) WHERE id = 1`;
        execFileSync('python3', ['-c', WRITE, file, ...sql.split('; ')]);
      };
      for (const mode of ['DELETE', 'WAL']) {
        write(mode);
        const before = stampDatabase(file);
        write(mode);
        const after = stampDatabase(file);
        assert.equal(before.size, after.size);
        assert.notEqual(withoutTimes(before), withoutTimes(after), mode);
      }
      assert.equal(withoutTimes(stampDatabase(file)), withoutTimes(stampDatabase(file)));
    });

    it('only where there is a file', () => {
      assert.throws(() => stampDatabase(file), isProblem('missing', /there is no such file\.$/));
      assert.throws(() => stampDatabase(folder), isProblem('folder', /^This is a folder/));
    });
  });

  /** Number of its entries. */
  async function rowsIn(database: string): Promise<unknown> {
    const open = await openImage((await readDatabaseImage(database)).bytes);
    try {
      // All columns are read, and with them all pages.
      return valuesOf(open, 'SELECT * FROM audit_log ORDER BY id').length;
    } finally {
      open.close();
    }
  }
});

interface Expected {
  readonly file: { readonly rows?: number | null };
  readonly main_only?: { readonly rows: number };
}

/** What is said of the samples that cannot be read to their end. */
const PROBLEMS: Readonly<Partial<Record<string, string>>> = {
  corrupt: 'database disk image is malformed',
  'corrupt-overflow': 'database disk image is malformed',
  truncated: 'database disk image is malformed',
  'not-a-db': 'not-sqlite',
  zero: 'empty',
};

/** Runs SQL, and ends without closing, so that a log stays where it is. */
const WRITE = `
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for sql in sys.argv[2:]: connection.execute(sql).fetchall()
os._exit(0)
`;

function problemOf(error: unknown): string {
  return error instanceof DatabaseFileError ? error.code : (error as Error).message;
}

function isProblem(code: DatabaseFileError['code'], sentence: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof DatabaseFileError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, sentence);
    return true;
  };
}
