import type { ListRow } from '../../../shared/timeline';
import { RowsCache, type RowRange } from './rowsCache';

/** The rows of one answered query: how many there are, and those that were fetched. */
export class Listing {
  private readonly cache = new RowsCache();
  /** Whether an agent was recorded in any row that was seen. */
  hasAgents = false;

  /**
   * @param query number of the question.
   * @param isGrouped whether heads of groups stand between the entries.
   * @param count rows, as far as is known.
   * @param searched part of the log that was searched, from 0 to 1.
   */
  constructor(
    readonly query: number,
    readonly isGrouped: boolean,
    public count: number,
    public searched: number,
  ) {}

  get isWhole(): boolean {
    return this.searched >= 1;
  }

  /** More of the log was searched. */
  grow(count: number, searched: number): void {
    // Without groups, what is found later stands later; with groups it may stand anywhere.
    if (this.isGrouped) this.cache.expire();
    this.count = count;
    this.searched = searched;
  }

  row(index: number): ListRow | undefined {
    return index < this.count ? this.cache.row(index) : undefined;
  }

  has(range: RowRange): boolean {
    return this.cache.has(this.clip(range));
  }

  request(range: RowRange): RowRange[] {
    return this.cache.request(this.clip(range), this.count);
  }

  put(from: number, rows: readonly ListRow[]): void {
    this.cache.put(from, rows);
    this.hasAgents ||= rows.some((row) => row.kind === 'entry' && row.agent !== null);
  }

  forgetRequests(): void {
    this.cache.forgetRequests();
  }

  private clip({ from, to }: RowRange): RowRange {
    return { from: Math.max(0, Math.min(Math.floor(from), this.count)), to: Math.min(Math.ceil(to), this.count) };
  }
}
