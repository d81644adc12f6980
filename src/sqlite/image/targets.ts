import * as fs from 'node:fs';
import { DatabaseFileError } from './databaseFileError';
import { markAsWithoutWal } from './header';
import type { ImageTarget } from './readOnce';

/** Node reads no more into one buffer. */
export const MOST_IN_MEMORY = 2 ** 31 - 1;

/** An image in memory. */
export class MemoryTarget implements ImageTarget {
  private buffer: Uint8Array;
  private length = 0;
  /** Bytes that were ever written to; all behind them are 0. */
  private used = 0;

  /** @param capacity what it will probably need; pages that are never written cost nothing. */
  constructor(capacity: number) {
    this.buffer = new Uint8Array(capacity);
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

  finish(): void {
    if (this.length >= 20) markAsWithoutWal(this.buffer);
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private grow(length: number): void {
    if (length <= this.length) return;
    if (length > MOST_IN_MEMORY) {
      throw new DatabaseFileError(
        'too-large',
        'The database is larger than 2 GB, which is more than fits into memory here.',
      );
    }
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

/** An image in a file of our own. */
export class FileTarget implements ImageTarget {
  private readonly descriptor: number;
  private buffer = new Uint8Array(0);
  private length = 0;

  constructor(private readonly file: string) {
    this.descriptor = fs.openSync(file, 'wx+', 0o600);
  }

  room(_position: number, length: number): Uint8Array {
    if (this.buffer.length < length) this.buffer = new Uint8Array(length);
    return this.buffer.subarray(0, length);
  }

  written(position: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      done += fs.writeSync(this.descriptor, bytes, done, bytes.length - done, position + done);
    }
    this.length = Math.max(this.length, position + bytes.length);
  }

  resize(length: number): void {
    fs.ftruncateSync(this.descriptor, length);
    this.length = length;
  }

  size(): number {
    return this.length;
  }

  start(length: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(length, this.length));
    fs.readSync(this.descriptor, bytes, 0, bytes.length, 0);
    return bytes;
  }

  finish(): void {
    const start = this.start(20);
    if (start.length < 20) return;
    markAsWithoutWal(start);
    this.written(0, start);
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }

  discard(): void {
    fs.rmSync(this.file, { force: true });
  }
}
