import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  DatabaseFileError,
  copyDatabaseImage,
  readDatabaseImage,
  type DatabaseImage,
} from '../../../src/sqlite/image/databaseImage';
import { DamagedError } from '../../../src/sqlite/cursor';
import { openImage, tablesOf, tracesOf, valuesOf } from './support/imageRows';

const SUPPORT = path.join('test', 'unit', 'sqlite', 'support');

describe('A database that is read without being opened', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-image-'));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('has the rows that SQLite finds in what a killed writer left, damaged logs and journals included', async () => {
    execFileSync('python3', [path.join(SUPPORT, 'leftovers.py'), folder, 'a-seed', '50']);
    let hot = 0;
    for (const name of fs.readdirSync(folder).filter((each) => /^\d+$/.test(each))) {
      const place = path.join(folder, name);
      const file = path.join(place, 'audit.db');
      const expected = JSON.parse(fs.readFileSync(path.join(place, 'expected.json'), 'utf8')) as
        { rows: unknown } | { error: string };
      const before = tracesOf(place);
      const read = async (): Promise<unknown> => {
        const image = await readDatabaseImage(file).catch((error: unknown) => {
          // To SQLite, an empty file is a database without tables.
          if (error instanceof DatabaseFileError && error.code === 'empty') return undefined;
          throw error;
        });
        if (image === undefined) return { rows: {} };
        const copy = path.join(folder, `${name}.copy`);
        await copyDatabaseImage(file, copy);
        assert.ok(fs.readFileSync(copy).equals(image.bytes), `${name}: the copy in a file is another one`);
        const database = await openImage(image.bytes);
        try {
          return { rows: tablesOf(database) };
        } finally {
          database.close();
        }
      };
      if ('error' in expected) await assert.rejects(read, isSaidOfDatabase, name);
      else assert.deepEqual(await read(), expected, `${name}: ${fs.readdirSync(place).join(', ')}`);
      assert.deepEqual(tracesOf(place), before, `${name} was touched`);
      if (fs.existsSync(`${file}-journal`) && fs.readFileSync(`${file}-journal`)[0] === 0xd9) hot++;
    }
    assert.ok(hot > 5, `only ${hot} hot journals were among them`);
  }).timeout(60_000);

  for (const mode of ['WAL', 'DELETE']) {
    it(`is a state that was committed each time, in 200 readings and more while a writer writes 10,000 times (${mode})`, async () => {
      const file = path.join(folder, 'audit.db');
      const writer = spawn('python3', [path.join(SUPPORT, 'liveWriter.py'), file, mode, '10000', '0.001']);
      const ended = new Promise<number | null>((resolve) => writer.once('exit', resolve));
      await new Promise((resolve) => writer.stdout.once('data', resolve));
      let reads = 0;
      let last = 0;
      while (writer.exitCode === null) {
        let image: DatabaseImage;
        try {
          image = await readDatabaseImage(file);
        } catch (error) {
          // On a busy machine a reading can be overtaken for so long that it gives up.
          if (!(error instanceof DatabaseFileError && error.code === 'unstable')) throw error;
          writer.stdin.write('slower\n');
          continue;
        }
        const database = await openImage(image.bytes);
        const [[rows, highest, mirrored, different]] = valuesOf(
          database,
          `SELECT count(*), coalesce(max(a.id), 0), (SELECT count(*) FROM mirror), coalesce(sum(length(content) <> m.length), 0)
           FROM audit_log a LEFT JOIN mirror m USING (id)`,
        );
        if (reads++ % 100 === 0) assert.deepEqual(valuesOf(database, 'PRAGMA integrity_check'), [['ok']]);
        database.close();
        assert.deepEqual([highest, mirrored, different], [rows, rows, 0], 'half a transaction');
        assert.ok((rows as number) >= last, 'an older state than before');
        last = rows as number;
        // How often one gets to read meanwhile depends on the machine, so the writer goes on as long as it takes.
        if (reads === 200) writer.stdin.end();
      }
      assert.equal(await ended, 0);
      const left = fs.readdirSync(folder).filter((name) => !/^audit\.db(-journal)?$/.test(name));
      assert.deepEqual(left, [], 'something was written beside it');
    }).timeout(900_000);
  }

  describe('says in a sentence why there is none', () => {
    const cases: [name: string, code: DatabaseFileError['code'], make: (file: string) => void][] = [
      ['nothing is there', 'missing', () => undefined],
      ['it is a folder', 'folder', (file) => fs.mkdirSync(file)],
      ['it is empty', 'empty', (file) => fs.writeFileSync(file, '')],
      ['it is a text', 'not-sqlite', (file) => fs.writeFileSync(file, 'id,session\n'.repeat(512))],
      ['it is ciphertext', 'encrypted', (file) => fs.writeFileSync(file, randomBytes(8192))],
      ['it ends within its header', 'damaged', (file) => fs.writeFileSync(file, 'SQLite format 3\0 and no more')],
      ['it is a pipe', 'unreadable', (file) => execFileSync('mkfifo', [file])],
    ];
    for (const [name, code, make] of cases) {
      it(name, async function () {
        if (name === 'it is a pipe' && process.platform === 'win32') return;
        const file = path.join(folder, 'audit.db');
        make(file);
        await assert.rejects(readDatabaseImage(file), (error) => {
          assert.ok(error instanceof DatabaseFileError, String(error));
          assert.equal(error.code, code);
          assert.match(error.message, /^[A-Z].*\.$/);
          return true;
        });
      });
    }
  });

  it('stops where somebody asks for it', async () => {
    const file = path.join(folder, 'audit.db');
    fs.copyFileSync(path.join('test', 'fixtures', 'db', 'small.db'), file);
    await assert.rejects(readDatabaseImage(file, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});

/** No failure of ours. */
function isSaidOfDatabase(error: unknown): boolean {
  return error instanceof DatabaseFileError || error instanceof DamagedError;
}

/** The same each time: a linear congruential generator's high bytes. */
function randomBytes(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24);
}
