import * as fs from 'node:fs';
import { DatabaseFileError, fileFailure } from './databaseFileError';
import { markAsWithoutWal } from './header';
import { readAt } from './openFile';

/** Where an image is put together. */
export interface ImageTarget {
  /** Room to read `length` bytes into that belong at `position`; `written` says when they are there. */
  room(position: number, length: number): Uint8Array;
  written(position: number, bytes: Uint8Array): void;
  resize(length: number): void;
  size(): number;
  /** The first bytes, as they are so far: fewer where there are not so many. */
  start(length: number): Uint8Array;
  /** Whether these bytes stand at `position`. */
  holds(position: number, bytes: Uint8Array): boolean;
  /** All is there. */
  finish(): void;
}

/** Node reads no more into one buffer. */
const MOST_IN_MEMORY = 2 ** 31 - 1;

/** An image in memory. */
export class MemoryTarget implements ImageTarget {
  private buffer: Uint8Array;
  private length = 0;
  /** Bytes that were ever written to; all behind them are 0. */
  private used = 0;

  /**
   * @param least bytes that it will need.
   * @param capacity bytes that it may need; pages that are never written cost nothing.
   */
  constructor(least: number, capacity: number) {
    if (least > MOST_IN_MEMORY) throw tooLarge();
    this.buffer = new Uint8Array(Math.min(capacity, MOST_IN_MEMORY));
  }

  room(position: number, length: number): Uint8Array {
    const end = position + length;
    this.grow(Math.max(end, this.length));
    this.used = Math.max(this.used, end);
    return this.buffer.subarray(position, end);
  }

  written(): void {
    // It stands where it was read to.
  }

  resize(length: number): void {
    this.grow(length);
    this.length = length;
  }

  size(): number {
    return this.length;
  }

  start(length: number): Uint8Array {
    return this.buffer.subarray(0, Math.min(length, this.length));
  }

  holds(position: number, bytes: Uint8Array): boolean {
    return Buffer.compare(this.buffer.subarray(position, position + bytes.length), bytes) === 0;
  }

  finish(): void {
    markAsWithoutWal(this.buffer);
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private grow(length: number): void {
    if (length <= this.length) return;
    if (length > MOST_IN_MEMORY) throw tooLarge();
    if (length > this.buffer.length) {
      const larger = new Uint8Array(Math.min(MOST_IN_MEMORY, Math.max(length, Math.ceil(this.buffer.length * 1.25))));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
      this.used = this.length;
    }
    // What a longer image left behind must not show where pages are missing.
    this.buffer.fill(0, this.length, Math.max(this.length, Math.min(length, this.used)));
    this.length = length;
  }
}

function tooLarge(): DatabaseFileError {
  return new DatabaseFileError(
    'too-large',
    'The database is larger than 2 GB, which is more than fits into memory here.',
  );
}

/** An image in a file of our own. */
export class FileTarget implements ImageTarget {
  private readonly descriptor: number;
  private buffer = new Uint8Array(0);
  private length = 0;

  /** @param file must not be there yet. */
  constructor(private readonly file: string) {
    this.descriptor = copying(() => fs.openSync(file, 'wx+', 0o600));
  }

  room(_position: number, length: number): Uint8Array {
    if (this.buffer.length < length) this.buffer = new Uint8Array(length);
    return this.buffer.subarray(0, length);
  }

  written(position: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      done += copying(() => fs.writeSync(this.descriptor, bytes, done, bytes.length - done, position + done));
    }
    this.length = Math.max(this.length, position + bytes.length);
  }

  resize(length: number): void {
    copying(() => fs.ftruncateSync(this.descriptor, length));
    this.length = length;
  }

  size(): number {
    return this.length;
  }

  start(length: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(length, this.length));
    return bytes.subarray(0, readAt(this.descriptor, bytes, 0));
  }

  holds(position: number, bytes: Uint8Array): boolean {
    const here = this.room(position, bytes.length);
    return readAt(this.descriptor, here, position) === bytes.length && Buffer.compare(here, bytes) === 0;
  }

  finish(): void {
    const start = this.start(20);
    markAsWithoutWal(start);
    this.written(0, start);
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }

  /** Takes the file away again. */
  discard(): void {
    this.close();
    fs.rmSync(this.file, { force: true });
  }
}

/** Says of a failure that it is not the evidence that failed. */
function copying<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    const failure = fileFailure(error, 'No private copy of the database could be made');
    throw failure instanceof DatabaseFileError ? new DatabaseFileError('unreadable', failure.message) : failure;
  }
}
