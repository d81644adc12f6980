import * as fs from 'node:fs';
import { feedLines } from '../chainfile/feedLines';
import type { LineConsumer } from '../core/chain/lineConsumer';
import { endOfLine, startOfNextLine } from '../core/chain/lines';
import { EntryIndex } from '../core/log/entryIndex';
import { addLineEntry, lineEntryOf, parseLine, type LineEntry, type LineKind } from '../core/log/lineEntry';
import { decode } from '../sqlite/memoryDatabase';
import { SeenBlocks } from './seenBlocks';
import type { SeenLog } from './seenLog';

/** Bytes read between two pauses: about 10 ms. */
const CHUNK = 2 << 20;

/** Of a line that is longer only the beginning is read. */
export const MOST_OF_LINE = 64 << 20;

const [LF, CR] = [0x0a, 0x0d];

/** What was read of a file up to a line end. Can be read on where the file has grown. */
export class LinesRead {
  readonly index = new EntryIndex(decode);
  /** What the first entry is; all are taken to be alike. */
  lineKind: LineKind | undefined;
  foreign = 0;
  firstForeign = 0;
  torn = false;
  /** There is more without a line end than is read of a line. */
  isTailLong = false;
  /** Where the last whole line ends, how many lines there are up to it, and how many entries. */
  private end = 0;
  private lines = 0;
  private settled = 0;
  /** 1 where more stands behind the last line end. */
  private tailLines = 0;
  private file: Pick<fs.BigIntStats, 'dev' | 'ino'> | undefined;
  private readonly seen = new SeenBlocks();
  private offsets = new Float64Array(1024);

  /** What a later reading is held against. */
  get now(): Extract<SeenLog, { kind: 'lines' }> {
    return { kind: 'lines', lines: this.lines + this.tailLines, blocks: this.seen };
  }

  /** Whether a file is the one that was read, and as long at least. */
  isOf({ dev, ino, size }: fs.BigIntStats): boolean {
    return dev === this.file?.dev && ino === this.file.ino && Number(size) >= this.end;
  }

  /** Whether a file begins as what was read: it is the same file, and what stood in it still does. */
  async isStartOf(descriptor: number, stats: fs.BigIntStats, pause: () => Promise<void>): Promise<boolean> {
    return this.isOf(stats) && (await this.seen.areIn(descriptor, pause));
  }

  async readOn(descriptor: number, stats: fs.BigIntStats, pause: () => Promise<void>): Promise<void> {
    this.file = stats;
    this.index.truncate(this.settled);
    const size = Number(stats.size);
    const contentStart = hasMark(descriptor, size) ? 3 : 0;
    const wholeEnd = lastLineEnd(descriptor, Math.max(this.end, contentStart), size);
    const source = { kind: 'file', descriptor, size: wholeEnd, modified: 0 } as const;
    for (let start = Math.max(this.end, contentStart); start < wholeEnd; start += CHUNK) {
      const end = Math.min(start + CHUNK, wholeEnd);
      // Only the file's first line starts without a line end before it.
      feedLines(source, start, end, start === this.end && start > 0 ? start : contentStart, this.consumer());
      await pause();
    }
    this.end = Math.max(this.end, wholeEnd);
    this.settled = this.index.size;
    await this.seen.readOn(descriptor, size, pause);
    this.readTail(descriptor, size);
  }

  /** A last line without its end counts where it is whole; it is read again when the file has grown. */
  private readTail(descriptor: number, size: number): void {
    this.torn = false;
    this.isTailLong = false;
    this.tailLines = 0;
    if (size <= this.end) return;
    this.isTailLong = size - this.end > MOST_OF_LINE;
    this.tailLines = 1;
    if (this.isTailLong) return;
    const bytes = Buffer.alloc(size - this.end);
    fs.readSync(descriptor, bytes, 0, bytes.length, this.end);
    const text = bytes.toString('utf8').trim();
    if (text === '') {
      this.tailLines = 0;
      return;
    }
    const found = entryOf(text);
    if (found === undefined) this.torn = true;
    else this.add(found, this.lines + 1, this.end);
  }

  /** The blocks of the file that an entry's line is in, to be compared by `isUnchanged`. */
  blocksOf(position: number, length: number): number[] {
    return this.seen.blocksOf(this.offsets[position], length);
  }

  isUnchanged(descriptor: number, block: number): boolean {
    return this.seen.isIn(descriptor, block);
  }

  lineAt(descriptor: number, position: number): Buffer {
    const start = this.offsets[position];
    for (let length = 4096; ; length *= 8) {
      const bytes = Buffer.alloc(Math.min(length, MOST_OF_LINE));
      const read = fs.readSync(descriptor, bytes, 0, bytes.length, start);
      const end = endOfLine(bytes, 0, read);
      if (end < read || read < bytes.length || length >= MOST_OF_LINE) return bytes.subarray(0, end);
    }
  }

  private consumer(): LineConsumer {
    return {
      push: (src, start, limit, fileOffset) => {
        for (let at = start; at < limit;) {
          const end = endOfLine(src, at, limit);
          this.takeLine(src, at, end, fileOffset + at);
          at = startOfNextLine(src, end);
        }
      },
      pushMalformed: () => {
        this.lines++;
        this.refuse();
      },
    };
  }

  private takeLine(src: Uint8Array, start: number, end: number, offset: number): void {
    this.lines++;
    const text = decode(src.subarray(start, end)).trim();
    if (text === '') return;
    const found = entryOf(text);
    if (found === undefined) this.refuse();
    else this.add(found, this.lines, offset);
  }

  private refuse(): void {
    if (this.foreign++ === 0) this.firstForeign = this.lines;
  }

  private add(entry: LineEntry, line: number, offset: number): void {
    this.lineKind ??= entry.kind;
    if (this.index.size === this.offsets.length) {
      const longer = new Float64Array(this.offsets.length * 2);
      longer.set(this.offsets);
      this.offsets = longer;
    }
    this.offsets[this.index.size] = offset;
    addLineEntry(this.index, line, entry);
  }
}

function entryOf(text: string): LineEntry | undefined {
  try {
    return lineEntryOf(parseLine(text));
  } catch {
    return undefined;
  }
}

function hasMark(descriptor: number, size: number): boolean {
  const start = new Uint8Array(3);
  if (size >= 3) fs.readSync(descriptor, start, 0, 3, 0);
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
}

/** Where the last line that has an end ends; `from` where none does. */
function lastLineEnd(descriptor: number, from: number, size: number): number {
  const bytes = new Uint8Array(1 << 16);
  for (let end = size; end > from;) {
    const start = Math.max(from, end - bytes.length);
    const read = fs.readSync(descriptor, bytes, 0, end - start, start);
    for (let i = read - 1; i >= 0; i--) {
      // Behind a CR that is the last byte there may be an LF to come.
      if (bytes[i] === LF || (bytes[i] === CR && start + i + 1 < size)) return start + i + 1;
    }
    end = start;
  }
  return from;
}
