import { IrregularError, type Pages } from './pages';

const HEADER = 8;

/** The rows of one page of a table, without what is in them. */
export interface Leaf {
  readonly start: number;
  readonly header: number;
  readonly cells: number;
}

/** @throws IrregularError where the page holds less than it says. */
export function leafOf(pages: Pages, number: number): Leaf {
  const start = pages.start(number);
  const header = pages.header(number);
  const cells = pages.view.getUint16(header + 3);
  if (header + HEADER + 2 * cells > start + pages.usable) throw new IrregularError('more rows than a page holds');
  return { start, header, cells };
}

/** Where a row begins. @throws IrregularError where that is not within the page. */
export function placeOf(pages: Pages, { start, header, cells }: Leaf, cell: number): number {
  const place = start + pages.view.getUint16(header + HEADER + 2 * cell);
  if (place < header + HEADER + 2 * cells || place + 4 > start + pages.usable) {
    throw new IrregularError('a row outside of its page');
  }
  return place;
}

/**
 * How many bytes of a row's payload stand in its page; the others are on pages of their own.
 * (sqlite.org/fileformat2.html#cell_payload_overflow_pages)
 */
export function localLength(payload: number, usable: number): number {
  const most = usable - 35;
  if (payload <= most) return payload;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((payload - least) % (usable - 4));
  return fitting <= most ? fitting : least;
}

/**
 * Puts the payload of a row together that is on several pages.
 *
 * @param place where it begins.
 * @param into has room for all of it.
 * @throws IrregularError where the pages end before it does, or lead back to one another.
 */
export function gather(pages: Pages, place: number, payload: number, into: Uint8Array): void {
  const { bytes, view, usable } = pages;
  let done = localLength(payload, usable);
  into.set(bytes.subarray(place, place + done));
  let next = view.getUint32(place + done);
  // Each page brings something nearer to the end, so a circle ends as well; its rows are SQLite's to refuse.
  while (done < payload) {
    const start = pages.start(next);
    const length = Math.min(usable - 4, payload - done);
    into.set(bytes.subarray(start + 4, start + 4 + length), done);
    done += length;
    next = view.getUint32(start);
  }
  if (next !== 0) throw new IrregularError('more pages than the row needs');
}
