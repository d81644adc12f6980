import * as fs from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Explanation } from '../core/chain/explain/break';
import type { EntryFacts, ScanFacts } from '../core/chain/facts';
import type { Algorithm, Hashes } from '../core/chain/hash';
import { ScanJoiner } from '../core/chain/joinScans';
import type { ChainReport } from '../core/chain/report';
import { verifyChain, type ByteOrderMark, type ChainReader, type VerifyOptions } from '../core/chain/verifyChain';
import { readInto, type SourceHandle } from './byteSource';
import { checkpointOf, type Checkpoint } from './checkpoint';
import { fileStamp, type FileStamp } from './fileStamp';
import { CancelledError, ChainFileError, readFailure, SENTENCES } from './errors';
import { runtimeHashes } from './hashes';
import { Lanes } from './lanes';
import {
  BLOCK,
  runTask,
  scanNextBlock,
  type Range,
  type ScanPart,
  type ScanTask,
  type TaskResults,
  type WholeTask,
} from './task';

/** Files smaller than this are read faster than a thread starts. */
const SMALL = 4 << 20;

const MOST_LANES = 4;

/** How far a verification is. */
export interface Progress {
  readonly bytes: number;
  readonly totalBytes: number;
  /** Undefined while only bytes are looked at, for an explanation. */
  readonly entries: number | undefined;
}

export interface ChainFileOptions extends VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** The file of the worker's bundle. */
  readonly workerScript: string;
  /** Never work on the calling thread, however small the file. */
  readonly offThread?: boolean;
}

/** How often a file that changes is read again. */
const ATTEMPTS = 4;

/**
 * Verifies the chain in a file. The file is only ever opened for reading; nothing is written anywhere.
 *
 * A file that changes meanwhile is read again. One that keeps growing is at last verified up to the end of a line that
 * was there, and the report says so: a writer's half line is no finding.
 *
 * @throws ChainFileError with a sentence where the file cannot be read; CancelledError.
 */
export async function verifyChainFile(path: string, options: ChainFileOptions): Promise<ChainReport> {
  return (await readChainFile(path, options)).report;
}

/** Like `verifyChainFile`, and tells where the reading can go on once the file has grown (`ChainFollower`). */
export async function readChainFile(path: string, options: ChainFileOptions): Promise<ChainReading> {
  try {
    return await readPath(path, options);
  } catch (error) {
    throw readFailure(error);
  }
}

export interface ChainReading {
  readonly report: ChainReport;
  /** Undefined where all must be read again. */
  readonly checkpoint: Checkpoint | undefined;
  /** Of the file as it was read; undefined where it was no file. */
  readonly stamp: FileStamp | undefined;
}

async function readPath(path: string, options: ChainFileOptions): Promise<ChainReading> {
  let isGrowing = false;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const descriptor = await open(path);
    try {
      const before = fs.fstatSync(descriptor, { bigint: true });
      if (!before.isFile() || isEndless(descriptor, before)) throw notAFile(before);
      const whole = Number(before.size);
      const size = isGrowing ? endOfLastLine(descriptor, whole) : whole;
      const { report, facts } = await readSource(
        { kind: 'file', descriptor, size, modified: Number(before.mtimeMs) },
        options,
      );
      const after = fs.fstatSync(descriptor, { bigint: true });
      const isSame = fs.statSync(path, { bigint: true, throwIfNoEntry: false })?.ino === before.ino;
      const isUnchanged =
        after.mtimeNs === before.mtimeNs && after.ctimeNs === before.ctimeNs && after.size === before.size;
      // What was cut off a file that has come to rest must be read after all.
      const grew = isSame && after.size > before.size;
      if ((isSame && isUnchanged && size === whole) || (grew && isGrowing)) {
        const unreadBytes = Number(after.size) - size;
        return {
          report: { ...report, unreadBytes },
          checkpoint: checkpointOf(descriptor, after, size, facts),
          stamp: fileStamp(after, size),
        };
      }
      isGrowing = grew;
    } finally {
      fs.closeSync(descriptor);
    }
  }
  throw new ChainFileError('The file kept changing while it was read. Try again when its writer rests.');
}

/** Files of the system such as those in /proc say that they are empty, and are not. */
function isEndless(descriptor: number, stat: fs.BigIntStats): boolean {
  return stat.size === 0n && fs.readSync(descriptor, new Uint8Array(1), 0, 1, 0) > 0;
}

/** Verifies a chain given as bytes: a text that was never saved, or standard input. */
export async function verifyChainBytes(bytes: Uint8Array, options: ChainFileOptions): Promise<ChainReport> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return (await readSource({ kind: 'memory', bytes: shared, size: bytes.length }, options)).report;
}

async function readSource(
  source: SourceHandle,
  options: ChainFileOptions,
): Promise<{ report: ChainReport; facts: ScanFacts }> {
  if (options.signal?.aborted) throw new CancelledError();
  const reader = new SourceReader(source, options);
  const onAbort = (): void => reader.close();
  options.signal?.addEventListener('abort', onAbort);
  try {
    return await verifyChain(reader, runtimeHashes(), options);
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    reader.close();
  }
}

/** Reads a source in blocks, on several threads where it is worth it. */
class SourceReader implements ChainReader {
  readonly hasByteOrderMark: boolean;
  readonly modified: number | undefined;
  private readonly whole: Range;
  private readonly lanes: Lanes | undefined;
  private readonly hashes: Hashes = runtimeHashes();
  private isClosed = false;

  constructor(
    source: SourceHandle,
    private readonly options: ChainFileOptions,
  ) {
    const start = new Uint8Array(3);
    readInto(source, start, 0, Math.min(3, source.size), 0);
    this.hasByteOrderMark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
    const contentStart = this.hasByteOrderMark ? 3 : 0;
    this.modified = source.kind === 'file' ? source.modified : undefined;
    this.whole = { source, start: contentStart, end: source.size, contentStart };
    const lanes = Math.min(availableParallelism(), MOST_LANES, Math.ceil(source.size / BLOCK) || 1);
    // The calling thread is one of them, unless it must stay free.
    const others = options.offThread ? lanes : source.size < SMALL ? 0 : lanes - 1;
    if (others > 0) this.lanes = new Lanes(options.workerScript, others);
  }

  close(): void {
    this.isClosed = true;
    this.lanes?.close();
  }

  async detectAlgorithm(): Promise<Algorithm | undefined> {
    const { end } = this.whole;
    for (let start = this.whole.start; start < end; start += BLOCK) {
      const range = { ...this.whole, start, end: Math.min(end, start + BLOCK) };
      const found = await this.run({ kind: 'detect', range });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async scan(algorithm: Algorithm, seek: string | undefined, mark: ByteOrderMark): Promise<ScanFacts> {
    const joiner = new ScanJoiner();
    const early = new Map<number, ScanFacts>();
    let joined = 0;
    let bytes = 0;
    let entries = 0;
    const onPart = (part: ScanPart): void => {
      early.set(part.block, part.facts);
      // Joined as soon as those before it are, so that what is only counted is not kept either.
      for (let facts = early.get(joined); facts !== undefined; facts = early.get(joined)) {
        early.delete(joined++);
        joiner.add(facts);
      }
      bytes += part.bytes;
      entries += part.facts.entries;
      this.options.onProgress?.({ bytes, totalBytes: this.whole.source.size, entries });
    };
    const nextBlock = new Int32Array(new SharedArrayBuffer(4));
    const task: ScanTask = { kind: 'scan', range: this.whole, algorithm, seek, mark, nextBlock };
    const here = this.options.offThread ? undefined : this.scanHere(task, onPart);
    await Promise.all([this.lanes?.scan(task, onPart), here]);
    return joiner.facts();
  }

  /** Takes part in a scan on this thread, which gets to other things after each block. */
  private async scanHere(task: ScanTask, onPart: (part: ScanPart) => void): Promise<void> {
    for (;;) {
      const part = scanNextBlock(task, this.hashes);
      if (part === undefined) return;
      onPart(part);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.isClosed) throw new CancelledError();
    }
  }

  async explain(facts: ScanFacts): Promise<Explanation> {
    const { size } = this.whole.source;
    this.options.onProgress?.({ bytes: size, totalBytes: size, entries: undefined });
    return this.run({ kind: 'explain', range: this.whole, facts });
  }

  entriesAt(places: ReadonlySet<number>, facts: ScanFacts): Promise<ReadonlyMap<number, EntryFacts>> {
    return this.run({ kind: 'locate', range: this.whole, facts, places });
  }

  private async run<T extends WholeTask>(task: T): Promise<TaskResults[T['kind']]> {
    if (this.options.offThread && this.lanes !== undefined) return this.lanes.run(task);
    return runTask(task, this.hashes) as TaskResults[T['kind']];
  }
}

export async function open(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would hang.
    fs.open(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0), (error, descriptor) => {
      if (error === null) resolve(descriptor);
      else reject(error);
    });
  });
}

function notAFile(stat: fs.BigIntStats): ChainFileError {
  if (stat.isDirectory()) return new ChainFileError(SENTENCES.EISDIR!);
  return new ChainFileError(
    'This is no regular file but a device, a pipe or a socket. Save what it gives to a file first, or pass it on standard input.',
  );
}

/** Where in the first `size` bytes the last whole line ends; `size` where there is none. */
function endOfLastLine(descriptor: number, size: number): number {
  const chunk = new Uint8Array(1 << 16);
  for (let end = size; end > 0; end -= chunk.length) {
    const start = Math.max(0, end - chunk.length);
    const read = fs.readSync(descriptor, chunk, 0, end - start, start);
    for (let i = read - 1; i >= 0; i--) if (chunk[i] === 0x0a || chunk[i] === 0x0d) return start + i + 1;
  }
  return size;
}
