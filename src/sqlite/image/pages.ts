import { pageCountOf, DATABASE_HEADER } from './header';
import { readAt } from './openFile';
import type { ImageTarget } from './targets';

/** Pages of a database that stand in another file: in its journal, or in its write-ahead log. */
export interface PagesOf {
  readonly pageSize: number;
  /** Size of the database with them, in pages. */
  readonly pages: number;
  /** Where in that file the content of a page stands, by page number. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** Bytes that are copied between two pauses. */
const CHUNK = 8 << 20;

/**
 * Lays pages over an image, and gives it the size that goes with them.
 *
 * @param pageSize the database's, where it has another than those pages: each then lies at its place, as far as it goes.
 */
export async function layOver(
  target: ImageTarget,
  descriptor: number,
  found: PagesOf,
  pageSize: number,
  pause: () => Promise<void>,
): Promise<void> {
  const length = Math.min(pageSize, found.pageSize);
  let copied = 0;
  for (const [page, offset] of found.offsets) {
    if (page > found.pages) continue;
    const position = (page - 1) * pageSize;
    const room = target.room(position, length);
    target.written(position, room.subarray(0, readAt(descriptor, room, offset)));
    copied += length;
    if (copied < CHUNK) continue;
    copied = 0;
    await pause();
  }
  target.resize(sizeWith(target, found.pages * pageSize, pageSize));
}

/** A damaged count of pages can be any: it makes the image no larger than its own header, or what there is to read, asks for. */
function sizeWith(target: ImageTarget, wanted: number, pageSize: number): number {
  const counted = pageCountOf(target.start(DATABASE_HEADER)) ?? 0;
  return Math.min(wanted, Math.max(target.size(), counted * pageSize));
}

export function isPowerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && (value & (value - 1)) === 0;
}
