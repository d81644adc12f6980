import * as fs from 'node:fs';
import { fileStamp, type FileStamp } from './fileStamp';
import type { ScanFacts } from '../core/chain/facts';

/** Where the reading of a chain file stopped, and by what it is known to be the same file when the reading goes on. */
export interface Checkpoint {
  readonly inode: bigint;
  /** Of the file when it was read. */
  readonly stamp: FileStamp;
  /** Bytes read: a line ends there. */
  readonly size: number;
  /** The last bytes read. Where others stand there now, the file was not only appended to. */
  readonly anchor: Uint8Array;
  /** What was found up to there. */
  readonly facts: ScanFacts;
}

const ANCHOR_BYTES = 1 << 16;
const LF = 0x0a;

/** Undefined where the reading cannot go on there: in the middle of a line, or in a file that begins with a byte order mark. */
export function checkpointOf(
  descriptor: number,
  stat: fs.BigIntStats,
  size: number,
  facts: ScanFacts,
): Checkpoint | undefined {
  const anchor = anchorAt(descriptor, size);
  if (anchor.at(-1) !== LF || startsWithMark(descriptor)) return undefined;
  return { inode: stat.ino, stamp: fileStamp(stat, size), size, anchor, facts };
}

/** The bytes before a place in a file, as many as are compared. */
export function anchorAt(descriptor: number, size: number): Uint8Array {
  const anchor = new Uint8Array(Math.min(ANCHOR_BYTES, size));
  const read = fs.readSync(descriptor, anchor, 0, anchor.length, size - anchor.length);
  return anchor.subarray(0, read);
}

// The reference refuses such a file's first line, and its answer takes a reading of its own.
function startsWithMark(descriptor: number): boolean {
  const start = new Uint8Array(3);
  fs.readSync(descriptor, start, 0, 3, 0);
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
}
