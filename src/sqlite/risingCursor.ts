import type { Cell } from '../core/log/cell';
import type { Dictionary } from '../core/log/dictionary';
import { DamagedError, type ByteRange, type Cursor } from './cursor';

/**
 * Rows in the order of their ids, up to the first whose id is not greater than the one before. In a damaged file pages can lead back to
 * pages that were read already, and SQLite would give the same rows again and again, without end.
 */
export class RisingCursor implements Cursor {
  readonly columns: readonly string[];
  private readonly id: number;
  private started = false;
  private last = -Infinity;
  private lastExact = 0n;

  /**
   * @param rows by id, which must be among their columns.
   * @param before is done before the first row is read.
   */
  constructor(
    private readonly rows: Cursor,
    private readonly before: () => void = () => undefined,
  ) {
    this.columns = rows.columns;
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

function notRising(): DamagedError {
  return new DamagedError('the row ids do not rise');
}
