import * as fs from 'node:fs';
import type { ScanFacts } from '../core/chain/facts';
import type { Algorithm } from '../core/chain/hash';
import { ScanJoiner } from '../core/chain/joinScans';
import { withAppended, type ChainReport } from '../core/chain/report';
import { anchorAt, type Checkpoint } from './checkpoint';
import { open, type ChainReading } from './chainFile';
import { ChainFileError, readFailure } from './errors';
import { fileStamp, isSameStamp, type FileStamp } from './fileStamp';
import { runtimeHashes } from './hashes';
import { Lanes } from './lanes';

/** Bytes searched for a line end at a look. */
const MOST_SEARCHED = 16 << 20;

/** What became of a followed file since it was looked at last. */
export type Growth =
  | { readonly kind: 'unchanged' }
  /** Entries were appended, and all of them hold. The report is of the whole chain; what came before was not read again. */
  | { readonly kind: 'appended'; readonly report: ChainReport; readonly entries: number }
  /** Something was appended that does not hold, something written in place, or it cannot be told without reading all again. */
  | { readonly kind: 'unclear' }
  /** The file is shorter, another one, or its end is not what it was: it was not only appended to. */
  | { readonly kind: 'rewritten' }
  | { readonly kind: 'gone' };

/**
 * Reads on in a chain file that grows: only what was appended, in time that goes with it, on a thread of its own. The
 * file is opened anew each time, for reading only.
 */
export class ChainFollower {
  private readonly lanes: Lanes;
  private facts: ScanFacts;
  private report: ChainReport;
  private readonly algorithm: Algorithm;
  private inode: bigint;
  private size: number;
  private anchor: Uint8Array;
  /** What the file was when it was looked at last. */
  private looked: FileStamp;
  /** Up to where there is no line end behind what was read. */
  private searched = 0;
  private reading: Promise<unknown> = Promise.resolve();

  /** @param checkpoint of the reading that the report is of. */
  constructor(
    private readonly path: string,
    report: ChainReading['report'],
    checkpoint: Checkpoint,
    workerScript: string,
  ) {
    this.report = report;
    this.algorithm = report.algorithm;
    this.facts = checkpoint.facts;
    this.inode = checkpoint.inode;
    this.size = checkpoint.size;
    this.anchor = checkpoint.anchor;
    this.looked = checkpoint.stamp;
    this.lanes = new Lanes(workerScript, 1);
  }

  /**
   * One reading follows on another, however often this is called.
   *
   * @throws ChainFileError with a sentence where the file cannot be read; CancelledError once it is disposed.
   */
  readOn(): Promise<Growth> {
    const growth = this.reading.then(() => this.look());
    this.reading = growth.catch(() => undefined);
    return growth;
  }

  private async look(): Promise<Growth> {
    let descriptor: number;
    try {
      descriptor = await open(this.path);
    } catch (error) {
      const failure = readFailure(error);
      if (failure instanceof ChainFileError && failure.isMissing) return { kind: 'gone' };
      throw failure;
    }
    try {
      return await this.readFrom(descriptor);
    } catch (error) {
      throw readFailure(error);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  private async readFrom(descriptor: number): Promise<Growth> {
    const stat = fs.fstatSync(descriptor, { bigint: true });
    const size = Number(stat.size);
    if (stat.ino !== this.inode || size < this.size) return { kind: 'rewritten' };
    if (Buffer.compare(anchorAt(descriptor, this.size), this.anchor) !== 0) return { kind: 'rewritten' };
    const stamp = fileStamp(stat, size);
    const isWrittenInPlace = size === this.looked.size && !isSameStamp(stamp, this.looked);
    this.looked = stamp;
    if (isWrittenInPlace) return { kind: 'unclear' };
    const end = this.endOfWhatIsWhole(descriptor, size);
    if (end === this.size) return { kind: 'unchanged' };
    if (!this.canGoOn()) return { kind: 'unclear' };
    const source = { kind: 'file', descriptor, size: end, modified: Number(stat.mtimeMs) } as const;
    // What was found before stays as it is until it is known that what was appended holds.
    const joiner = new ScanJoiner();
    joiner.resume(this.facts);
    await this.lanes.scan(
      {
        kind: 'scan',
        range: { source, start: this.size, end, contentStart: this.size },
        algorithm: this.algorithm,
        seek: undefined,
        mark: 'skip',
        nextBlock: new Int32Array(new SharedArrayBuffer(4)),
      },
      ({ facts }) => joiner.add(facts),
    );
    const facts = joiner.facts();
    if (countFaults(facts) !== countFaults(this.facts)) return { kind: 'unclear' };
    const entries = facts.entries - this.report.entries;
    this.report = withAppended(this.report, facts, size - end, runtimeHashes()[this.algorithm]);
    this.facts = facts;
    this.anchor = anchorAt(descriptor, end);
    this.size = end;
    return { kind: 'appended', report: this.report, entries };
  }

  /** Where the last whole line ends. Of a line that grows without end no more than some megabytes are searched at a look. */
  private endOfWhatIsWhole(descriptor: number, size: number): number {
    const last = Math.max(this.size, this.searched, size - MOST_SEARCHED);
    const end = endOfLastLine(descriptor, last, size);
    if (end > last) return end;
    const from = Math.max(this.size, this.searched);
    const to = Math.min(last, from + MOST_SEARCHED);
    const earlier = endOfLastLine(descriptor, from, to);
    // In what was searched is no line end, so it need not be searched again.
    this.searched = earlier > from ? earlier : to === last ? size : to;
    return earlier > from ? earlier : this.size;
  }

  /** Whether what comes can be told without what came before. */
  private canGoOn(): boolean {
    const { last, faults, dropped } = this.facts;
    const { tail } = this.report;
    // An expected head that is not there may come yet.
    const isTailKnown = tail === 'unpinned' || tail === 'as_expected';
    // Which of two branches is the chain depends on what follows on them.
    const isInOnePiece = dropped.link === 0 && faults.every(({ type }) => type !== 'link');
    // What the next entry commits to may show that of an entry only the hash was altered.
    return isTailKnown && isInOnePiece && last?.holds !== false;
  }

  dispose(): void {
    this.lanes.close();
  }
}

function countFaults({ faults, dropped }: ScanFacts): number {
  return faults.length + dropped.content + dropped.link + dropped.malformed;
}

/** Where the last whole line between two places ends; `start` where there is none. Looks at the end first. */
function endOfLastLine(descriptor: number, start: number, end: number): number {
  const chunk = new Uint8Array(1 << 16);
  for (let to = end; to > start; to -= chunk.length) {
    const from = Math.max(start, to - chunk.length);
    const read = fs.readSync(descriptor, chunk, 0, to - from, from);
    const last = chunk.subarray(0, read).lastIndexOf(0x0a);
    if (last >= 0) return from + last + 1;
  }
  return start;
}
