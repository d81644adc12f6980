import * as fs from 'node:fs';
import { UsageError } from './errors';
import { shownPath } from './terminal';

/**
 * Writes a file that is not there yet: what is there is not written over.
 *
 * @throws UsageError with a sentence.
 */
export function writeNewFile(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST'
        ? 'It is there already, and is not written over.'
        : code === 'ENOENT'
          ? 'There is no such folder to write it to.'
          : `It could not be written: ${message}`;
    throw new UsageError(`${shownPath(file)}: ${why}`);
  }
}
