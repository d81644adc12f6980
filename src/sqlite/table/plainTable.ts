import type { Cursor } from '../cursor';
import { leafOf, placeOf } from './leaf';
import { PageCursor } from './pageCursor';
import { IrregularError, leavesOf, Pages } from './pages';
import { SwitchingCursor } from './switchingCursor';
import { Varint } from './varint';

/** A column as the table declares it. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
  /** What it holds in rows that are older than it, as SQL; null where that is NULL. */
  readonly preset: string | null;
}

/** Pages of tables and indexes; others go on with what a page of those began. */
const TREES: ReadonlySet<number> = new Set([2, 5, 10, 13]);

/** A table that numbers its rows by their column `id`, read from its pages. */
export class PlainTable {
  /** SQLite had to be asked for rows that stand on other pages than was thought, or not as was thought. */
  private wasIrregular = false;

  private constructor(
    private readonly pages: Pages,
    private readonly leaves: Uint32Array,
    private readonly columns: readonly TableColumn[],
  ) {}

  /**
   * @param image the database; it must stay as it is.
   * @param root the first page of the table.
   * @param columns in the table's order, `id` among them.
   * @returns undefined where SQLite is to be asked instead.
   */
  static of(image: Uint8Array, root: number, columns: readonly TableColumn[]): PlainTable | undefined {
    try {
      const pages = new Pages(image);
      return pages.isUtf8 ? new PlainTable(pages, leavesOf(pages, root), columns) : undefined;
    } catch (error) {
      if (error instanceof IrregularError) return undefined;
      throw error;
    }
  }

  /**
   * Rows by id.
   *
   * @param names of columns of the table, `id` among them.
   * @param after gives those whose id is greater; all of them where it is undefined.
   * @param ask asks SQLite for rows behind an id, where they cannot be read here.
   */
  rows(names: readonly string[], after: bigint | undefined, ask: (after: bigint | undefined) => Cursor): Cursor {
    const wanted = names.map((name) => this.columns.findIndex((column) => column.name === name));
    if (wanted.some((place) => place === -1 || isReal(this.columns[place]))) return ask(after);
    const columns = {
      names,
      places: wanted.map((place) => (this.columns[place].name === 'id' ? -1 : place)),
      presets: this.columns.map(({ preset }) => preset !== null),
    };
    return new SwitchingCursor(
      () => this.behind(columns, after),
      () => {
        this.wasIrregular = true;
        return ask(after);
      },
    );
  }

  /**
   * Whether the rows of pages that stay the same are the same, given which others change. Long rows go on upon pages that only they
   * lead to, and if one of those changes, no other page tells.
   */
  tellsOf(changed: ReadonlyMap<number, Uint8Array>): boolean {
    if (this.wasIrregular) return false;
    const { pages } = this;
    return [...changed.keys()].every((number) => number > pages.count || TREES.has(pages.bytes[pages.header(number)]));
  }

  /**
   * The id up to which all rows are as they were; undefined where it is none of them.
   *
   * @param before the table as it was, which told of the changes; its pages are these now.
   */
  sameUpTo(before: PlainTable, changed: ReadonlyMap<number, Uint8Array>): bigint | undefined {
    const { leaves } = this;
    let same = 0;
    while (same < leaves.length && leaves[same] === before.leaves[same] && !changed.has(leaves[same])) same++;
    if (same === 0) return undefined;
    return this.idAt(same - 1, leafOf(this.pages, leaves[same - 1]).cells - 1);
  }

  /** The least of the ids of so many rows that have the highest; undefined where there are no more, or SQLite is to be asked. */
  leastOfNewest(count: number): bigint | undefined {
    try {
      let left = count;
      for (let at = this.leaves.length - 1; at >= 0; at--) {
        const leaf = leafOf(this.pages, this.leaves[at]);
        if (leaf.cells >= left) return this.idAt(at, leaf.cells - left);
        left -= leaf.cells;
      }
    } catch (error) {
      if (!(error instanceof IrregularError)) throw error;
    }
    return undefined;
  }

  private behind(columns: ConstructorParameters<typeof PageCursor>[2], after: bigint | undefined): PageCursor {
    const { pages, leaves } = this;
    if (after === undefined) return new PageCursor(pages, leaves, columns, 0);
    // The first page whose first row is behind: rows behind may begin in the one before. (One page alone may be empty.)
    let [low, high] = [1, leaves.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const first = this.idAt(middle, 0);
      if (first === undefined) throw new IrregularError('a page without rows');
      if (first <= after) low = middle + 1;
      else high = middle;
    }
    const cursor = new PageCursor(pages, leaves, columns, Math.max(0, low - 1));
    cursor.skipTo(after);
    return cursor;
  }

  private idAt(at: number, cell: number): bigint | undefined {
    const leaf = leafOf(this.pages, this.leaves[at]);
    if (cell >= leaf.cells) return undefined;
    const varint = new Varint();
    varint.at = placeOf(this.pages, leaf, cell);
    varint.small(this.pages.bytes);
    varint.long(this.pages.bytes);
    return varint.exact;
  }
}

/** Whether SQLite makes real numbers of the whole ones that it stored (sqlite.org/datatype3.html#determination_of_column_affinity). */
function isReal({ type }: TableColumn): boolean {
  return !/INT|CHAR|CLOB|TEXT|BLOB/i.test(type) && /REAL|FLOA|DOUB/i.test(type);
}
