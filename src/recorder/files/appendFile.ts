import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DiskSync } from './diskSync';

/** As Python reads a text: LF, CR LF and CR end a line. */
const LF = 0x0a;
const CR = 0x0d;
const CHUNK = 1 << 16;
/** Nearly every line is shorter. */
const LINE = 1 << 12;

/** The last line of a file. */
export interface LastLine {
  /** Byte at which it starts. */
  readonly start: number;
  /** Without its line end. */
  readonly bytes: Uint8Array;
  readonly isTerminated: boolean;
}

/**
 * A file of lines that are only ever added at its end, open for as long as somebody's turn takes. What is added is either there as a
 * whole, or taken back.
 */
export class AppendFile {
  private isOpen = true;

  private constructor(
    readonly file: string,
    private readonly descriptor: number,
    private length: number,
  ) {}

  /**
   * Opens it, or makes it.
   *
   * @throws Error of the system's, or with a clause for people where it is no plain file.
   */
  static open(file: string): AppendFile {
    const isNew = !fs.existsSync(file);
    // (A pipe opened for reading and writing does not wait for the other side.)
    const descriptor = fs.openSync(file, 'a+');
    try {
      const status = fs.fstatSync(descriptor);
      if (!status.isFile()) throw new Error('it is not a plain file');
      // Its name must be as durable as its content.
      if (isNew) syncFolder(path.dirname(file));
      return new AppendFile(file, descriptor, status.size);
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
  }

  /** Opens one that is there, which is not written to. @throws Error of the system's. */
  static openToRead(file: string): AppendFile {
    const descriptor = fs.openSync(file, 'r');
    try {
      return new AppendFile(file, descriptor, fs.fstatSync(descriptor).size);
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
  }

  get size(): number {
    return this.length;
  }

  /** @throws Error with a clause for people where somebody wrote to it who takes no turns, or cut it: what they wrote is not to be cut off. */
  refuseChanged(): void {
    if (fs.fstatSync(this.descriptor).size !== this.length)
      throw new Error('something else has written to it meanwhile, without taking turns');
  }

  /** @throws Error of the system's; nothing of it is in the file then, or `cut` throws too. */
  append(bytes: Uint8Array): void {
    this.refuseChanged();
    const before = this.length;
    try {
      for (let done = 0; done < bytes.length;) {
        done += fs.writeSync(this.descriptor, bytes, done, bytes.length - done);
        this.length = before + done;
      }
    } catch (error) {
      this.cut(before);
      throw error;
    }
  }

  /** Resolves when what was added is on the disk. */
  sync(disk: DiskSync): Promise<void> {
    return disk.sync(this.descriptor);
  }

  /** The same, holding the program up for it. */
  syncNow(): void {
    fs.fdatasyncSync(this.descriptor);
  }

  /** Takes back what stands behind `size`, for good. */
  cut(size: number): void {
    fs.ftruncateSync(this.descriptor, size);
    fs.fsyncSync(this.descriptor);
    this.length = size;
  }

  read(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start);
    let done = 0;
    while (done < bytes.length) {
      const count = fs.readSync(this.descriptor, bytes, done, bytes.length - done, start + done);
      if (count === 0) throw new Error('it became shorter while it was read');
      done += count;
    }
    return bytes;
  }

  /** The last line before `end`, which is 0 or behind a line end unless it is the file's. Undefined where there is none. */
  lastLine(end = this.length): LastLine | undefined {
    if (end === 0) return undefined;
    const terminator = lineEndLength(this.read(Math.max(0, end - 2), end));
    const textEnd = end - terminator;
    for (let length = LINE; ; length *= 4) {
      const from = Math.max(0, textEnd - length);
      const bytes = this.read(from, textEnd);
      const before = Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR));
      if (before >= 0 || from === 0)
        return { start: from + before + 1, bytes: bytes.subarray(before + 1), isTerminated: terminator > 0 };
    }
  }

  /** The lines from `start`, where one begins, each without its line end. Where that is CR LF, an empty one comes between. */
  *lines(start: number): Generator<LastLine> {
    let at = start;
    let rest: Uint8Array = new Uint8Array(0);
    while (at + rest.length < this.length) {
      const from = at + rest.length;
      const block = this.read(from, Math.min(this.length, from + Math.max(CHUNK, rest.length)));
      const bytes = Buffer.concat([rest, block]);
      let begin = 0;
      for (let end = rest.length; end < bytes.length; end++) {
        if (bytes[end] !== LF && bytes[end] !== CR) continue;
        yield { start: at + begin, bytes: bytes.subarray(begin, end), isTerminated: true };
        begin = end + 1;
      }
      at += begin;
      rest = bytes.subarray(begin);
    }
    if (rest.length > 0) yield { start: at, bytes: rest, isTerminated: false };
  }

  /** Once is enough, and more does no harm. What matters was synced before: an error of the system's is of no consequence here. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      fs.closeSync(this.descriptor);
    } catch {
      // The descriptor is gone all the same.
    }
  }
}

/** Of what ends with these bytes: 0 where it ends in the middle of a line. */
function lineEndLength(bytes: Uint8Array): number {
  const [last, before] = [bytes.at(-1), bytes.at(-2)];
  if (last === LF) return before === CR ? 2 : 1;
  return last === CR ? 1 : 0;
}

/** Makes what happened to the names in a folder durable, where the system can. */
export function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = fs.openSync(folder, 'r');
  } catch {
    // Windows opens no folders, and keeps their names by itself.
    return;
  }
  try {
    fs.fsyncSync(descriptor);
  } catch {
    // Some file systems know no such thing.
  } finally {
    fs.closeSync(descriptor);
  }
}
