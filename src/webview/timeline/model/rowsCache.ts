import type { ListRow } from '../../../shared/timeline';

/** Rows asked for at once. */
export const PAGE_ROWS = 200;
/** What is kept of a list: 16,000 rows, so that memory does not grow with how far somebody scrolls. */
const MOST_PAGES = 80;
/** A scrollbar that is dragged passes over more pages than anybody reads: no more than these are under way. */
const MOST_UNDER_WAY = 4;

export interface RowRange {
  readonly from: number;
  /** The row after the last. */
  readonly to: number;
}

interface CachedPage {
  readonly rows: readonly ListRow[];
  /** How many rows it was asked for: there may be more by now. */
  readonly expected: number;
  isStale: boolean;
}

/** Rows of one view, in pages; those that were looked at last are kept. */
export class RowsCache {
  /** By number, the one that was looked at longest ago first. */
  private readonly pages = new Map<number, CachedPage>();
  /** Numbers of the pages that are under way, with how many rows each was asked for. */
  private readonly underWay = new Map<number, number>();

  row(index: number): ListRow | undefined {
    return this.pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** Whether each of these rows is here, be it an older state of it. */
  has({ from, to }: RowRange): boolean {
    for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < to; page++)
      if (!this.pages.has(page)) return false;
    return true;
  }

  /**
   * What has to be asked for so that these rows are here, and is not under way yet. It counts as under way from now on.
   *
   * @param count rows that the view has in all.
   */
  request({ from, to }: RowRange, count: number): RowRange[] {
    const wanted: RowRange[] = [];
    const last = Math.ceil(Math.min(to, count) / PAGE_ROWS);
    for (let page = Math.floor(Math.max(0, from) / PAGE_ROWS); page < last; page++) {
      const start = page * PAGE_ROWS;
      const expected = Math.min(PAGE_ROWS, count - start);
      const known = this.pages.get(page);
      if (known !== undefined) {
        this.pages.delete(page);
        this.pages.set(page, known);
        if (!known.isStale && known.expected >= expected) continue;
      }
      if (this.underWay.has(page) || this.underWay.size >= MOST_UNDER_WAY) continue;
      this.underWay.set(page, expected);
      wanted.push({ from: start, to: start + expected });
    }
    return wanted;
  }

  /** @param from index of the first row; what does not begin where a page does was not asked for. */
  put(from: number, rows: readonly ListRow[]): void {
    if (from % PAGE_ROWS !== 0) return;
    const page = from / PAGE_ROWS;
    const expected = this.underWay.get(page) ?? rows.length;
    this.underWay.delete(page);
    this.pages.delete(page);
    this.pages.set(page, { rows: rows.slice(0, PAGE_ROWS), expected, isStale: false });
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) break;
      this.pages.delete(oldest);
    }
  }

  /** What is here stands until its successor arrives, and is asked for again when it is looked at. */
  expire(): void {
    for (const page of this.pages.values()) page.isStale = true;
  }

  /** Answers that are still due will not come. */
  forgetRequests(): void {
    this.underWay.clear();
  }
}
