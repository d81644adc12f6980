import { TextDecoder } from 'node:util';
import type { Cell } from '../core/log/cell';
import type { Dictionary } from '../core/log/dictionary';
import {
  DamagedError,
  OUT_OF_MEMORY,
  cellText,
  type Binding,
  type ByteRange,
  type Cursor,
  type Database,
} from './cursor';
import type { Calls, Engine } from './engine';

const ROW = 100;
const DONE = 101;
const [INTEGER, REAL, TEXT, BLOB] = [1, 2, 3, 4];

/** SQLite copies a text that is bound to a statement. */
const TRANSIENT = -1;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8 as a text; what is none becomes U+FFFD. */
export function decode(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** A database in memory, read by sql.js. The bytes are its own from now on: nothing else may write to them. */
export class MemoryDatabase implements Database {
  private readonly database: ReturnType<Engine['open']>;

  constructor(
    private readonly engine: Engine,
    bytes: Uint8Array,
  ) {
    this.database = engine.open(bytes);
  }

  query(sql: string, bindings: readonly Binding[] = []): Cursor {
    return new MemoryCursor(this.engine, this.database.handle, sql, bindings);
  }

  close(): void {
    this.database.close();
  }
}

class MemoryCursor implements Cursor {
  readonly columns: readonly string[];
  private readonly calls: Calls;
  private statement = 0;

  constructor(
    private readonly engine: Engine,
    private readonly handle: number,
    sql: string,
    bindings: readonly Binding[],
  ) {
    const { calls } = engine;
    this.calls = calls;
    const text = calls.stringToNewUTF8(sql);
    const place = calls._malloc(4);
    try {
      const answer = calls._sqlite3_prepare_v2(handle, text, -1, place, 0);
      if (answer !== 0) throw this.failure(answer);
      const memory = engine.memory();
      this.statement = new DataView(memory.buffer).getUint32(place, true);
    } finally {
      calls._free(text);
      calls._free(place);
    }
    bindings.forEach((value, i) => this.bind(i + 1, value));
    this.columns = Array.from({ length: calls._sqlite3_column_count(this.statement) }, (_, i) =>
      calls.UTF8ToString(calls._sqlite3_column_name(this.statement, i)),
    );
  }

  /** A whole number is bound as its digits: `id > CAST(? AS INTEGER)` is what compares it. */
  private bind(index: number, value: Binding): void {
    const { calls } = this;
    const text = calls.stringToNewUTF8(String(value));
    try {
      const length = Buffer.byteLength(String(value));
      const answer = calls._sqlite3_bind_text(this.statement, index, text, length, TRANSIENT);
      if (answer !== 0) throw this.failure(answer);
    } finally {
      calls._free(text);
    }
  }

  next(): boolean {
    const answer = this.calls._sqlite3_step(this.statement);
    if (answer === ROW) return true;
    if (answer === DONE) return false;
    throw this.failure(answer);
  }

  cell(column: number): Cell {
    const { calls } = this;
    switch (calls._sqlite3_column_type(this.statement, column)) {
      case INTEGER:
        return { kind: 'integer', text: decode(this.textBytes(column)) };
      case REAL:
        return { kind: 'real', value: calls._sqlite3_column_double(this.statement, column) };
      case TEXT: {
        const bytes = this.textBytes(column);
        try {
          return { kind: 'text', text: strict.decode(bytes), valid: true };
        } catch {
          return { kind: 'text', text: decode(bytes), valid: false };
        }
      }
      case BLOB: {
        const start = calls._sqlite3_column_blob(this.statement, column);
        const length = calls._sqlite3_column_bytes(this.statement, column);
        return { kind: 'blob', bytes: this.engine.memory().slice(start, start + length) };
      }
      default:
        return { kind: 'null' };
    }
  }

  integer(column: number): number {
    if (this.calls._sqlite3_column_type(this.statement, column) !== INTEGER) return NaN;
    return this.calls._sqlite3_column_double(this.statement, column);
  }

  idIn(dictionary: Dictionary, column: number): number {
    const { calls } = this;
    const type = calls._sqlite3_column_type(this.statement, column);
    if (type === TEXT) {
      const start = calls._sqlite3_column_text(this.statement, column);
      if (start === 0) throw this.failure(OUT_OF_MEMORY);
      const length = calls._sqlite3_column_bytes(this.statement, column);
      return dictionary.idOfBytes(this.engine.memory(), start, start + length);
    }
    const cell = this.cell(column);
    return cell.kind === 'null' ? dictionary.idOfNothing() : dictionary.idOfText(cellText(cell));
  }

  bytes(column: number): ByteRange | undefined {
    const { calls } = this;
    return calls._sqlite3_column_type(this.statement, column) === TEXT ? this.text(column) : undefined;
  }

  close(): void {
    this.calls._sqlite3_finalize(this.statement);
    this.statement = 0;
  }

  private textBytes(column: number): Uint8Array {
    const { source, start, end } = this.text(column);
    return source.subarray(start, end);
  }

  private text(column: number): ByteRange {
    const { calls } = this;
    const start = calls._sqlite3_column_text(this.statement, column);
    // No text where there is one: what is read is in memory already, and there was none left to turn it into UTF-8.
    if (start === 0) throw this.failure(OUT_OF_MEMORY);
    const length = calls._sqlite3_column_bytes(this.statement, column);
    return { source: this.engine.memory(), start, end: start + length };
  }

  private failure(code: number): DamagedError {
    const { calls } = this;
    return new DamagedError(calls.UTF8ToString(calls._sqlite3_errmsg(this.handle)), code);
  }
}
