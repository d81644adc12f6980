import * as fs from 'node:fs';
import { ChainFileError, readFailure } from '../chainfile/errors';
import { UsageError } from './errors';
import { shownPath } from './terminal';

/**
 * All bytes of a file that a person wrote, or of a pipe.
 *
 * @param most bytes that are read.
 * @param what it should be, for the sentence: `a policy`.
 * @throws UsageError with a sentence where it cannot be read.
 */
export function readInputFile(file: string, most: number, what: string): Uint8Array {
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      const stats = fs.fstatSync(descriptor);
      if (stats.isDirectory())
        throw new UsageError(`${shownPath(file)}: This is a folder, not a file. Name ${what} in it.`);
      return readUpTo(descriptor, most, file, what);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    const failure = readFailure(error);
    if (failure instanceof ChainFileError) throw new UsageError(`${shownPath(file)}: ${failure.message}`);
    throw failure;
  }
}

const PART = 1 << 20;

function readUpTo(descriptor: number, most: number, file: string, what: string): Uint8Array {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const part = Buffer.alloc(PART);
    const read = fs.readSync(descriptor, part);
    if (read === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, read));
    size += read;
    if (size > most) {
      const megabytes = Math.round(most / (1 << 20)).toLocaleString('en-US');
      throw new UsageError(`${shownPath(file)}: It is larger than ${megabytes} MB, which is too large for ${what}.`);
    }
  }
}
