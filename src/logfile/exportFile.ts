import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { realName } from './ownFile';

/** Bytes that are collected before they are written. */
const PART = 1 << 20;

/**
 * A file that is written in parts and is there as a whole or not at all: beside its destination under another name first. What is no
 * file, as `/dev/stdout` or a pipe, gets everything when all is written.
 */
export class ExportFile {
  private readonly parts: Buffer[] = [];
  private size = 0;
  private isOpen = true;

  private constructor(
    private readonly destination: string,
    private readonly temporary: string,
    private readonly descriptor: number,
    private readonly isFile: boolean,
    private readonly mode: number | undefined,
  ) {}

  /** @throws whatever the file system says. */
  static create(destination: string): ExportFile {
    const real = realName(destination);
    const there = fs.statSync(destination, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw Object.assign(new Error('it is a folder'), { syscall: 'open', code: 'EISDIR' });
    const isFile = there === undefined || there.isFile();
    // A file that nobody may write to is not replaced either.
    if (there !== undefined) fs.accessSync(destination, fs.constants.W_OK);
    const folder = isFile ? path.dirname(real) : os.tmpdir();
    const temporary = path.join(folder, `.aegis-export-${randomBytes(8).toString('hex')}.part`);
    const descriptor = fs.openSync(temporary, 'wx', isFile ? 0o666 : 0o600);
    return new ExportFile(isFile ? real : destination, temporary, descriptor, isFile, there?.mode);
  }

  write(part: string | Uint8Array): void {
    const bytes = Buffer.from(part);
    this.parts.push(bytes);
    this.size += bytes.length;
    if (this.size >= PART) this.flush();
  }

  /** Puts the file in its place. */
  finish(): void {
    this.flush();
    if (!this.isFile) {
      this.pour();
      this.discard();
      return;
    }
    // What somebody allowed and forbade for the file that is replaced holds for the new one.
    if (this.mode !== undefined) fs.fchmodSync(this.descriptor, this.mode & 0o777);
    this.close();
    fs.renameSync(this.temporary, this.destination);
  }

  /** Leaves nothing of it. */
  discard(): void {
    this.close();
    fs.rmSync(this.temporary, { force: true });
  }

  private pour(): void {
    const source = fs.openSync(this.temporary, 'r');
    const target = fs.openSync(this.destination, 'w');
    try {
      const bytes = Buffer.alloc(PART);
      for (;;) {
        const read = fs.readSync(source, bytes);
        if (read === 0) return;
        fs.writeFileSync(target, bytes.subarray(0, read));
      }
    } finally {
      fs.closeSync(source);
      fs.closeSync(target);
    }
  }

  private flush(): void {
    // (Unlike writeSync it writes all of it.)
    if (this.size > 0) fs.writeFileSync(this.descriptor, Buffer.concat(this.parts));
    this.parts.length = 0;
    this.size = 0;
  }

  private close(): void {
    if (this.isOpen) fs.closeSync(this.descriptor);
    this.isOpen = false;
  }
}
