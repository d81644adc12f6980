import * as fs from 'node:fs';
import { feedLines } from '../chainfile/feedLines';
import { SENTENCES } from '../chainfile/errors';
import { fileStamp, isSameStamp, type FileStamp } from '../chainfile/fileStamp';
import type { LineConsumer } from '../core/chain/lineConsumer';
import { endOfLine, startOfNextLine } from '../core/chain/lines';
import type { Cell } from '../core/log/cell';
import { EntryIndex } from '../core/log/entryIndex';
import type { Row } from '../core/log/exportRows';
import type { EntryContent } from '../core/log/filter/filter';
import { membersOf, readString } from '../core/log/jsonMembers';
import { addLineEntry, lineEntryOf, parseLine, type LineEntry, type LineKind } from '../core/log/lineEntry';
import { quantity } from '../core/text/quantity';
import { decode } from '../sqlite/memoryDatabase';
import { LogError, type ContentReader, type LogSource, type ReadingOptions } from './logSource';

/** Bytes read between two pauses: about 10 ms. */
const CHUNK = 2 << 20;

/** A line longer than this is shown in parts only. */
const MOST_OF_LINE = 64 << 20;

const ANCHOR = 256;
const LF = 0x0a;

/** A file of JSON lines: an export, records of the logging back end, or a hash chain. */
export class LinesSource implements LogSource {
  readonly gaps = [];

  private constructor(
    private readonly file: string,
    private readonly read: LinesRead,
    private readonly stamp: FileStamp,
  ) {}

  /**
   * @param previous what was read of it before: where it only grew, only what was appended is read.
   * @throws LogError with a sentence where it cannot be read.
   */
  static async read(file: string, { pause }: ReadingOptions, previous?: LinesSource): Promise<LinesSource> {
    try {
      const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
      try {
        const stats = fs.fstatSync(descriptor, { bigint: true });
        if (!stats.isFile()) throw new LogError('This is no file, but a folder, a device or a pipe.', 'unreadable');
        const known = previous?.read.isStartOf(descriptor, stats) === true ? previous.read : undefined;
        const read = known ?? new LinesRead();
        await read.readOn(descriptor, stats, pause);
        return new LinesSource(file, read, fileStamp(stats, Number(stats.size)));
      } finally {
        fs.closeSync(descriptor);
      }
    } catch (error) {
      throw asLogError(error);
    }
  }

  get kind(): 'lines' | 'chain' {
    return this.read.lineKind === 'chain' ? 'chain' : 'lines';
  }

  get index(): EntryIndex {
    return this.read.index;
  }

  get lacking(): readonly string[] {
    return LACKING[this.read.lineKind ?? 'row'];
  }

  get warnings(): readonly string[] {
    const { foreign, torn } = this.read;
    const warnings: string[] = [];
    if (foreign > 0) {
      const first = this.read.firstForeign.toLocaleString('en-US');
      warnings.push(
        foreign === 1
          ? `Line ${first} is no entry, and is not listed.`
          : `${quantity(foreign, 'line')} are no entries, and are not listed: line ${first} is the first.`,
      );
    }
    if (torn) warnings.push('The last line is not whole: it is being written, or was cut off.');
    return warnings;
  }

  hasChanged(): boolean {
    try {
      const stats = fs.statSync(this.file, { bigint: true });
      return !isSameStamp(fileStamp(stats, Number(stats.size)), this.stamp);
    } catch {
      return true;
    }
  }

  contents(): ContentReader {
    const descriptor = fs.openSync(this.file, 'r');
    return {
      at: (position) => contentOf(this.read.entryAt(descriptor, position)),
      close: () => fs.closeSync(descriptor),
    };
  }

  row(position: number): Row {
    const descriptor = fs.openSync(this.file, 'r');
    try {
      const text = this.read.lineAt(descriptor, position);
      const outer = membersOf(text) ?? [];
      const message = outer.find(({ name }) => name === 'message');
      // What stands in the message of a logging record is the entry; the rest tells how it was logged.
      const inner = this.read.lineKind === 'record' && message ? membersOf(readString(message.value) ?? '') : undefined;
      const members = inner === undefined ? outer : [...inner, ...outer.filter((each) => each !== message)];
      return { columns: members.map(({ name }) => name), cells: members.map(({ value }) => cellOf(value)) };
    } finally {
      fs.closeSync(descriptor);
    }
  }

  /** The line itself, as it stands in the file. */
  line(position: number): string {
    const descriptor = fs.openSync(this.file, 'r');
    try {
      return this.read.lineAt(descriptor, position);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  close(): void {
    // Nothing is kept open: the file may be moved or deleted while it is shown.
  }
}

/** What the reference's rows have, and lines of that kind do not. */
const LACKING: Readonly<Record<LineKind, readonly string[]>> = {
  row: [],
  record: ['id', 'action_desc', 'result_data', 'agent_id', 'parent_agent_id', 'chain_id', 'chain_depth'],
  chain: [],
};

/** What was read of a file up to a line end. Can be read on where the file has grown. */
class LinesRead {
  readonly index = new EntryIndex(decode);
  /** What the first entry is; all are taken to be alike. */
  lineKind: LineKind | undefined;
  foreign = 0;
  firstForeign = 0;
  torn = false;
  /** Where the last whole line ends, how many lines there are up to it, and how many entries. */
  private end = 0;
  private lines = 0;
  private settled = 0;
  private inode = 0n;
  private anchor = new Uint8Array(0);
  private offsets = new Float64Array(1024);

  /** Whether a file begins as what was read: it is the same file, and what stood before the end still does. */
  isStartOf(descriptor: number, stats: fs.BigIntStats): boolean {
    if (stats.ino !== this.inode || Number(stats.size) < this.end) return false;
    const there = new Uint8Array(this.anchor.length);
    fs.readSync(descriptor, there, 0, there.length, this.end - there.length);
    return Buffer.from(there).equals(this.anchor);
  }

  async readOn(descriptor: number, stats: fs.BigIntStats, pause: () => Promise<void>): Promise<void> {
    this.inode = stats.ino;
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
    this.anchor = new Uint8Array(Math.min(ANCHOR, this.end));
    fs.readSync(descriptor, this.anchor, 0, this.anchor.length, this.end - this.anchor.length);
    this.readTail(descriptor, size);
  }

  /** A last line without its end counts where it is whole; it is read again when the file has grown. */
  private readTail(descriptor: number, size: number): void {
    this.torn = false;
    if (size <= this.end || size - this.end > MOST_OF_LINE) return;
    const bytes = Buffer.alloc(size - this.end);
    fs.readSync(descriptor, bytes, 0, bytes.length, this.end);
    const text = bytes.toString('utf8').trim();
    if (text === '') return;
    const found = entryOf(text);
    if (found === undefined) this.torn = true;
    else this.add(found, this.lines + 1, this.end);
  }

  entryAt(descriptor: number, position: number): LineEntry | undefined {
    return entryOf(this.lineAt(descriptor, position));
  }

  lineAt(descriptor: number, position: number): string {
    const start = this.offsets[position];
    for (let length = 4096; ; length *= 8) {
      const bytes = Buffer.alloc(Math.min(length, MOST_OF_LINE));
      const read = fs.readSync(descriptor, bytes, 0, bytes.length, start);
      const end = endOfLine(bytes, 0, read);
      if (end < read || read < bytes.length || length >= MOST_OF_LINE) return bytes.toString('utf8', 0, end);
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
    const found = bytes.lastIndexOf(LF, read - 1);
    if (found !== -1 && found < read) return start + found + 1;
    end = start;
  }
  return from;
}

function contentOf(entry: LineEntry | undefined): EntryContent {
  const text = (value: unknown): string | null => {
    if (value === undefined || value === null) return null;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const fields = entry?.fields ?? {};
  return {
    params: text(fields.action_params ?? fields.metadata),
    description: text(fields.action_desc),
    data: text(fields.result_data),
    error: text(fields.result_error),
  };
}

/** A value as it is written in JSON; objects and lists stay as their text. */
function cellOf(source: string): Cell {
  if (source === 'null') return { kind: 'null' };
  const text = source.startsWith('"') ? readString(source) : undefined;
  if (text !== undefined) return { kind: 'text', text, valid: !text.includes('\ufffd') };
  return /^-?\d+$/.test(source) ? { kind: 'integer', text: source } : { kind: 'text', text: source, valid: true };
}

function asLogError(error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (error instanceof LogError || syscall === undefined) return error;
  return new LogError(
    SENTENCES[code ?? ''] ?? `The file could not be read: ${message}`,
    code === 'ENOENT' ? 'missing' : 'unreadable',
  );
}
