import * as fs from 'node:fs';
import * as path from 'node:path';
import { isSqlite } from '../sqlite/image/header';
import type { EntryIndex } from '../core/log/entryIndex';
import { DatabaseSource } from './databaseSource';
import { LinesSource } from './linesSource';
import { DATABASE_NAME } from './looksLikeLog';
import type { LogSource, ReadingOptions } from './logSource';
import type { SeenLog } from './seenLog';

/**
 * Reads a log of any form.
 *
 * @param previous what was read of it before.
 * @param isOurs nobody else uses that any more: it may be changed, and is closed where something else takes its place.
 * @param onNewest gets an index of the newest entries, where reading all takes a while.
 * @param seen what the last reading that succeeded found: what of that is gone is in the warnings.
 * @throws AuditDatabaseError or LogError with a sentence.
 */
export async function openSource(
  file: string,
  options: ReadingOptions,
  previous: LogSource | undefined,
  isOurs: boolean,
  onNewest: (index: EntryIndex) => void,
  seen?: SeenLog,
): Promise<LogSource> {
  const isDatabase = DATABASE_NAME.test(path.basename(file)) || isSqlite(startOf(file));
  if (!isDatabase) {
    if (!(previous instanceof LinesSource) && isOurs) previous?.close();
    return await LinesSource.read(file, options, previous instanceof LinesSource ? previous : undefined, seen);
  }
  const source =
    previous instanceof DatabaseSource && isOurs
      ? await previous.readAgain(options)
      : await DatabaseSource.read(file, options, previous === undefined ? onNewest : undefined);
  source.holdAgainst(seen);
  return source;
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
