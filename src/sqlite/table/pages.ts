import { DATABASE_HEADER, pageSizeOf } from '../image/header';

/** A table is not stored as the file format says, or in a way that is not read here: SQLite is to be asked instead. */
export class IrregularError extends Error {
  override readonly name = 'IrregularError';
}

/** The pages of a database in memory (sqlite.org/fileformat2.html#b_tree_pages). */
export class Pages {
  readonly view: DataView;
  readonly size: number;
  /** Bytes of a page that SQLite itself uses: some extensions keep a few at the end. */
  readonly usable: number;
  readonly count: number;

  /** @throws IrregularError where the header states no page size that can be. */
  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const size = bytes.length < DATABASE_HEADER ? undefined : pageSizeOf(bytes);
    this.size = size ?? 0;
    this.usable = this.size - (bytes[20] ?? 0);
    if (size === undefined || this.usable < 480) throw new IrregularError('no page size');
    this.count = Math.floor(bytes.length / size);
  }

  /** Whether texts are stored as UTF-8. Where nothing was ever stored, the header says 0. */
  get isUtf8(): boolean {
    return this.view.getUint32(56) <= 1;
  }

  /** Where a page begins. @throws IrregularError where there is none of that number. */
  start(number: number): number {
    if (number < 1 || number > this.count) throw new IrregularError('no such page');
    return (number - 1) * this.size;
  }

  /** Where the header of a page of a tree begins: the first page begins with that of the database. */
  header(number: number): number {
    return this.start(number) + (number === 1 ? DATABASE_HEADER : 0);
  }
}

const INNER = 5;
const LEAF = 13;

/**
 * The pages that hold the rows of a table, in the order of their ids.
 *
 * @param root the first page of the table's tree.
 * @throws IrregularError where the tree is damaged: no page may be met twice.
 */
export function leavesOf(pages: Pages, root: number): Uint32Array {
  const { bytes, view } = pages;
  const leaves = new Uint32Array(pages.count);
  let found = 0;
  const seen = new Uint8Array(pages.count + 1);
  const waiting = [root];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const header = pages.header(number);
    if (seen[number] === 1) throw new IrregularError('pages lead back to one another');
    seen[number] = 1;
    if (bytes[header] === LEAF) {
      leaves[found++] = number;
      continue;
    }
    if (bytes[header] !== INNER) throw new IrregularError('not a page of a table');
    const cells = view.getUint16(header + 3);
    const end = pages.start(number) + pages.usable;
    if (header + 12 + 2 * cells > end) throw new IrregularError('more cells than a page holds');
    // The last first: what is put down last is taken up first.
    waiting.push(view.getUint32(header + 8));
    for (let cell = cells - 1; cell >= 0; cell--) {
      const place = pages.start(number) + view.getUint16(header + 12 + 2 * cell);
      if (place < header + 12 + 2 * cells || place + 4 > end) throw new IrregularError('a cell outside of its page');
      waiting.push(view.getUint32(place));
    }
  }
  return leaves.slice(0, found);
}
