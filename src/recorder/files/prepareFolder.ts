import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SinkName } from '../errors';
import { failure } from '../trail/trailParts';
import { syncFolder } from './appendFile';

const IGNORE_ALL = `# What agents did is not part of the sources; take this line out to commit it.\n*\n`;

/**
 * Makes sure that there is a folder for a file of a trail. A new one is kept out of Git: a trail grows with everything that is done,
 * and may hold what should not be shared.
 *
 * @throws RecordError
 */
export function prepareFolder(sink: SinkName, file: string): void {
  const folder = path.dirname(path.resolve(file));
  if (fs.existsSync(folder)) return;
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, '.gitignore'), IGNORE_ALL, { flag: 'wx' });
    syncFolder(path.dirname(folder));
  } catch (error) {
    // Another writer of the same trail may have been first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw failure(sink, file, 'nothing', error);
  }
}
