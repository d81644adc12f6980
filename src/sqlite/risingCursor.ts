import { DamagedError, type Cursor } from './cursor';
import { PassingCursor } from './passingCursor';

/**
 * Rows in the order of their ids, up to the first whose id is not greater than the one before. In a damaged file pages can lead back to
 * pages that were read already, and SQLite would give the same rows again and again, without end.
 */
export class RisingCursor extends PassingCursor {
  private readonly id: number;
  private started = false;
  private last = -Infinity;
  private lastExact = 0n;

  /**
   * @param rows by id, which must be among their columns.
   * @param before is done before the first row is read.
   */
  constructor(
    rows: Cursor,
    private readonly before: () => void = () => undefined,
  ) {
    super(rows);
    this.id = rows.columns.indexOf('id');
  }

  next(): boolean {
    if (!this.started) this.before();
    this.started = true;
    if (!this.rows.next()) return false;
    const id = this.rows.integer(this.id);
    if (Number.isSafeInteger(id)) {
      if (id <= this.last) throw notRising();
    } else {
      const cell = this.rows.cell(this.id);
      const exact = cell.kind === 'integer' ? BigInt(cell.text) : 0n;
      // Rounded, ids that differ can be the same.
      if (!(id > this.last || (id === this.last && exact > this.lastExact))) throw notRising();
      this.lastExact = exact;
    }
    this.last = id;
    return true;
  }
}

function notRising(): DamagedError {
  return new DamagedError('the row ids do not rise');
}
