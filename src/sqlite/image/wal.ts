import { readAt, type OpenFile } from './openFile';
import { isPowerOfTwo, type PagesOf } from './pages';

/**
 * SQLite's write-ahead log, as its file format defines it (sqlite.org/fileformat2.html#the_write_ahead_log and walIndexRecover of
 * wal.c): a header of 32 bytes, then frames of a header of 24 and a page. A frame counts when its salts are those of the header and the
 * checksum over all up to it holds, and only up to the last frame that ends a transaction.
 */

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;
const VERSION = 3007000;

/** The log was written by a version of SQLite that nobody knows. */
export class UnknownWalVersion extends Error {}

/**
 * Which cycle of the log this is: one that begins anew has other salts in its header. Empty where there is no header, which is the same
 * as no log.
 */
export function walCycleOf({ descriptor, stats }: OpenFile): string {
  const header = new Uint8Array(HEADER);
  if (readAt(descriptor, header, 0) < HEADER) return '';
  return `${stats.ino}:${Buffer.from(header).toString('hex')}`;
}

/**
 * Finds the committed frames; undefined where there are none, which is the same as no log.
 *
 * @param pause called now and then, as a log can be long.
 * @throws UnknownWalVersion
 */
export async function committedFrames(
  { descriptor, stats }: OpenFile,
  pause: () => Promise<void>,
): Promise<PagesOf | undefined> {
  const size = Number(stats.size);
  const header = new Uint8Array(HEADER);
  if (readAt(descriptor, header, 0) < HEADER) return undefined;
  const view = viewOf(header);
  const magic = view.getUint32(0);
  if ((magic & 0xfffffffe) >>> 0 !== MAGIC) return undefined;
  const pageSize = view.getUint32(8);
  if (!isPowerOfTwo(pageSize, 512, 65536)) return undefined;
  const sum = new Checksum((magic & 1) === 0);
  sum.add(header, 0, 24);
  if (sum.first !== view.getUint32(24) || sum.second !== view.getUint32(28)) return undefined;
  if (view.getUint32(4) !== VERSION) throw new UnknownWalVersion();
  const salts = [view.getUint32(16), view.getUint32(20)];

  const frameSize = FRAME_HEADER + pageSize;
  const perChunk = Math.max(1, Math.floor(Math.min(4 << 20, size) / frameSize));
  const chunk = new Uint8Array(perChunk * frameSize);
  const chunkView = viewOf(chunk);
  const offsets = new Map<number, number>();
  /** Of the transaction that is not known to be committed yet. */
  const pending = new Map<number, number>();
  let pages = 0;
  for (let position = HEADER; position + frameSize <= size; position += chunk.length) {
    const frames = Math.floor(readAt(descriptor, chunk, position) / frameSize);
    for (let i = 0; i < frames; i++) {
      const at = i * frameSize;
      const page = chunkView.getUint32(at);
      const afterCommit = chunkView.getUint32(at + 4);
      if (page === 0 || chunkView.getUint32(at + 8) !== salts[0] || chunkView.getUint32(at + 12) !== salts[1]) {
        return result();
      }
      sum.add(chunk, at, 8);
      sum.add(chunk, at + FRAME_HEADER, pageSize);
      if (sum.first !== chunkView.getUint32(at + 16) || sum.second !== chunkView.getUint32(at + 20)) return result();
      pending.set(page, position + at + FRAME_HEADER);
      if (afterCommit === 0) continue;
      for (const [number, offset] of pending) offsets.set(number, offset);
      pending.clear();
      pages = afterCommit;
    }
    if (frames < perChunk) break;
    await pause();
  }
  return result();

  function result(): PagesOf | undefined {
    return pages === 0 ? undefined : { pageSize, pages, offsets };
  }
}

const LITTLE_ENDIAN_MACHINE = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The log's running checksum over pairs of 32-bit words, in the order of bytes that its header states. */
class Checksum {
  first = 0;
  second = 0;

  constructor(private readonly littleEndian: boolean) {}

  add(bytes: Uint8Array, start: number, length: number): void {
    let { first, second } = this;
    const at = bytes.byteOffset + start;
    if (this.littleEndian === LITTLE_ENDIAN_MACHINE && at % 4 === 0) {
      const words = new Uint32Array(bytes.buffer, at, length / 4);
      for (let i = 0; i < words.length; i += 2) {
        first = (first + words[i] + second) >>> 0;
        second = (second + words[i + 1] + first) >>> 0;
      }
    } else {
      const view = viewOf(bytes);
      for (let i = start; i < start + length; i += 8) {
        first = (first + view.getUint32(i, this.littleEndian) + second) >>> 0;
        second = (second + view.getUint32(i + 4, this.littleEndian) + first) >>> 0;
      }
    }
    this.first = first;
    this.second = second;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
