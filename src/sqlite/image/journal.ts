import { readAt, type OpenFile } from './openFile';
import { isPowerOfTwo, type PagesOf } from './pages';
import { isJournalMagic, namesMissingSuperJournal } from './superJournal';

/**
 * SQLite's rollback journal (sqlite.org/fileformat2.html#the_rollback_journal and pager_playback of pager.c): the pages as they were
 * before a transaction. Laid over the database they undo it. That is right after a crash, and right as well while a writer is
 * at work: what stood before its transaction is the last that was committed.
 */

const HEADER = 28;
const FROM_SIZE = 0xffffffff;
/** The page at this byte is for locks, and never holds anything. */
const LOCK_BYTE = 0x40000000;
/** The sector that a pager counts with before it has read one from a journal. */
const LEAST_HEADER = 512;

/**
 * Which transaction a journal would undo: by its file, its nonce, and the size that the database had. Empty where there is none to be
 * undone: the journal of a finished one is gone, empty, or its header is zeroed; one that reached over several databases is finished when
 * the journal that these share is gone.
 */
export function transactionOf({ descriptor, stats }: OpenFile): string {
  const header = new Uint8Array(HEADER);
  if (readAt(descriptor, header, 0) < HEADER || !isJournalMagic(header)) return '';
  if (namesMissingSuperJournal(descriptor, Number(stats.size))) return '';
  return `${stats.ino}:${Buffer.from(header.subarray(12, 20)).toString('hex')}`;
}

/**
 * Finds the pages to put back; undefined where SQLite would put none back.
 *
 * @param defaultPageSize the database's, for a journal that states none.
 * @param pause called now and then, as a journal can be long.
 */
export async function originals(
  { descriptor, stats }: OpenFile,
  defaultPageSize: number,
  pause: () => Promise<void>,
): Promise<PagesOf | undefined> {
  const size = Number(stats.size);
  const offsets: number[] = [];
  const header = new Uint8Array(HEADER);
  const view = new DataView(header.buffer);
  let geometry: { pageSize: number; sectorSize: number; pages: number } | undefined;
  let position = 0;
  for (let looks = 1; ; looks++) {
    if (looks % LOOKS_AT_ONCE === 0) await pause();
    const sector = geometry?.sectorSize ?? LEAST_HEADER;
    position = Math.ceil(position / sector) * sector;
    if (position + sector > size || readAt(descriptor, header, position) < HEADER || !isJournalMagic(header)) break;
    const nonce = view.getUint32(12);
    if (geometry === undefined) {
      const pageSize = view.getUint32(24) || defaultPageSize;
      const sectorSize = view.getUint32(20);
      if (!isPowerOfTwo(pageSize, 512, 65536) || !isPowerOfTwo(sectorSize, 32, 65536)) return undefined;
      geometry = { pageSize, sectorSize, pages: view.getUint32(16) };
    }
    const { pageSize, sectorSize, pages } = geometry;
    position += sectorSize;
    const stated = view.getUint32(8);
    const records = stated === FROM_SIZE ? Math.floor((size - sectorSize) / (pageSize + 8)) : stated;
    const end = await readRecords(descriptor, { position, records, pageSize, pages, nonce }, offsets, pause);
    if (end === undefined) break;
    position = end;
  }
  if (geometry === undefined) return undefined;
  return { ...geometry, offsets: await pagesAt(descriptor, offsets, pause) };
}

/**
 * Which pages records are of, by page number. The last one may have been written while it was read, and over another record: a checksum
 * does not cover its page's number, and little of the page. As the checksum is written last, the record is whole by now.
 */
async function pagesAt(
  descriptor: number,
  offsets: readonly number[],
  pause: () => Promise<void>,
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const number = new Uint8Array(4);
  const view = new DataView(number.buffer);
  for (const [i, offset] of offsets.entries()) {
    if ((i + 1) % LOOKS_AT_ONCE === 0) await pause();
    readAt(descriptor, number, offset - number.length);
    found.set(view.getUint32(0), offset);
  }
  return found;
}

/** Records, or headers, that are read between two pauses. */
const LOOKS_AT_ONCE = 1000;

interface Segment {
  readonly position: number;
  readonly records: number;
  readonly pageSize: number;
  readonly pages: number;
  readonly nonce: number;
}

/** Returns where the segment ends; undefined where a record is not whole, behind which nothing counts. */
async function readRecords(
  descriptor: number,
  { position, records, pageSize, pages, nonce }: Segment,
  offsets: number[],
  pause: () => Promise<void>,
): Promise<number | undefined> {
  const record = new Uint8Array(pageSize + 8);
  const view = new DataView(record.buffer);
  const lockPage = Math.floor(LOCK_BYTE / pageSize) + 1;
  for (let i = 1; i <= records; i++, position += record.length) {
    if (i % LOOKS_AT_ONCE === 0) await pause();
    if (readAt(descriptor, record, position) < record.length) return undefined;
    const page = view.getUint32(0);
    if (page === 0 || page === lockPage) return undefined;
    if (page > pages) continue;
    if (checksum(record, pageSize, nonce) !== view.getUint32(pageSize + 4)) return undefined;
    offsets.push(position + 4);
  }
  return position;
}

/** Every 200th byte of the page, from its end. */
function checksum(record: Uint8Array, pageSize: number, nonce: number): number {
  let sum = nonce;
  for (let i = pageSize - 200; i > 0; i -= 200) sum += record[4 + i];
  return sum >>> 0;
}
