import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { first, tableOf } from './auditTable';
import { DamagedError, type Cursor, type Database } from './cursor';
import { damagesOf } from './damages';
import { loadEngine } from './engine';
import { AuditDatabaseError, asAuditError } from './errors';
import { copyDatabaseImage, readDatabaseImage, stampDatabase, type DatabaseStamp } from './image/databaseImage';
import { DATABASE_HEADER, pageCountOf, pageSizeOf } from './image/header';
import { MemoryDatabase } from './memoryDatabase';
import { NodeDatabase, nodeSqlite } from './nodeDatabase';
import { RisingCursor } from './risingCursor';
import { assertSchemaEnds } from './schemaTree';
import { PlainTable } from './table/plainTable';
import { whereOf, type RowFilter } from './rowFilter';

export interface AuditDatabaseOptions {
  /** SQLite's code, `sql-wasm.wasm`. */
  readonly wasm: string;
  /** Bytes up to which a database is read into memory. */
  readonly memoryLimit: number;
  readonly signal?: AbortSignal;
}

/**
 * The rows of an audit database as of its last commit. The file itself is never opened as a database: SQLite would write beside it
 * even to read. Its bytes are read into memory, or, where it is too large for that, into a private copy.
 */
export class AuditDatabase {
  private constructor(
    private readonly database: Database,
    /** What it was read from, to tell whether that has changed since. */
    readonly stamp: DatabaseStamp,
    /** The table's columns, in its order. */
    readonly columns: readonly string[],
    /** The same table, where its pages are at hand and as they should be. */
    private readonly table: PlainTable | undefined,
    private readonly dispose: () => void,
  ) {}

  /** @throws AuditDatabaseError with a sentence where there is nothing to read. */
  static async open(file: string, options: AuditDatabaseOptions): Promise<AuditDatabase> {
    try {
      return await open(file, options, (...parts) => new AuditDatabase(...parts));
    } catch (error) {
      throw asAuditError(error);
    }
  }

  /** Rows as the reference's `get_log` gives them: all columns, by id. */
  rows(filter: RowFilter = {}): Cursor {
    const { where, bindings, limit } = whereOf(filter, this.columns);
    // No index: what is wrong with one must not lead to other rows than the table has.
    const rows = this.database.query(`SELECT * FROM audit_log NOT INDEXED${where} ORDER BY id${limit}`, bindings);
    return new RisingCursor(rows, where === '' ? undefined : () => this.assertEnd());
  }

  /** Some columns, the id among them, of the rows whose id is greater than `after`, by id. Columns that the table lacks are left out. */
  select(columns: readonly string[], after?: string): Cursor {
    return this.ordered(columns, after === undefined ? undefined : BigInt(after));
  }

  /** The same of the rows with the highest ids, by id. */
  newest(columns: readonly string[], most: number): Cursor {
    return this.ordered(columns, this.leastOfNewest(most));
  }

  /** All columns of the row of that id. */
  row(id: string): Cursor {
    return this.database.query('SELECT * FROM audit_log WHERE id = CAST(? AS INTEGER)', [id]);
  }

  /** The highest id that was ever given, as SQLite remembers it; undefined where the table does not number that way. */
  lastGivenId(): bigint | undefined {
    // A hostile file can have anything of that name. This is what SQLite itself makes of it, to the letter.
    const isSequence =
      "name = 'sqlite_sequence' AND type = 'table' AND rootpage > 0 AND sql = 'CREATE TABLE sqlite_sequence(name,seq)'";
    if (first(this.database.query(`SELECT 1 FROM sqlite_schema WHERE ${isSequence}`)) === undefined) return undefined;
    const rows = new RisingCursor(
      this.database.query('SELECT rowid AS id, name, seq FROM sqlite_sequence ORDER BY rowid'),
    );
    try {
      while (rows.next()) {
        const [name, last] = [rows.cell(1), rows.cell(2)];
        if (name.kind === 'text' && name.text === 'audit_log') {
          return last.kind === 'integer' ? BigInt(last.text) : undefined;
        }
      }
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
    } finally {
      rows.close();
    }
    return undefined;
  }

  /**
   * What SQLite's own check finds wrong with the file; empty where it finds nothing. At most `most` findings. It is to be asked only
   * where all rows could be read.
   */
  damages(most: number): string[] {
    return damagesOf(this.database, most);
  }

  close(): void {
    this.database.close();
    this.dispose();
  }

  /** The id in front of those of so many rows that have the highest. */
  private leastOfNewest(most: number): bigint | undefined {
    const known = this.table?.leastOfNewest(most);
    if (known !== undefined) return known - 1n;
    const ids = `SELECT id FROM audit_log NOT INDEXED ORDER BY id DESC LIMIT 1 OFFSET ${most - 1}`;
    const [least] = first(this.database.query(ids)) ?? [];
    return least?.kind === 'integer' ? BigInt(least.text) - 1n : undefined;
  }

  private ordered(columns: readonly string[], after: bigint | undefined): Cursor {
    const names = columns.filter((name) => this.columns.includes(name));
    const ask = (id: bigint | undefined): Cursor => {
      const where = id === undefined ? '' : ' WHERE id > CAST(? AS INTEGER)';
      const sql = `SELECT ${names.map((name) => `"${name}"`).join(', ')} FROM audit_log NOT INDEXED${where} ORDER BY id`;
      return this.database.query(sql, id === undefined ? [] : [String(id)]);
    };
    return new RisingCursor(this.table?.rows(names, after, ask) ?? ask(after));
  }

  /** A filter that no row meets would have SQLite look for one without end where the rows have none. */
  private assertEnd(): void {
    const rows = new RisingCursor(this.database.query('SELECT id FROM audit_log NOT INDEXED ORDER BY id'));
    try {
      while (rows.next());
    } catch (error) {
      // What SQLite cannot read ends its search as well, and is told where it is met.
      if (!(error instanceof DamagedError) || error.code === undefined) throw error;
    } finally {
      rows.close();
    }
  }
}

async function open<T>(
  file: string,
  { wasm, memoryLimit, signal }: AuditDatabaseOptions,
  make: (
    database: Database,
    stamp: DatabaseStamp,
    columns: readonly string[],
    table: PlainTable | undefined,
    dispose: () => void,
  ) => T,
): Promise<T> {
  const { size } = stampDatabase(file);
  let database: Database;
  let stamp: DatabaseStamp;
  let start: Uint8Array;
  let length: number;
  let bytes: Uint8Array | undefined;
  let dispose = (): void => undefined;
  if (size <= memoryLimit) {
    // SQLite is compiled while the file is read.
    const engine = loadEngine(wasm);
    engine.catch(() => undefined);
    const image = await readDatabaseImage(file, { signal });
    stamp = image.stamp;
    // Of a page that is there in part, the image has the rest as zeros: it does not count.
    length = Math.min(stamp.size, image.bytes.length);
    // A copy of its own: SQLite may write to the image.
    start = image.bytes.slice(0, DATABASE_HEADER);
    assertSchemaEnds((position, length) => image.bytes.subarray(position, position + length));
    bytes = image.bytes;
    database = new MemoryDatabase(await engine, bytes);
  } else {
    const sqlite = nodeSqlite();
    if (sqlite === undefined) throw tooLarge(size, memoryLimit);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-'));
    dispose = () => fs.rmSync(folder, { recursive: true, force: true });
    try {
      const copy = path.join(folder, 'copy.db');
      stamp = await copyDatabaseImage(file, copy, { signal });
      length = Math.min(stamp.size, fs.statSync(copy).size);
      start = partOf(copy, 0, DATABASE_HEADER);
      assertSchemaEnds((position, length) => partOf(copy, position, length));
      database = new NodeDatabase(sqlite, copy);
      // An open file outlives its name, and then nothing is left behind whatever ends this process. Windows keeps the name.
      if (process.platform !== 'win32') dispose();
    } catch (error) {
      dispose();
      throw error;
    }
  }
  try {
    const { columns, root } = tableOf(database);
    const table = bytes && PlainTable.of(bytes, root, columns);
    const names = columns.map(({ name }) => name);
    return make(database, stamp, names, table, dispose);
  } catch (error) {
    database.close();
    dispose();
    throw asCut(error, start, length);
  }
}

/** SQLite says of a file that was cut no more than that it is malformed; its header tells how long it was. */
function asCut(error: unknown, start: Uint8Array, size: number): unknown {
  const stated = pageCountOf(start);
  const there = Math.floor(size / (pageSizeOf(start) ?? 1));
  if (!(error instanceof DamagedError) || error.isOutOfMemory || stated === undefined || stated <= there) return error;
  const [all, left] = [stated, there].map((pages) => pages.toLocaleString('en-US'));
  return new AuditDatabaseError(
    'damaged',
    `This database is damaged: it ends early. Of the ${all} pages that its header states, ${left} ${there === 1 ? 'is' : 'are'} there.`,
  );
}

function partOf(file: string, position: number, length: number): Uint8Array {
  const descriptor = fs.openSync(file, 'r');
  try {
    const part = Buffer.alloc(length);
    return part.subarray(0, fs.readSync(descriptor, part, 0, length, position));
  } finally {
    fs.closeSync(descriptor);
  }
}

function tooLarge(size: number, limit: number): AuditDatabaseError {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
  return new AuditDatabaseError(
    'too-large',
    `This database has ${megabytes(size)}. More than ${megabytes(limit)} is not read into memory, and this version of Node has no SQLite of its own.`,
  );
}
