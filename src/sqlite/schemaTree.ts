import { DamagedError } from './cursor';
import { DATABASE_HEADER, pageSizeOf } from './image/header';

/** A page that leads to others, of a table (sqlite.org/fileformat2.html#b_tree_pages). */
const INNER = 5;

/**
 * Makes sure that the pages of the schema, the table that begins on the first page, do not lead back to one another: SQLite reads the
 * schema before it answers anything, and of such a one it would read without end. Whatever else is wrong is SQLite's to find.
 *
 * @param read a part of the database; shorter than asked for where the database ends.
 * @throws DamagedError where they do.
 */
export function assertSchemaEnds(read: (position: number, length: number) => Uint8Array): void {
  const pageSize = pageSizeOf(read(0, DATABASE_HEADER));
  if (pageSize === undefined) return;
  const seen = new Set<number>();
  const waiting = [1];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) throw new DamagedError('the pages of its schema lead back to one another');
    seen.add(number);
    waiting.push(...childrenOf(read((number - 1) * pageSize, pageSize), number === 1 ? DATABASE_HEADER : 0, pageSize));
  }
}

/** The pages that a page leads to; none where it is not there. */
function childrenOf(page: Uint8Array, start: number, pageSize: number): number[] {
  if (page.length < pageSize || page[start] !== INNER) return [];
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  const cells = Math.min(view.getUint16(start + 3), (pageSize - start - 12) >> 1);
  const children = [view.getUint32(start + 8)];
  for (let cell = 0; cell < cells; cell++) {
    const place = view.getUint16(start + 12 + 2 * cell);
    if (place + 4 <= pageSize) children.push(view.getUint32(place));
  }
  return children.filter((child) => child > 0);
}
