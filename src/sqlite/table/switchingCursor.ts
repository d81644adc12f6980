import type { Cell } from '../../core/log/cell';
import type { Dictionary } from '../../core/log/dictionary';
import type { ByteRange, Cursor } from '../cursor';
import type { PageCursor } from './pageCursor';
import { IrregularError } from './pages';

/** Reads rows from their pages as long as these are as the format says, and has SQLite go on from there: what is wrong is its to tell. */
export class SwitchingCursor implements Cursor {
  readonly columns: readonly string[];
  private rows: Cursor;
  private read = 0;

  /**
   * @param begin the rows from their pages. @throws IrregularError
   * @param ask asks SQLite for the same rows.
   */
  constructor(
    begin: () => PageCursor,
    private readonly ask: () => Cursor,
  ) {
    try {
      this.rows = begin();
    } catch (error) {
      if (!(error instanceof IrregularError)) throw error;
      this.rows = ask();
    }
    this.columns = this.rows.columns;
  }

  next(): boolean {
    try {
      const found = this.rows.next();
      if (found) this.read++;
      return found;
    } catch (error) {
      if (!(error instanceof IrregularError)) throw error;
      this.rows = this.ask();
      // By their number, not their ids: in a damaged table those can be in any order.
      for (let i = 0; i < this.read; i++) if (!this.rows.next()) return false;
      return this.rows.next();
    }
  }

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
