import * as fs from 'node:fs';
import * as path from 'node:path';

/** What SQLite keeps beside a database, whether it is there by now or not. */
const COMPANIONS = ['', '-wal', '-journal', '-shm'];

/** Links that lead to links are followed so far. */
const MOST_LINKS = 40;

/** Whether writing to a file would change a log: it is the log, or what SQLite takes for a part of it, by whatever name. */
export function isOwnFile(log: string, destination: string): boolean {
  const own = [log, realName(log)].flatMap((file) => COMPANIONS.map((ending) => file + ending));
  const names = new Set(own.map(realName).map(comparable));
  if (names.has(comparable(realName(destination)))) return true;
  const identity = identityOf(destination);
  return identity !== undefined && own.some((file) => identityOf(file) === identity);
}

/**
 * The name that a path has without symbolic links. The file itself need not be there: then it is the name under which it would come
 * to be, also behind a link that leads nowhere so far.
 */
export function realName(file: string, links = 0): string {
  try {
    return fs.realpathSync.native(file);
  } catch {
    const absolute = path.resolve(file);
    const parent = path.dirname(absolute);
    if (parent === absolute) return absolute;
    const folder = realName(parent, links);
    const target = targetOf(absolute);
    return target === undefined || links >= MOST_LINKS
      ? path.join(folder, path.basename(absolute))
      : realName(path.resolve(folder, target), links + 1);
  }
}

function targetOf(file: string): string | undefined {
  try {
    return fs.readlinkSync(file);
  } catch {
    return undefined;
  }
}

/** Where file systems take names that differ in case for one, so do we: better to refuse a name too many. */
function comparable(name: string): string {
  return process.platform === 'linux' ? name : name.normalize('NFC').toLowerCase();
}

function identityOf(file: string): string | undefined {
  try {
    const stats = fs.statSync(file, { throwIfNoEntry: false, bigint: true });
    return stats && `${stats.dev}:${stats.ino}`;
  } catch {
    return undefined;
  }
}
