import * as fs from 'node:fs';
import type { FileLine } from '../core/chain/excerpt';
import { readInto, type SourceHandle } from './byteSource';
import { open } from './chainFile';
import { readFailure } from './errors';

/** Which lines: some before and some after the one that starts at a place in the file. */
export interface LinesWanted {
  /** Byte at which a line starts, and its number, 1-based. */
  readonly offset: number;
  readonly line: number;
  readonly before: number;
  readonly after: number;
}

/** How much of a line is read; a line may be as long as the file. */
export interface LineLimits {
  readonly lineBytes: number;
}

const CHUNK = 1 << 16;

/** Bytes behind what is shown of a line in which its end is looked for. Where it is further, what follows is left out. */
const MOST_PASSED_OVER = 1 << 20;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Reads some lines out of a file, and no more of it than it takes to find them. The file is only opened for reading.
 *
 * @returns for each of `wanted` its lines in file order. What lies behind the end is left out.
 * @throws ChainFileError with a sentence where the file cannot be read.
 */
export async function readLines(
  path: string,
  wanted: readonly LinesWanted[],
  limits: LineLimits,
): Promise<FileLine[][]> {
  try {
    const descriptor = await open(path);
    try {
      const { size, mtimeMs } = fs.fstatSync(descriptor);
      const source: SourceHandle = { kind: 'file', descriptor, size, modified: mtimeMs };
      return wanted.map((each) => readAround(source, each, limits));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    throw readFailure(error);
  }
}

function readAround(
  source: SourceHandle,
  { offset, line, before, after }: LinesWanted,
  limits: LineLimits,
): FileLine[] {
  const first = markLength(source);
  const start = Math.max(first, offset);
  const starts = startsBefore(source, start, before, first, limits);
  const lines: FileLine[] = [];
  let at = starts.at(0) ?? start;
  for (let number = line - starts.length; number <= line + after && at < source.size; number++) {
    const { text, next, unreadBytes } = readLine(source, at, limits);
    lines.push({ line: number, offset: at, text, unreadBytes });
    if (next === undefined) break;
    at = next;
  }
  return lines;
}

/** Where up to `count` lines before a line start. Lines that are too long to be looked behind hide those before them. */
function startsBefore(
  source: SourceHandle,
  offset: number,
  count: number,
  first: number,
  { lineBytes }: LineLimits,
): number[] {
  const most = count * Math.max(lineBytes, CHUNK);
  for (let size = CHUNK; ; size *= 4) {
    const from = Math.max(first, offset - Math.min(size, most));
    const window = new Uint8Array(offset - from);
    const read = readInto(source, window, 0, window.length, from);
    const starts = from === first && offset > first ? [first] : [];
    for (let i = 0; i + 1 < read; i++) {
      const isLineEnd = window[i] === LF || (window[i] === CR && window[i + 1] !== LF);
      if (isLineEnd) starts.push(from + i + 1);
    }
    if (starts.length >= count || from === first || size >= most) return count === 0 ? [] : starts.slice(-count);
  }
}

function readLine(
  source: SourceHandle,
  start: number,
  { lineBytes }: LineLimits,
): { text: string; next: number | undefined; unreadBytes: number } {
  const parts: Uint8Array[] = [];
  let kept = 0;
  let at = start;
  let isTooLong = false;
  for (;;) {
    const chunk = new Uint8Array(Math.min(CHUNK, source.size - at));
    const read = chunk.length === 0 ? 0 : readInto(source, chunk, 0, chunk.length, at);
    const end = firstLineEnd(chunk, read);
    const length = end < 0 ? read : end;
    if (kept < lineBytes) parts.push(chunk.subarray(0, Math.min(length, lineBytes - kept)));
    kept += length;
    at += length;
    if (end >= 0 || read === 0) break;
    isTooLong = kept > lineBytes + MOST_PASSED_OVER;
    if (isTooLong) break;
  }
  const unreadBytes = Math.max(0, kept - lineBytes);
  // A mark inside the file is text that somebody put there; a character that the limit cuts is left out.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const text = decoder.decode(Buffer.concat(parts), { stream: unreadBytes > 0 });
  return { text, next: isTooLong ? undefined : at + lineEndLength(source, at), unreadBytes };
}

/** Bytes of the mark that a file may begin with: its first line starts behind it. */
function markLength(source: SourceHandle): number {
  const start = new Uint8Array(3);
  const read = readInto(source, start, 0, Math.min(3, source.size), 0);
  return read === 3 && start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
}

function firstLineEnd(chunk: Uint8Array, read: number): number {
  for (let i = 0; i < read; i++) if (chunk[i] === LF || chunk[i] === CR) return i;
  return -1;
}

function lineEndLength(source: SourceHandle, at: number): number {
  const pair = new Uint8Array(2);
  const read = readInto(source, pair, 0, Math.min(2, source.size - at), at);
  return read === 2 && pair[0] === CR && pair[1] === LF ? 2 : 1;
}
