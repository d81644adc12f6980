import * as fs from 'node:fs';
import * as path from 'node:path';
import { isSqlite } from '../sqlite/image/header';
import type { EntryIndex } from '../core/log/entryIndex';
import { DatabaseSource } from './databaseSource';
import { LinesSource } from './linesSource';
import { DATABASE_NAME } from './looksLikeLog';
import type { LogSource, ReadingOptions } from './logSource';

/**
 * Reads a log of any form.
 *
 * @param previous what was read of it before.
 * @param isOurs nobody else uses that any more: it may be changed, and is closed where something else takes its place.
 * @param onNewest gets an index of the newest entries, where reading all takes a while.
 * @throws AuditDatabaseError or LogError with a sentence.
 */
export async function openSource(
  file: string,
  options: ReadingOptions,
  previous: LogSource | undefined,
  isOurs: boolean,
  onNewest: (index: EntryIndex) => void,
): Promise<LogSource> {
  const isDatabase = DATABASE_NAME.test(path.basename(file)) || isSqlite(startOf(file));
  if (!isDatabase) {
    if (previous instanceof LinesSource) return await LinesSource.read(file, options, previous);
    if (isOurs) previous?.close();
    return await LinesSource.read(file, options);
  }
  if (previous instanceof DatabaseSource && isOurs) return await previous.readAgain(options);
  return await DatabaseSource.read(file, options, previous === undefined ? onNewest : undefined);
}

function startOf(file: string): Uint8Array {
  const bytes = new Uint8Array(16);
  try {
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    try {
      return bytes.subarray(0, fs.readSync(descriptor, bytes, 0, bytes.length, 0));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    // Whoever reads it says what is wrong.
    return bytes.subarray(0, 0);
  }
}
