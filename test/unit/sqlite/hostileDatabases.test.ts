import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { missingText } from '../../../src/core/log/deletedRows';
import { DatabaseSource } from '../../../src/logfile/databaseSource';
import { AuditDatabase } from '../../../src/sqlite/auditDatabase';
import { DamagedError, type Cursor } from '../../../src/sqlite/cursor';
import { loadEngine } from '../../../src/sqlite/engine';
import { AuditDatabaseError, asAuditError } from '../../../src/sqlite/errors';
import { MemoryDatabase } from '../../../src/sqlite/memoryDatabase';
import { temporaryFolder } from '../support/temporaryFolder';
import { WASM, openImage, valuesOf } from './support/imageRows';

const FIXTURES = path.join('test', 'fixtures', 'db');
const OPTIONS = { wasm: WASM, memoryLimit: 1e9, pause: () => setImmediate() };

const COLUMNS = 'session_id TEXT, timestamp TEXT, action_type TEXT';
const TABLE = `CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, ${COLUMNS});`;

/** Computes for about a second a row. */
const SLOW = 'length(hex(zeroblob(400000000 + a)))';

/** Writes a database with pages of 512 bytes, and then does to its bytes, `d`, what the script says. */
const MAKER = `
import sqlite3, struct, sys
file, sql, script = sys.argv[1:]
c = sqlite3.connect(file, isolation_level=None)
c.execute('PRAGMA page_size = 512')
c.executescript(sql)
root = c.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'audit_log'").fetchone()
c.close()
d = bytearray(open(file, 'rb').read())
at = (root[0] - 1) * 512 if root else 0
def add(page):
    d.extend(page)
    d[28:32] = struct.pack('>I', len(d) // 512)
    return len(d) // 512
def inner(child):
    cells = [struct.pack('>IB', child, key) for key in range(1, 61)]
    starts = [512 - 5 * (i + 1) for i in range(60)]
    page = struct.pack('>BHHHBI', 5, 0, 60, starts[-1], 0, child) + b''.join(struct.pack('>H', s) for s in starts)
    return page + bytes(512 - len(page) - 300) + b''.join(reversed(cells))
exec(script)
open(file, 'wb').write(d)
`;

/** Eight levels of pages, each with 61 ways to the same page of the next: 61^8 times the rows of the last. */
const ENDLESS = `
child = add(bytes(d[at:at + 512]))
for level in range(7): child = add(inner(child))
d[at:at + 512] = inner(child)
`;

function rows(count: number): string {
  return `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO audit_log (id, session_id, timestamp, action_type) SELECT i, 's', '2026-03-29T10:30:02+00:00', 'read_file' FROM n;`;
}

function forged(set: string, name: string): string {
  return `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET ${set} WHERE name = '${name}';`;
}

describe('A hostile database', () => {
  const folder = temporaryFolder();

  function made(sql: string, script = ''): string {
    const file = path.join(folder(), 'x.db');
    execFileSync('python3', ['-c', MAKER, file, sql, script]);
    return file;
  }

  async function withDatabase<T>(file: string, use: (database: AuditDatabase) => T): Promise<T> {
    const database = await AuditDatabase.open(file, OPTIONS);
    try {
      return use(database);
    } finally {
      database.close();
    }
  }

  async function withSource<T>(file: string, use: (source: DatabaseSource) => T): Promise<T> {
    const source = await DatabaseSource.read(file, OPTIONS);
    try {
      return use(source);
    } finally {
      source.close();
    }
  }

  describe('is refused with a sentence', () => {
    const computes = 'Its table audit_log computes columns when it is read, which no Aegis log does.';
    const notNumbered =
      'The id of its table audit_log is not the number of its rows (INTEGER PRIMARY KEY), as in an Aegis log.';
    const noRows = 'Its audit_log is not a table of rows, so no audit log is read from it.';
    const cases: [what: string, sql: string, sentence: string][] = [
      [
        'a column that is computed when it is read',
        `CREATE TABLE audit_log (id INTEGER PRIMARY KEY, ${COLUMNS}, x AS (hex(zeroblob(20000000 + id)))); ${rows(3)}`,
        computes,
      ],
      [
        'one of the columns of a log itself computed',
        `CREATE TABLE audit_log (id INTEGER PRIMARY KEY, session_id, timestamp, action_type GENERATED ALWAYS AS (hex(id)) VIRTUAL);`,
        computes,
      ],
      [
        'a column that was computed when it was written',
        `CREATE TABLE audit_log (id INTEGER PRIMARY KEY, ${COLUMNS}, x TEXT AS (hex(id)) STORED);`,
        computes,
      ],
      ['an id that is no key', `CREATE TABLE audit_log (id INTEGER, ${COLUMNS});`, notNumbered],
      [
        'an INT, which is not the number of a row',
        `CREATE TABLE audit_log (id INT PRIMARY KEY, ${COLUMNS});`,
        notNumbered,
      ],
      ['a falling key', `CREATE TABLE audit_log (id INTEGER PRIMARY KEY DESC, ${COLUMNS});`, notNumbered],
      [
        'a key of two columns',
        `CREATE TABLE audit_log (id INTEGER, ${COLUMNS}, PRIMARY KEY (id, session_id));`,
        notNumbered,
      ],
      ['another key', `CREATE TABLE audit_log (id INTEGER, row INTEGER PRIMARY KEY, ${COLUMNS});`, notNumbered],
      ['no row ids', `CREATE TABLE audit_log (id INTEGER PRIMARY KEY, ${COLUMNS}) WITHOUT ROWID;`, notNumbered],
      [
        'a view in its place',
        `CREATE VIEW audit_log AS SELECT 1 AS id, 2 AS session_id, 3 AS timestamp, 4 AS action_type;`,
        noRows,
      ],
    ];
    for (const [what, sql, sentence] of cases) {
      it(`for ${what}`, async () => {
        await assert.rejects(AuditDatabase.open(made(sql), OPTIONS), (error) => {
          assert.ok(error instanceof AuditDatabaseError, String(error));
          assert.deepEqual([error.problem, error.message], ['no-table', sentence]);
          return true;
        });
      });
    }

    for (const key of ['id integer primary key', 'id "INTEGER" PRIMARY KEY ASC']) {
      it(`but not for the same in other words: ${key}`, async () => {
        const file = made(`CREATE TABLE audit_log (${key}, ${COLUMNS}); ${rows(3)}`);
        assert.equal(await withSource(file, ({ index }) => index.size), 3);
      });
    }
  });

  it('is read where it is a log, whichever version wrote it', async () => {
    for (const name of fs.readdirSync(FIXTURES).filter((name) => name.endsWith('.export.jsonl'))) {
      const file = path.join(FIXTURES, name.replace('.export.jsonl', '.db'));
      if (!fs.existsSync(file) || ['other.db', 'zero.db'].includes(path.basename(file))) continue;
      const lines = fs.readFileSync(path.join(FIXTURES, name), 'utf8').split('\n').length - 1;
      assert.deepEqual(await withSource(file, ({ index, warnings }) => [index.size, warnings]), [lines, []], name);
    }
  });

  describe('does not compute when it is checked for damage', () => {
    const trap = `CREATE TABLE trap (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO trap SELECT i FROM n;`;
    const logged = `${TABLE} ${rows(40)}`;
    const cases: [what: string, sql: string][] = [
      [
        'conditions of another table',
        `${logged} ${trap} ${forged(`sql = 'CREATE TABLE trap (a CHECK (${SLOW} > 5))'`, 'trap')}`,
      ],
      [
        'columns of another table',
        `${logged} ${trap} ${forged(`sql = 'CREATE TABLE trap (a, b NOT NULL AS (${SLOW}))'`, 'trap')}`,
      ],
      [
        'conditions of the log',
        `${logged} ${forged(`sql = 'CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT CHECK (${SLOW.replace('a)', 'id)')} > 5), timestamp TEXT, action_type TEXT)'`, 'audit_log')}`,
      ],
      [
        'an index of what is computed',
        `${logged} CREATE INDEX i ON audit_log (id + 1); ${forged(`sql = 'CREATE INDEX i ON audit_log (${SLOW.replace('a)', 'id)')})'`, 'i')}`,
      ],
      [
        'an index of some rows',
        `${logged} CREATE INDEX i ON audit_log (session_id) WHERE id > 5; ${forged(`sql = 'CREATE INDEX i ON audit_log (session_id) WHERE ${SLOW.replace('a)', 'id)')} > 5'`, 'i')}`,
      ],
    ];
    for (const [what, sql] of cases) {
      it(what, async () => {
        const file = made(sql);
        const start = performance.now();
        assert.equal(await withSource(file, ({ index }) => index.size), 40);
        assert.ok(performance.now() - start < 3000, `${performance.now() - start} ms`);
      });
    }
  });

  it('does not hang whoever asks for its last id with a view that has no end', async () => {
    const view = `CREATE VIEW sqlite_sequence AS WITH RECURSIVE e(name, seq) AS (SELECT ''x'', 1 UNION ALL SELECT name, seq + 1 FROM e) SELECT * FROM e`;
    const file = made(
      `${TABLE} ${rows(3)} ${forged(`type = 'view', rootpage = 0, sql = '${view}'`, 'sqlite_sequence')}`,
    );
    assert.equal(await withDatabase(file, (database) => database.lastGivenId()), undefined);
  });

  it('is damaged where it calls a view a table', async () => {
    const view = 'CREATE VIEW audit_log AS SELECT 1 AS id, 2 AS session_id, 3 AS timestamp, 4 AS action_type';
    await assert.rejects(AuditDatabase.open(made(`${TABLE} ${forged(`sql = '${view}'`, 'audit_log')}`), OPTIONS), {
      problem: 'damaged',
      message: 'This database is damaged: SQLite says “malformed database schema (audit_log)”.',
    });
  });

  it('tells its last id where the table is as SQLite makes it', async () => {
    const file = made(`${TABLE} ${rows(7)} DELETE FROM audit_log WHERE id > 5;`);
    assert.equal(await withDatabase(file, (database) => database.lastGivenId()), 7n);
  });

  describe('whose pages lead back to the same page again and again', () => {
    const looped = (): string => made(`${TABLE} ${rows(3)}`, ENDLESS);
    const counted = (cursor: Cursor): number => {
      let count = 0;
      try {
        while (cursor.next() && count < 1e5) count++;
        return -1;
      } catch (error) {
        assert.ok(error instanceof DamagedError, String(error));
        assert.equal(error.message, 'the row ids do not rise');
        return count;
      } finally {
        cursor.close();
      }
    };

    it('is listed up to there, and called damaged', async () => {
      await withSource(looped(), ({ index, warnings, gaps }) => {
        assert.equal(index.size, 3);
        const sentence =
          'Damaged: 3 rows could be read, up to row 3, what is behind could not (the row ids do not rise).';
        assert.deepEqual([warnings, gaps], [[sentence], []]);
      });
    });

    it('gives no more rows to any other reader', async () => {
      await withDatabase(looped(), (database) => {
        assert.equal(counted(database.rows()), 3);
        assert.equal(counted(database.rows({ session: 'nobody' })), 0, 'no row that a search without end could find');
        assert.equal(counted(database.rows({ session: 's', limit: 10 })), 0);
        assert.equal(counted(database.select(['id', 'timestamp'], '1')), 2);
        assert.ok(counted(database.newest(['id', 'timestamp'], 1000)) <= 3);
      });
    });

    it('is told as any damage', () => {
      const told = asAuditError(new DamagedError('the row ids do not rise')) as AuditDatabaseError;
      assert.deepEqual([told.problem, told.message], ['damaged', 'This database is damaged: the row ids do not rise.']);
    });

    it('is not opened where those are the pages of its schema', async () => {
      // The first page has the header of the file before its own.
      const script = `
leaf = bytearray(d[0:512])
leaf[0:112] = d[100:112] + bytes(100)
child = add(leaf)
d[100:512] = struct.pack('>BHHHBI', 5, 0, 2, 500, 0, child) + struct.pack('>HH', 500, 505) + bytes(384) + struct.pack('>IBIBH', child, 1, child, 2, 0)
`;
      await assert.rejects(AuditDatabase.open(made(TABLE, script), OPTIONS), {
        problem: 'damaged',
        message: 'This database is damaged: the pages of its schema lead back to one another.',
      });
    });

    it('does so in a table that is not read, and the check of it ends', async () => {
      const trap = made(`CREATE TABLE x (a); INSERT INTO x VALUES (1); ${TABLE} ${rows(3)}`, `at = 512\n${ENDLESS}`);
      const start = performance.now();
      await withSource(trap, ({ index, warnings }) => {
        assert.equal(index.size, 3);
        assert.match(warnings.join(' '), /^Damaged at page/);
      });
      assert.ok(performance.now() - start < 3000);
    });
  });

  it('may have the lowest and the highest ids there are, which rise although they are rounded', async () => {
    const ids = [
      '-9223372036854775808',
      '-9223372036854775807',
      '-1',
      '0',
      '9007199254740992',
      '9007199254740993',
      '9223372036854775806',
      '9223372036854775807',
    ];
    const values = ids.map((id) => `(${id}, 's', 't', 'a')`).join(', ');
    const file = made(`${TABLE} INSERT INTO audit_log VALUES ${values};`);
    await withSource(file, ({ index, warnings }) => {
      assert.deepEqual(
        ids,
        ids.map((_, i) => index.key(i)),
      );
      assert.deepEqual(warnings, []);
    });
  });

  it('gives its newest rows by id, all where there are no more', async () => {
    const file = made(`${TABLE} ${rows(9)} DELETE FROM audit_log WHERE id = 8;`);
    await withDatabase(file, (database) => {
      const ids = (most: number): number[] => {
        const cursor = database.newest(['id'], most);
        const found: number[] = [];
        while (cursor.next()) found.push(cursor.integer(0));
        cursor.close();
        return found;
      };
      assert.deepEqual(
        [ids(1), ids(3), ids(8), ids(100)],
        [[9], [6, 7, 9], [1, 2, 3, 4, 5, 6, 7, 9], [1, 2, 3, 4, 5, 6, 7, 9]],
      );
    });
  });

  it('that lost a page is called damaged, and its missing ids missing, not deleted', async () => {
    // The second way from the first page is taken out; what it led to is in the file still.
    const unhook = `
count = struct.unpack('>H', d[at + 3:at + 5])[0]
assert d[at] == 5 and count > 2
d[at + 14:at + 12 + 2 * count] = d[at + 16:at + 12 + 2 * count] + bytes(2)
d[at + 3:at + 5] = struct.pack('>H', count - 1)
`;
    await withSource(made(`${TABLE} ${rows(100)}`, unhook), ({ index, warnings, gaps }) => {
      assert.ok(index.size < 100 && index.size > 80, String(index.size));
      assert.equal(warnings.length, 2);
      assert.match(warnings[0], /^Damaged at page [\d, ]+: rows may be missing, and parts of others not readable\.$/);
      assert.match(
        warnings[1],
        new RegExp(`^${100 - index.size} row ids are missing, which the damage may explain: \\d+ to \\d+\\.$`),
      );
      assert.deepEqual(gaps, [], 'nobody knows that they were deleted');
    });
  });

  it('says of missing ids how many, and which', () => {
    assert.equal(missingText([]), undefined);
    const one = { from: 4n, to: 4n, before: 3 };
    assert.equal(missingText([one]), '1 row id is missing, which the damage may explain: 4.');
    assert.equal(
      missingText([one, { from: 9n, to: 1500n, before: 7 }], 1),
      '1,493 row ids are missing, which the damage may explain: 4 and 1 more place.',
    );
  });

  it('is not called damaged where memory runs out', async () => {
    const engine = await loadEngine(WASM);
    const starved = { ...engine, calls: { ...engine.calls, _sqlite3_step: () => 7 } };
    const database = new MemoryDatabase(starved, fs.readFileSync(path.join(FIXTURES, 'small.db')));
    try {
      assert.throws(
        () => valuesOf(database, 'SELECT 1'),
        (error) => {
          const told = asAuditError(error) as AuditDatabaseError;
          assert.deepEqual(
            [told.problem, told.message],
            [
              'too-large',
              'There is not enough memory to read this database. Close other programs, or read it on a machine that has more.',
            ],
          );
          return true;
        },
      );
    } finally {
      database.close();
    }
    const damaged = await openImage(fs.readFileSync(path.join(FIXTURES, 'corrupt.db')));
    try {
      assert.throws(
        () => valuesOf(damaged, 'SELECT * FROM audit_log'),
        (error) => {
          assert.match((asAuditError(error) as Error).message, /^This database is damaged: SQLite says “.*”\.$/);
          return true;
        },
      );
    } finally {
      damaged.close();
    }
  });

  it('that was cut says how many of its pages are there', async () => {
    const whole = made(`${TABLE} ${rows(100)}`);
    const pages = fs.statSync(whole).size / 512;
    for (const [left, text] of [
      [3 * 512, '3 are'],
      [3 * 512 + 100, '3 are'],
      [512, '1 is'],
    ] as const) {
      const file = path.join(folder(), `${left}.db`);
      fs.writeFileSync(file, fs.readFileSync(whole).subarray(0, left));
      await assert.rejects(AuditDatabase.open(file, OPTIONS), {
        problem: 'damaged',
        message: `This database is damaged: it ends early. Of the ${pages} pages that its header states, ${text} there.`,
      });
    }
    await assert.rejects(AuditDatabase.open(path.join(FIXTURES, 'truncated.db'), OPTIONS), /it ends early\. Of the/);
  });
});
