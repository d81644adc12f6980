import type { Cursor } from '../cursor';
import { PassingCursor } from '../passingCursor';
import type { PageCursor } from './pageCursor';
import { IrregularError } from './pages';

/** Reads rows from their pages as long as these are as the format says, and has SQLite go on from there: what is wrong is its to tell. */
export class SwitchingCursor extends PassingCursor {
  private read = 0;

  /**
   * @param begin the rows from their pages. @throws IrregularError
   * @param ask asks SQLite for the same rows.
   */
  constructor(
    begin: () => PageCursor,
    private readonly ask: () => Cursor,
  ) {
    super(firstOf(begin, ask));
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
}

function firstOf(begin: () => Cursor, ask: () => Cursor): Cursor {
  try {
    return begin();
  } catch (error) {
    if (!(error instanceof IrregularError)) throw error;
    return ask();
  }
}
