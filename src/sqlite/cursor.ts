import type { Cell } from '../core/log/cell';
import type { Dictionary } from '../core/log/dictionary';
import { visible } from '../core/text/visible';

/** Rows of a query, one after the other, whichever SQLite reads them. */
export interface Cursor {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /**
   * Goes to the next row; false behind the last one.
   *
   * @throws DamagedError where SQLite cannot read on.
   */
  next(): boolean;
  cell(column: number): Cell;
  /** The row's value as a whole number; NaN where it is none. Beyond 2^53 it is rounded. */
  integer(column: number): number;
  /** The number of the value in a dictionary: what is no text stands there as the text of it. */
  idIn(dictionary: Dictionary, column: number): number;
  /** The value's text where it is one, in a buffer that the next step may overwrite. */
  bytes(column: number): ByteRange | undefined;
  close(): void;
}

export interface ByteRange {
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** A value of a query's parameter. */
export type Binding = string | bigint;

/** A database that can be asked. Nothing writes to it, and it is never the evidence itself. */
export interface Database {
  /** @throws DamagedError, or Error where the query is not understood. */
  query(sql: string, bindings?: readonly Binding[]): Cursor;
  close(): void;
}

/** SQLite's code for a failure that is not the file's. */
export const OUT_OF_MEMORY = 7;

/** The database cannot be read, or not to its end: it is damaged, or memory ran out. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';

  /**
   * @param message what SQLite said, or what was found here: no whole sentence.
   * @param code SQLite's code of it; undefined where it was not SQLite that found it.
   */
  constructor(
    message: string,
    readonly code?: number,
  ) {
    super(message);
  }

  /** Whether it says nothing about the file. */
  get isOutOfMemory(): boolean {
    return this.code !== undefined && (this.code & 0xff) === OUT_OF_MEMORY;
  }

  /** What is wrong, and who says so, as the end of a sentence. SQLite repeats names out of the file. */
  get finding(): string {
    return this.code === undefined ? this.message : `SQLite says “${visible(this.message)}”`;
  }
}

/** A cell as the text that stands for it in lists. */
export function cellText(cell: Exclude<Cell, { kind: 'null' }>): string {
  switch (cell.kind) {
    case 'integer':
    case 'text':
      return cell.text;
    case 'real':
      return String(cell.value);
    case 'blob':
      return `x'${Buffer.from(cell.bytes.subarray(0, 64)).toString('hex')}${cell.bytes.length > 64 ? '…' : ''}'`;
  }
}
