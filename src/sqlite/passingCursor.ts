import type { Cell } from '../core/log/cell';
import type { Dictionary } from '../core/log/dictionary';
import type { ByteRange, Cursor } from './cursor';

/** The values of another cursor's row; which row that is, is for whoever extends this to say. */
export abstract class PassingCursor implements Cursor {
  readonly columns: readonly string[];

  constructor(protected rows: Cursor) {
    this.columns = rows.columns;
  }

  abstract next(): boolean;

  cell(column: number): Cell {
    return this.rows.cell(column);
  }

  integer(column: number): number {
    return this.rows.integer(column);
  }

  idIn(dictionary: Dictionary, column: number): number {
    return this.rows.idIn(dictionary, column);
  }

  bytes(column: number): ByteRange | undefined {
    return this.rows.bytes(column);
  }

  close(): void {
    this.rows.close();
  }
}
