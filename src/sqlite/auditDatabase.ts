import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DamagedError, type Cursor, type Database } from './cursor';
import { loadEngine } from './engine';
import { AuditDatabaseError, asAuditError } from './errors';
import { copyDatabaseImage, readDatabaseImage, stampDatabase, type DatabaseStamp } from './image/databaseImage';
import { MemoryDatabase } from './memoryDatabase';
import { NodeDatabase, nodeSqlite } from './nodeDatabase';
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
    private readonly dispose: () => void,
  ) {}

  /** @throws AuditDatabaseError with a sentence where there is nothing to read. */
  static async open(file: string, options: AuditDatabaseOptions): Promise<AuditDatabase> {
    try {
      return await open(file, options, (database, stamp, columns, dispose) => {
        return new AuditDatabase(database, stamp, columns, dispose);
      });
    } catch (error) {
      throw asAuditError(error);
    }
  }

  /** Rows as the reference's `get_log` gives them: all columns, by id. */
  rows(filter: RowFilter = {}): Cursor {
    const { where, bindings, limit } = whereOf(filter, this.columns);
    return this.database.query(`SELECT * FROM audit_log${where} ORDER BY id${limit}`, bindings);
  }

  /** Some columns of the rows whose id is greater than `after`, by id. Columns that the table does not have are left out. */
  select(columns: readonly string[], after?: string): Cursor {
    const where = after === undefined ? '' : ' WHERE id > CAST(? AS INTEGER)';
    const sql = `SELECT ${this.namesOf(columns)} FROM audit_log${where} ORDER BY id`;
    return this.database.query(sql, after === undefined ? [] : [after]);
  }

  /** The same of the rows with the highest ids, by id. */
  newest(columns: readonly string[], most: number): Cursor {
    const names = this.namesOf(columns);
    return this.database.query(
      `SELECT * FROM (SELECT ${names} FROM audit_log ORDER BY id DESC LIMIT ${most}) ORDER BY id`,
    );
  }

  /** All columns of the row of that id. */
  row(id: string): Cursor {
    return this.database.query('SELECT * FROM audit_log WHERE id = CAST(? AS INTEGER)', [id]);
  }

  /** The highest id that was ever given, as SQLite remembers it; undefined where the table does not number that way. */
  lastGivenId(): bigint | undefined {
    if (!this.hasTable('sqlite_sequence')) return undefined;
    const [cell] = first(this.database.query("SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'")) ?? [];
    return cell?.kind === 'integer' ? BigInt(cell.text) : undefined;
  }

  /** What SQLite's own check finds wrong with the file; empty where it finds nothing. At most `most` findings. */
  damages(most: number): string[] {
    const cursor = this.database.query(`PRAGMA quick_check(${most})`);
    try {
      const found: string[] = [];
      while (cursor.next()) {
        const cell = cursor.cell(0);
        if (cell.kind === 'text' && cell.text !== 'ok') found.push(...cell.text.split('\n'));
      }
      return found;
    } catch (error) {
      if (error instanceof DamagedError) return [error.message];
      throw error;
    } finally {
      cursor.close();
    }
  }

  close(): void {
    this.database.close();
    this.dispose();
  }

  private namesOf(columns: readonly string[]): string {
    return columns
      .filter((name) => this.columns.includes(name))
      .map((name) => `"${name}"`)
      .join(', ');
  }

  private hasTable(name: string): boolean {
    return first(this.database.query('SELECT 1 FROM sqlite_schema WHERE name = ?', [name])) !== undefined;
  }
}

async function open<T>(
  file: string,
  { wasm, memoryLimit, signal }: AuditDatabaseOptions,
  make: (database: Database, stamp: DatabaseStamp, columns: readonly string[], dispose: () => void) => T,
): Promise<T> {
  const { size } = stampDatabase(file);
  let database: Database;
  let stamp: DatabaseStamp;
  let dispose = (): void => undefined;
  if (size <= memoryLimit) {
    const image = await readDatabaseImage(file, { signal });
    stamp = image.stamp;
    database = new MemoryDatabase(await loadEngine(wasm), image.bytes);
  } else {
    const sqlite = nodeSqlite();
    if (sqlite === undefined) throw tooLarge(size, memoryLimit);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-'));
    dispose = () => fs.rmSync(folder, { recursive: true, force: true });
    try {
      const copy = path.join(folder, 'copy.db');
      stamp = await copyDatabaseImage(file, copy, { signal });
      database = new NodeDatabase(sqlite, copy);
      // An open file outlives its name, and then nothing is left behind whatever ends this process. Windows keeps the name.
      if (process.platform !== 'win32') dispose();
    } catch (error) {
      dispose();
      throw error;
    }
  }
  try {
    return make(database, stamp, columnsOf(database), dispose);
  } catch (error) {
    database.close();
    dispose();
    throw error;
  }
}

/**
 * Makes sure that `audit_log` is a table with ids, and nothing that computes when it is read: a view or a virtual table of a hostile
 * file could take for ever.
 */
function columnsOf(database: Database): readonly string[] {
  // Functions that reach beyond the database have no business in its schema.
  first(database.query('PRAGMA trusted_schema = OFF'));
  const found = first(
    database.query("SELECT type, sql FROM sqlite_schema WHERE name = 'audit_log' COLLATE NOCASE AND type <> 'index'"),
  );
  const [type, sql] = (found ?? []).map((cell) => (cell.kind === 'text' ? cell.text : ''));
  if (type === undefined) throw new AuditDatabaseError('no-table', noTable(database));
  if (type !== 'table' || /^\s*CREATE\s+VIRTUAL/i.test(sql)) {
    throw new AuditDatabaseError('no-table', 'Its audit_log is not a table of rows, so no audit log is read from it.');
  }
  const rows = database.query('SELECT * FROM audit_log LIMIT 0');
  const { columns } = rows;
  rows.close();
  const missing = ['id', 'session_id', 'timestamp', 'action_type'].filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new AuditDatabaseError(
      'no-table',
      `Its table audit_log has no ${missing.join(', ')}: it is not an Aegis audit log.`,
    );
  }
  return columns;
}

function noTable(database: Database): string {
  const rows = database.query("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const [cell] = first(rows) ?? [];
  const tables = cell?.kind === 'integer' ? Number(cell.text) : 0;
  return tables === 0
    ? 'This database has no tables yet: nothing has been recorded in it.'
    : 'This database has no table audit_log: it is not an Aegis audit log.';
}

function first(cursor: Cursor): ReturnType<Cursor['cell']>[] | undefined {
  try {
    return cursor.next() ? cursor.columns.map((_, column) => cursor.cell(column)) : undefined;
  } finally {
    cursor.close();
  }
}

function tooLarge(size: number, limit: number): AuditDatabaseError {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
  return new AuditDatabaseError(
    'too-large',
    `This database has ${megabytes(size)}. More than ${megabytes(limit)} is not read into memory, and this version of Node has no SQLite of its own.`,
  );
}
