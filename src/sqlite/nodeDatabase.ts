import { createRequire } from 'node:module';
import type { Cell } from '../core/log/cell';
import type { Dictionary } from '../core/log/dictionary';
import { DamagedError, cellText, type Binding, type ByteRange, type Cursor, type Database } from './cursor';

/** As much of `node:sqlite` as is used: its types are not those of the oldest Node that this runs on. */
export interface NodeSqlite {
  readonly DatabaseSync: new (file: string, options: { readonly readOnly: boolean }) => NodeDatabaseSync;
}
export interface NodeDatabaseSync {
  exec(sql: string): void;
  prepare(sql: string): NodeStatement;
  close(): void;
}
export interface NodeChanges {
  readonly changes: number | bigint;
  readonly lastInsertRowid: number | bigint;
}
export interface NodeStatement {
  run(...bindings: readonly (string | number | null)[]): NodeChanges;
  get(...bindings: readonly (string | number | null)[]): Record<string, unknown> | undefined;
  all(...bindings: readonly (string | number | null)[]): Record<string, unknown>[];
  setReadBigInts(on: boolean): void;
  columns(): readonly { readonly name: string }[];
  iterate(...bindings: unknown[]): Iterator<Record<string, unknown>>;
}

/** Node's own SQLite; undefined where the runtime is older than Node 22.13, or has it turned off. */
export function nodeSqlite(): NodeSqlite | undefined {
  try {
    // A bundler would resolve a plain import on a runtime that has no such module.
    return createRequire(__filename)('node:sqlite') as NodeSqlite;
  } catch {
    return undefined;
  }
}

/** The same, where it can tell the columns of a statement, as a reader needs it. */
export function readingSqlite(): NodeSqlite | undefined {
  const sqlite = nodeSqlite();
  return sqlite !== undefined && 'columns' in probe(sqlite) ? sqlite : undefined;
}

/** Columns of a statement came with Node 22.16. */
function probe(sqlite: NodeSqlite): NodeStatement {
  const database = new sqlite.DatabaseSync(':memory:', { readOnly: false });
  try {
    return database.prepare('SELECT 1');
  } finally {
    database.close();
  }
}

/** A database in a file of our own, read by Node's SQLite, for those that are too large for memory. */
export class NodeDatabase implements Database {
  private readonly database: NodeDatabaseSync;

  constructor(sqlite: NodeSqlite, file: string) {
    this.database = new sqlite.DatabaseSync(file, { readOnly: true });
  }

  query(sql: string, bindings: readonly Binding[] = []): Cursor {
    return guarded(() => new NodeCursor(this.database.prepare(sql), bindings.map(String)));
  }

  close(): void {
    this.database.close();
  }
}

class NodeCursor implements Cursor {
  readonly columns: readonly string[];
  private readonly rows: Iterator<Record<string, unknown>>;
  private row: unknown[] = [];

  constructor(statement: NodeStatement, bindings: readonly string[]) {
    statement.setReadBigInts(true);
    this.columns = statement.columns().map((each) => each.name);
    this.rows = statement.iterate(...bindings);
  }

  next(): boolean {
    const step = guarded(() => this.rows.next());
    if (step.done === true) return false;
    const { value } = step;
    this.row = this.columns.map((name) => value[name]);
    return true;
  }

  cell(column: number): Cell {
    const value = this.row[column];
    if (value === null || value === undefined) return { kind: 'null' };
    if (typeof value === 'bigint') return { kind: 'integer', text: String(value) };
    if (typeof value === 'number') return { kind: 'real', value };
    if (value instanceof Uint8Array) return { kind: 'blob', bytes: value };
    const text = value as string;
    // Node has read it already: a replacement character is all that tells of bytes that were no UTF-8.
    return { kind: 'text', text, valid: !text.includes('\ufffd') };
  }

  integer(column: number): number {
    const value = this.row[column];
    return typeof value === 'bigint' ? Number(value) : NaN;
  }

  idIn(dictionary: Dictionary, column: number): number {
    const cell = this.cell(column);
    return cell.kind === 'null' ? dictionary.idOfNothing() : dictionary.idOfText(cellText(cell));
  }

  bytes(column: number): ByteRange | undefined {
    const value = this.row[column];
    if (typeof value !== 'string') return undefined;
    const source = Buffer.from(value);
    return { source, start: 0, end: source.length };
  }

  close(): void {
    this.rows.return?.();
  }
}

/** SQLite's code for a failure that it tells no more of. */
const UNKNOWN = 1;

/** What SQLite finds damaged is an error of the database's, not of ours. */
function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { code, message, errcode } = error as NodeJS.ErrnoException & { readonly errcode?: number };
    if (code === 'ERR_SQLITE_ERROR') throw new DamagedError(message, errcode ?? UNKNOWN);
    throw error;
  }
}
