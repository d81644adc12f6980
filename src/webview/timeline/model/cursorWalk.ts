import type { ListRow } from '../../../shared/timeline';

export interface WalkedList {
  count(): number;
  row(index: number): ListRow | undefined;
  load(range: { from: number; to: number }): void;
  /** The cursor is on this row now. */
  arrive(index: number, row: ListRow): void;
}

/** The cursor's way to a row that may not be loaded yet, and over rows that are no entries. */
export class CursorWalk {
  private target: { readonly index: number; readonly direction: -1 | 0 | 1 } | undefined;

  constructor(private readonly list: WalkedList) {}

  /** @param direction in which the next entry is looked for from there; 0 where any row will do. */
  start(index: number, direction: -1 | 0 | 1): void {
    this.target = { index, direction };
    this.goOn();
  }

  /** As far as rows are loaded. */
  goOn(): void {
    while (this.target !== undefined) {
      const { index, direction } = this.target;
      const row = this.list.row(index);
      if (row === undefined) return this.list.load({ from: index, to: index + 1 });
      this.target = undefined;
      if (row.kind === 'entry' || direction === 0) return this.list.arrive(index, row);
      const next = index + direction;
      if (next >= 0 && next < this.list.count()) this.target = { index: next, direction };
    }
  }

  get isUnderWay(): boolean {
    return this.target !== undefined;
  }

  /** The rows stand so many further down now. */
  shift(rows: number): void {
    if (this.target !== undefined) this.target = { ...this.target, index: Math.max(0, this.target.index + rows) };
  }

  stop(): void {
    this.target = undefined;
  }
}
