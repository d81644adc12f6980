import * as fs from 'node:fs';
import { readAt } from './openFile';

/**
 * SQLite's rollback journal (sqlite.org/fileformat2.html#the_rollback_journal and pager_playback of pager.c): the pages as they were
 * before a transaction. Laid over the database they undo it. That is right after a crash, and right as well while a writer is
 * at work: what stood before its transaction is the last that was committed.
 */

const MAGIC = Uint8Array.of(0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7);
export const JOURNAL_HEADER = 28;
const FROM_SIZE = 0xffffffff;
/** The page at this byte is for locks, and never holds anything. */
const LOCK_BYTE = 0x40000000;
/** The sector that a pager counts with before it has read one from a journal. */
const LEAST_HEADER = 512;

export interface Originals {
  readonly pageSize: number;
  /** Size of the database before the transaction, in pages. */
  readonly pages: number;
  /** Where in the journal the original content of a page stands, by page number. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** Whether a journal that begins so is to be played back: a finished one is gone, empty, or its header is zeroed. */
export function isHot(header: Uint8Array): boolean {
  return header.length >= JOURNAL_HEADER && header[0] !== 0;
}

/** What tells the journal of one transaction from that of another: its nonce, and the size that the database had. */
export function transactionOf(header: Uint8Array): string {
  return Buffer.from(header.subarray(12, 20)).toString('hex');
}

/**
 * Finds the pages to put back; undefined where SQLite would put none back.
 *
 * @param defaultPageSize the database's, for a journal that states none.
 */
export function originals(descriptor: number, size: number, defaultPageSize: number): Originals | undefined {
  if (size < LEAST_HEADER || namesMissingSuperJournal(descriptor, size)) return undefined;
  const offsets = new Map<number, number>();
  const header = new Uint8Array(JOURNAL_HEADER);
  let geometry: { pageSize: number; sectorSize: number; pages: number } | undefined;
  let position = 0;
  for (;;) {
    const sector = geometry?.sectorSize ?? LEAST_HEADER;
    position = Math.ceil(position / sector) * sector;
    if (position + sector > size || readAt(descriptor, header, position) < JOURNAL_HEADER) break;
    if (MAGIC.some((byte, i) => header[i] !== byte)) break;
    const view = new DataView(header.buffer);
    const nonce = view.getUint32(12);
    if (geometry === undefined) {
      const pageSize = view.getUint32(24) || defaultPageSize;
      const sectorSize = view.getUint32(20);
      if (!isPowerOfTwo(pageSize, 512, 65536) || !isPowerOfTwo(sectorSize, 32, 65536)) return undefined;
      geometry = { pageSize, sectorSize, pages: view.getUint32(16) };
    }
    const { pageSize, sectorSize, pages } = geometry;
    position += sectorSize;
    const record = pageSize + 8;
    const stated = view.getUint32(8);
    const records = stated === FROM_SIZE ? Math.floor((size - sectorSize) / record) : stated;
    const end = readRecords(descriptor, { position, records, pageSize, pages, nonce }, offsets);
    if (end === undefined) break;
    position = end;
  }
  return geometry === undefined ? undefined : { pageSize: geometry.pageSize, pages: geometry.pages, offsets };
}

interface Segment {
  readonly position: number;
  readonly records: number;
  readonly pageSize: number;
  readonly pages: number;
  readonly nonce: number;
}

/** Returns where the segment ends; undefined where a record is not whole, behind which nothing counts. */
function readRecords(
  descriptor: number,
  { position, records, pageSize, pages, nonce }: Segment,
  offsets: Map<number, number>,
): number | undefined {
  const record = new Uint8Array(pageSize + 8);
  const view = new DataView(record.buffer);
  const lockPage = Math.floor(LOCK_BYTE / pageSize) + 1;
  for (let i = 0; i < records; i++, position += record.length) {
    if (readAt(descriptor, record, position) < record.length) return undefined;
    const page = view.getUint32(0);
    if (page === 0 || page === lockPage) return undefined;
    if (page > pages) continue;
    if (checksum(record, pageSize, nonce) !== view.getUint32(pageSize + 4)) return undefined;
    offsets.set(page, position + 4);
  }
  return position;
}

/** Every 200th byte of the page, from its end. */
function checksum(record: Uint8Array, pageSize: number, nonce: number): number {
  let sum = nonce;
  for (let i = pageSize - 200; i > 0; i -= 200) sum += record[4 + i];
  return sum >>> 0;
}

/** A transaction over several databases is committed when the journal that its members name is gone. */
function namesMissingSuperJournal(descriptor: number, size: number): boolean {
  const tail = new Uint8Array(16);
  if (readAt(descriptor, tail, size - 16) < 16 || MAGIC.some((byte, i) => tail[8 + i] !== byte)) return false;
  const view = new DataView(tail.buffer);
  const length = view.getUint32(0);
  if (length === 0 || length > MOST_NAME || length > size - 16) return false;
  const name = new Uint8Array(length);
  readAt(descriptor, name, size - 16 - length);
  const sum = name.reduce((left, byte) => (left - signed(byte)) >>> 0, view.getUint32(4));
  if (sum !== 0) return false;
  const file = Buffer.from(name).toString('utf8').replace(/\0.*$/s, '');
  // A name on another computer would be looked up there, with this person's credentials.
  return file.startsWith('\\\\') || file.startsWith('//') || !fs.existsSync(file);
}

const MOST_NAME = 4096;

/** SQLite adds the name's characters, which are signed where it is commonly compiled. */
function signed(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}

function isPowerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && (value & (value - 1)) === 0;
}
