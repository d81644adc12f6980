import assert from 'node:assert/strict';
import fc from 'fast-check';
import initSqlJs from 'sql.js';
import type { Cell } from '../../../src/core/log/cell';
import { tableOf } from '../../../src/sqlite/auditTable';
import { DamagedError, type Cursor, type Database } from '../../../src/sqlite/cursor';
import { RisingCursor } from '../../../src/sqlite/risingCursor';
import { PlainTable } from '../../../src/sqlite/table/plainTable';
import { loadEngine } from '../../../src/sqlite/engine';
import { WASM, openImage } from './support/imageRows';

const NAMES = ['id', 'session_id', 'timestamp', 'action_type', 'params', 'depth', 'late'];
const HEAD =
  'CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, timestamp TEXT, action_type TEXT, params TEXT, depth INTEGER)';

/** What a statement binds: texts, bytes, and numbers of every size. */
const value = fc.oneof(
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, 1, -1, 127, 128, -129, 32767, 8388607, -8388609, 2 ** 40, 2 ** 53, null, ''),
  fc.uint8Array({ maxLength: 30 }),
  // Longer than a page, so that it has pages of its own.
  fc.integer({ min: 400, max: 9000 }).map((length) => 'x'.repeat(length)),
);
const row = fc.record({
  id: fc.option(fc.oneof(fc.integer({ min: -50, max: 100_000 }), fc.constantFrom(2 ** 40, 2 ** 52)), {
    nil: undefined,
    freq: 2,
  }),
  values: fc.array(value, { minLength: 5, maxLength: 5 }),
});
const written = fc.record({
  pageSize: fc.constantFrom(512, 1024, 4096, 65536),
  rows: fc.array(row, { maxLength: 120 }),
  deleted: fc.integer({ min: 2, max: 9 }),
  lateDefault: fc.constantFrom('', ' DEFAULT NULL', " DEFAULT 'old'", ' DEFAULT 7'),
  later: fc.array(row, { maxLength: 10 }),
});
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never;

/** A database as SQLite writes it, with rows deleted and a column that came later. */
async function databaseOf({ pageSize, rows, deleted, lateDefault, later }: Written): Promise<Uint8Array> {
  const sql = await initSqlJs();
  const database = new sql.Database();
  database.run(`PRAGMA page_size = ${pageSize}`);
  database.run(HEAD);
  const insert = (more: Written['rows'], late: string): void => {
    for (const { id, values } of more) {
      database.run(
        `INSERT OR REPLACE INTO audit_log (id, session_id, timestamp, action_type, params, depth${late && ', late'}) VALUES (?, ?, ?, ?, ?, ?${late && ', 5'})`,
        [id ?? null, ...values],
      );
    }
  };
  insert(rows, '');
  database.run(`DELETE FROM audit_log WHERE id % ${deleted} = 0`);
  database.run(`ALTER TABLE audit_log ADD COLUMN late INTEGER${lateDefault}`);
  insert(later, 'late');
  const bytes = database.export();
  database.close();
  return bytes;
}

/** All that a reader can see of rows, and how they ended. */
function seen(cursor: Cursor): { rows: unknown[]; end: string } {
  const rows: unknown[] = [];
  try {
    while (cursor.next()) {
      rows.push(
        NAMES.map((_, column) => {
          const range = cursor.bytes(column);
          const text = range && Buffer.from(range.source.subarray(range.start, range.end)).toString('hex');
          return [
            plain(cursor.cell(column)),
            Object.is(cursor.integer(column), NaN) ? 'NaN' : cursor.integer(column),
            text,
          ];
        }),
      );
    }
    return { rows, end: '' };
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    return { rows, end: error.message };
  } finally {
    cursor.close();
  }
}

function plain(cell: Cell): unknown {
  return cell.kind === 'blob' ? Buffer.from(cell.bytes).toString('hex') : { ...cell };
}

function ask(database: Database, after: bigint | undefined): Cursor {
  const where = after === undefined ? '' : ` WHERE id > ${after}`;
  return database.query(`SELECT ${NAMES.join(', ')} FROM audit_log NOT INDEXED${where} ORDER BY id`);
}

describe('The rows of a table, read from its pages', () => {
  // Whoever loads sql.js first gets at its memory.
  before(() => loadEngine(WASM));

  it('are those that SQLite gives, value by value, from any id on', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.integer({ min: -60, max: 1000 }), async (shape, from) => {
        const bytes = await databaseOf(shape);
        const database = await openImage(bytes.slice());
        const { columns, root } = tableOf(database);
        const table = PlainTable.of(bytes, root, columns);
        assert.ok(table);
        // It does not ask SQLite, but where the schema holds a value that the rows lack.
        const isAsked = !['', ' DEFAULT NULL'].includes(shape.lateDefault);
        const never = (): Cursor => assert.fail('SQLite was asked');
        for (const after of [undefined, BigInt(from)]) {
          const rows = table.rows(NAMES, after, isAsked ? (id) => ask(database, id) : never);
          assert.deepEqual(seen(rows), seen(ask(database, after)));
        }
        database.close();
      }),
      { numRuns: 100 },
    );
  });

  it('are those that SQLite gives before the damage, wherever bytes are changed', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        written,
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        async (shape, changes) => {
          const bytes = await databaseOf({ ...shape, pageSize: 512, lateDefault: '' });
          const whole = await openImage(bytes.slice());
          const { columns, root } = tableOf(whole);
          whole.close();
          // Behind the first page, which holds the schema.
          for (const [place, byte] of changes) bytes[512 + Math.floor(place * (bytes.length - 513))] = byte;
          const database = await openImage(bytes.slice());
          const table = PlainTable.of(bytes, root, columns);
          if (table !== undefined) {
            const rows = table.rows(NAMES, undefined, (id) => {
              asked++;
              return ask(database, id);
            });
            assert.deepEqual(seen(new RisingCursor(rows)), seen(new RisingCursor(ask(database, undefined))));
          }
          database.close();
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(asked > 0, 'no damage was met at all');
  });

  it('tell the id from which on the newest are found', async () => {
    const rows = Array.from({ length: 300 }, () => ({ id: undefined, values: ['s', 't', 'a', 'p'.repeat(50), 1] }));
    const bytes = await databaseOf({ pageSize: 512, rows, deleted: 7, lateDefault: '', later: [] });
    const database = await openImage(bytes.slice());
    const { columns, root } = tableOf(database);
    const table = PlainTable.of(bytes, root, columns)!;
    const ids = seen(ask(database, undefined)).rows.map((row) => (row as [[{ text: string }]])[0][0].text);
    for (const count of [1, 2, 50, ids.length]) assert.equal(String(table.leastOfNewest(count)), ids.at(-count));
    assert.equal(table.leastOfNewest(ids.length + 1), undefined);
    database.close();
  });
});
