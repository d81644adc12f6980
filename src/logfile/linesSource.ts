import * as fs from 'node:fs';
import { SENTENCES } from '../chainfile/errors';
import { fileStamp, isSameStamp, type FileStamp } from '../chainfile/fileStamp';
import type { EntryIndex } from '../core/log/entryIndex';
import type { Row } from '../core/log/exportRows';
import type { LineKind } from '../core/log/lineEntry';
import { quantity } from '../core/text/quantity';
import { contentOf, rowOfLine } from './lineRow';
import { LinesRead, MOST_OF_LINE } from './linesRead';
import { LogError, type ContentReader, type LogSource, type ReadingOptions } from './logSource';
import { lostLinesText, type SeenLog } from './seenLog';

const TOO_LONG = 'is longer than 64 MB: it can neither be shown in full, nor copied or exported.';
const CHANGED = 'The log has changed since it was read. Try again.';

/** A file of JSON lines: an export, records of the logging back end, or a hash chain. */
export class LinesSource implements LogSource {
  readonly gaps = [];

  private constructor(
    private readonly file: string,
    private readonly read: LinesRead,
    private readonly stamp: FileStamp,
    /** What an earlier reading found, and is not there any more. */
    private lost: SeenLines | undefined,
  ) {}

  /**
   * @param previous what was read of it before: where it only grew, only what was appended is read.
   * @param seen what an earlier reading found.
   * @throws LogError with a sentence where it cannot be read.
   */
  static async read(
    file: string,
    { pause }: ReadingOptions,
    previous?: LinesSource,
    seen?: SeenLog,
  ): Promise<LinesSource> {
    try {
      const descriptor = openSync(file);
      try {
        const stats = fs.fstatSync(descriptor, { bigint: true });
        if (!stats.isFile()) throw new LogError('This is no file, but a folder, a device or a pipe.', 'unreadable');
        const isGrown = (await previous?.isStartOf(descriptor, stats, pause)) === true;
        const read = isGrown ? previous!.read : new LinesRead();
        const isStart =
          (isGrown && previous!.lost === undefined) ||
          (await isStillThere(descriptor, Number(stats.size), seen, pause));
        await read.readOn(descriptor, stats, pause);
        const lost = seen?.kind === 'lines' && !isStart ? seen : undefined;
        return new LinesSource(file, read, fileStamp(stats, Number(stats.size)), lost);
      } finally {
        fs.closeSync(descriptor);
      }
    } catch (error) {
      throw asLogError(error);
    }
  }

  /** Whether a file is this one and more. What has as many bytes as before was changed somewhere, and where, only reading it tells. */
  private async isStartOf(descriptor: number, stats: fs.BigIntStats, pause: () => Promise<void>): Promise<boolean> {
    return Number(stats.size) > this.stamp.size && (await this.read.isStartOf(descriptor, stats, pause));
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
    const { foreign, torn, isTailLong } = this.read;
    const warnings = this.lost === undefined ? [] : [lostLinesText(this.lost.lines, this.read.now.lines)];
    if (foreign > 0) {
      const first = this.read.firstForeign.toLocaleString('en-US');
      warnings.push(
        foreign === 1
          ? `Line ${first} is no entry, and is not listed.`
          : `${quantity(foreign, 'line')} are no entries, and are not listed: line ${first} is the first.`,
      );
    }
    if (torn) warnings.push('The last line is not whole: it is being written, or was cut off.');
    if (isTailLong) warnings.push('The last line is longer than 64 MB, and is not listed before it has an end.');
    return warnings;
  }

  /** What was lost stays the measure: where it comes back, there is nothing to be said. */
  get seen(): SeenLog {
    return this.lost ?? this.read.now;
  }

  forgetLoss(): boolean {
    const isLost = this.lost !== undefined;
    this.lost = undefined;
    return isLost;
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
    const lines = this.lines();
    return {
      at: (position) => contentOf(lines.beginning(position).toString('utf8')),
      close: () => lines.close(),
    };
  }

  row(position: number): Row {
    return this.using((lines) => lines.row(position));
  }

  /** The line itself, as it stands in the file. */
  line(position: number): Buffer {
    return this.using((lines) => lines.line(position));
  }

  /**
   * The lines that were read, from one opening of their file: what takes its name meanwhile is not mixed in.
   *
   * @throws LogError where the file is not the one any more that was read.
   */
  lines(): OpenLines {
    try {
      return this.linesOf(openSync(this.file));
    } catch (error) {
      throw asLogError(error);
    }
  }

  /**
   * A line is compared with what was read by the hash of the block that it is in: times tell too much, as where a file was only linked
   * to, and too little where something was appended.
   */
  private linesOf(descriptor: number): OpenLines {
    const { read } = this;
    const compared = new Set<number>();
    const stampNow = (): FileStamp => {
      const stats = fs.fstatSync(descriptor, { bigint: true });
      if (!read.isOf(stats)) throw new LogError(CHANGED, 'changed');
      return fileStamp(stats, Number(stats.size));
    };
    const compare = (block: number): void => {
      if (!read.isUnchanged(descriptor, block)) throw new LogError(CHANGED, 'changed');
      compared.add(block);
    };
    const beginning = (position: number): Buffer => {
      const bytes = read.lineAt(descriptor, position);
      for (const block of read.blocksOf(position, bytes.length)) if (!compared.has(block)) compare(block);
      return bytes;
    };
    const line = (position: number): Buffer => {
      const bytes = beginning(position);
      if (bytes.length < MOST_OF_LINE) return bytes;
      throw new LogError(`Line ${this.index.key(position)} ${TOO_LONG}`, 'too-long');
    };
    try {
      const before = stampNow();
      return {
        beginning,
        line,
        row: (position) => rowOfLine(line(position)),
        check: () => {
          if (!isSameStamp(stampNow(), before)) compared.forEach(compare);
        },
        close: () => fs.closeSync(descriptor),
      };
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
  }

  private using<T>(run: (lines: OpenLines) => T): T {
    const lines = this.lines();
    try {
      const result = run(lines);
      // What was written while it was read might be a part of it.
      lines.check();
      return result;
    } finally {
      lines.close();
    }
  }

  close(): void {
    // Nothing is kept open: the file may be moved or deleted while it is shown.
  }
}

/** Lines that can be read as long as they are not closed. */
export interface OpenLines {
  /** A line, or what of it is read where it is too long. */
  beginning(position: number): Buffer;
  /** @throws LogError where it is too long. */
  line(position: number): Buffer;
  row(position: number): Row;
  /** @throws LogError where a line that was read is not what it was any more. */
  check(): void;
  close(): void;
}

type SeenLines = Extract<SeenLog, { kind: 'lines' }>;

async function isStillThere(
  descriptor: number,
  size: number,
  seen: SeenLog | undefined,
  pause: () => Promise<void>,
): Promise<boolean> {
  if (seen?.kind !== 'lines') return true;
  return size >= seen.blocks.size && (await seen.blocks.areIn(descriptor, pause));
}

function openSync(file: string): number {
  return fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
}

/** What the reference's rows have, and lines of that kind do not. */
const LACKING: Readonly<Record<LineKind, readonly string[]>> = {
  row: [],
  record: ['id', 'action_desc', 'result_data', 'agent_id', 'parent_agent_id', 'chain_id', 'chain_depth'],
  chain: [],
};

function asLogError(error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (error instanceof LogError || syscall === undefined) return error;
  return new LogError(
    SENTENCES[code ?? ''] ?? `The file could not be read: ${message}`,
    code === 'ENOENT' ? 'missing' : 'unreadable',
  );
}
