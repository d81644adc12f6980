import * as fs from 'node:fs';
import * as path from 'node:path';
import { parsePins, pinLine, pinsInForce, type Pin, type PinProblem, type PinRecord } from '../core/chain/pins/pin';

/** Pins that cannot be read or written, with a sentence for the person. */
export class PinStoreError extends Error {
  override readonly name = 'PinStoreError';
}

/** What stands in a file of pins. */
export interface Pins {
  readonly records: readonly PinRecord[];
  /** Those in force by path, each path's oldest first. */
  readonly inForce: ReadonlyMap<string, readonly Pin[]>;
  /** Lines that are no pins. */
  readonly problems: readonly PinProblem[];
}

/**
 * A file of pins: lines are appended to it and never changed, so that what was known once is not lost. The editor and the
 * command line may use it at the same time.
 */
export class PinStore {
  constructor(readonly file: string) {}

  /** @throws PinStoreError where the file is there and cannot be read. A file that is not there holds no pins. */
  read(): Pins {
    const { records, problems } = parsePins(this.text());
    return { records, inForce: pinsInForce(records), problems };
  }

  /**
   * The pins in force of one path, oldest first.
   *
   * @param path as in `Pin`. The same file by another way, through a linked folder, counts as the same path.
   * @throws PinStoreError
   */
  pinsOf(path: string): readonly Pin[] {
    return this.lookup()(path);
  }

  /** Reads the pins once, to look up many paths as `pinsOf` does. @throws PinStoreError */
  lookup(): (path: string) => readonly Pin[] {
    const { inForce } = this.read();
    const byPlace = new Map([...inForce].map(([pinned, pins]) => [placeOf(pinned), pins]));
    return (path) => inForce.get(path) ?? (byPlace.size === 0 ? undefined : byPlace.get(placeOf(path))) ?? [];
  }

  /** Appends records; they are on the disk when this returns. @throws PinStoreError */
  append(records: readonly PinRecord[]): void {
    try {
      fs.mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
      const descriptor = fs.openSync(this.file, APPENDING, 0o600);
      try {
        if (!fs.fstatSync(descriptor).isFile()) throw new Error('it is no regular file');
        // A line that an append left unfinished stays a line of its own.
        const start = endsInMiddleOfLine(descriptor) ? '\n' : '';
        fs.writeFileSync(descriptor, start + records.map((record) => `${pinLine(record)}\n`).join(''));
        fs.fsyncSync(descriptor);
      } finally {
        fs.closeSync(descriptor);
      }
    } catch (error) {
      throw new PinStoreError(`The pins in ${this.file} could not be written: ${(error as Error).message}`);
    }
  }

  private text(): string {
    try {
      return readRegularFile(this.file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new PinStoreError(`The pins in ${this.file} could not be read: ${(error as Error).message}`);
    }
  }
}

/**
 * A path by which two names of one place are known to be the same. The file itself is not followed where it is a link, for
 * a pinned file may have been replaced by one.
 */
function placeOf(name: string): string {
  if (!path.isAbsolute(name)) return name;
  let folder = path.dirname(name);
  try {
    folder = fs.realpathSync.native(folder);
  } catch {
    // The folder is gone: its name is all there is.
  }
  const place = path.join(folder, path.basename(name));
  return process.platform === 'win32' ? place.toLowerCase() : place;
}

/** Never waits, whatever stands in the file's place: reading a pipe that nobody writes to would not return. */
function readRegularFile(file: string): string {
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stat = fs.fstatSync(descriptor);
    if (!stat.isFile()) throw new Error('it is no regular file');
    if (stat.size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES / (1 << 20)} MB`);
    return fs.readFileSync(descriptor, 'utf8');
  } finally {
    fs.closeSync(descriptor);
  }
}

const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0 } = fs.constants;
const APPENDING = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK;

/** More than anybody pins. */
const MOST_BYTES = 16 << 20;

function endsInMiddleOfLine(descriptor: number): boolean {
  const { size } = fs.fstatSync(descriptor);
  if (size === 0) return false;
  const last = new Uint8Array(1);
  fs.readSync(descriptor, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}
