import * as fs from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Explanation } from '../core/chain/explain/break';
import type { ScanFacts } from '../core/chain/facts';
import type { Algorithm, Hashes } from '../core/chain/hash';
import { ScanJoiner } from '../core/chain/joinScans';
import type { ChainReport } from '../core/chain/report';
import { verifyChain, type ByteOrderMark, type ChainReader, type VerifyOptions } from '../core/chain/verifyChain';
import { readInto, type SourceHandle } from './byteSource';
import { CancelledError, ChainFileError, readFailure } from './errors';
import { runtimeHashes } from './hashes';
import { Lanes } from './lanes';
import { runTask, type Range, type Task, type TaskResults } from './task';

/** Bytes of a file that are one task: enough that handing it out costs nothing, few enough that progress is seen. */
const BLOCK = 8 << 20;

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

/**
 * Verifies the chain in a file. The file is only ever opened for reading; nothing is written anywhere.
 *
 * A file that changes meanwhile is read again. One that only grows is at last verified up to the end of a line that was
 * there, for a writer's half line is no finding.
 *
 * @throws ChainFileError with a sentence where the file cannot be read; CancelledError.
 */
export async function verifyChainFile(path: string, options: ChainFileOptions): Promise<ChainReport> {
  for (let attempt = 1; ; attempt++) {
    const descriptor = await open(path);
    try {
      const before = fs.fstatSync(descriptor, { bigint: true });
      if (!before.isFile()) throw notAFile(before);
      const size = attempt === 1 ? Number(before.size) : endOfLastLine(descriptor, Number(before.size));
      const report = await verifySource({ kind: 'file', descriptor, size }, options);
      const after = fs.fstatSync(descriptor, { bigint: true });
      const now = statOrUndefined(path);
      const isSame = now?.ino === before.ino && now.dev === before.dev;
      if (isSame && after.mtimeNs === before.mtimeNs && after.size === before.size) return report;
      if (isSame && after.size >= before.size && attempt > 1) return report;
      if (attempt >= 4)
        throw new ChainFileError(
          'The file was replaced or cut while it was read, several times. Try again when its writer rests.',
        );
    } finally {
      fs.closeSync(descriptor);
    }
  }
}

/** Verifies a chain given as bytes: a text that was never saved, or standard input. */
export async function verifyChainBytes(bytes: Uint8Array, options: ChainFileOptions): Promise<ChainReport> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return verifySource({ kind: 'memory', bytes: shared, size: bytes.length }, options);
}

async function verifySource(source: SourceHandle, options: ChainFileOptions): Promise<ChainReport> {
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
  private readonly contentStart: number;
  private readonly lanes: Lanes | undefined;
  private readonly hashes: Hashes = runtimeHashes();

  constructor(
    private readonly source: SourceHandle,
    private readonly options: ChainFileOptions,
  ) {
    const start = new Uint8Array(3);
    readInto(source, start, 0, Math.min(3, source.size), 0);
    this.hasByteOrderMark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
    this.contentStart = this.hasByteOrderMark ? 3 : 0;
    const lanes = Math.min(availableParallelism(), MOST_LANES, Math.ceil(source.size / BLOCK) || 1);
    if (source.size >= SMALL || options.offThread) this.lanes = new Lanes(options.workerScript, lanes);
  }

  close(): void {
    this.lanes?.close();
  }

  async detectAlgorithm(): Promise<Algorithm | undefined> {
    for (const range of this.blocks()) {
      const found = await this.run({ kind: 'detect', range });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async scan(algorithm: Algorithm, seek: string | undefined, mark: ByteOrderMark): Promise<ScanFacts> {
    const joiner = new ScanJoiner();
    let bytes = 0;
    let entries = 0;
    const parts = this.blocks().map(async (range) => {
      const part = await this.run({ kind: 'scan', range, algorithm, seek, mark });
      bytes += range.end - range.start;
      entries += part.entries;
      this.options.onProgress?.({ bytes, totalBytes: this.source.size, entries });
      return part;
    });
    // All are under way; one that fails must not leave the others unheard.
    for (const part of parts) part.catch(() => undefined);
    for (const part of parts) joiner.add(await part);
    return joiner.facts();
  }

  async explain(facts: ScanFacts): Promise<Explanation> {
    const { size } = this.source;
    this.options.onProgress?.({ bytes: size, totalBytes: size, entries: undefined });
    return this.run({ kind: 'explain', range: this.range(this.contentStart, size), facts });
  }

  private async run<T extends Task>(task: T): Promise<TaskResults[T['kind']]> {
    if (this.lanes !== undefined) return this.lanes.run(task);
    try {
      return runTask(task, this.hashes) as TaskResults[T['kind']];
    } catch (error) {
      throw readFailure(error as NodeJS.ErrnoException);
    }
  }

  private blocks(): Range[] {
    const { size } = this.source;
    const ranges: Range[] = [];
    for (let start = this.contentStart; start < size; start += BLOCK)
      ranges.push(this.range(start, Math.min(size, start + BLOCK)));
    return ranges;
  }

  private range(start: number, end: number): Range {
    return { source: this.source, start, end, contentStart: this.contentStart };
  }
}

async function open(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would hang.
    fs.open(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0), (error, descriptor) => {
      if (error === null) resolve(descriptor);
      else reject(readFailure(error));
    });
  });
}

function notAFile(stat: fs.BigIntStats): ChainFileError {
  if (stat.isDirectory()) return readFailure({ message: '', code: 'EISDIR' });
  return new ChainFileError(
    'This is no regular file but a device, a pipe or a socket. Save what it gives to a file first, or pass it on standard input.',
  );
}

function statOrUndefined(path: string): fs.BigIntStats | undefined {
  return fs.statSync(path, { bigint: true, throwIfNoEntry: false });
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
