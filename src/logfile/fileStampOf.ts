import * as fs from 'node:fs';
import { stampDatabase } from '../sqlite/image/databaseImage';

/** By what a log is known not to have been written to, or why that cannot be told. */
export function fileStampOf(file: string): string {
  try {
    return stampDatabase(file).mark;
  } catch (error) {
    const stats = fs.statSync(file, { throwIfNoEntry: false, bigint: true });
    return `${(error as Error).message} ${stats === undefined ? '' : `${stats.ino}:${stats.size}:${stats.mtimeNs}`}`;
  }
}
