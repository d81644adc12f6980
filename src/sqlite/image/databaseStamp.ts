import * as fs from 'node:fs';
import { DATABASE_HEADER, changeCounterOf } from './header';
import { transactionOf } from './journal';
import { openCompanion, openFile, readAt, type OpenFile } from './openFile';
import { walCycleOf } from './wal';

/** By what a database is known not to have been written meanwhile. */
export interface DatabaseStamp {
  /** Bytes of the database and its write-ahead log. */
  readonly size: number;
  /** What the system, and the headers, tell of the database, its log and its journal. */
  readonly mark: string;
}

/** Two stamps of one moment can differ: where a file was written just now, another write might look the same. */
export function isSameDatabase(a: DatabaseStamp | undefined, b: DatabaseStamp | undefined): boolean {
  return a?.mark === b?.mark;
}

/** A database and the files beside it that belong to it. */
export interface DatabaseFiles {
  readonly database: string;
  readonly wal: string;
  readonly journal: string;
}

/** SQLite follows symbolic links first, but on Windows: the companions are beside what they lead to. */
export function filesOf(file: string): DatabaseFiles {
  const database = process.platform === 'win32' ? file : fs.realpathSync.native(file);
  return { database, ...companions(database) };
}

/** The files beside a database, whose path has no symbolic links, that belong to it. */
export function companions(database: string): { readonly wal: string; readonly journal: string } {
  return { wal: `${database}-wal`, journal: `${database}-journal` };
}

export function openWal({ wal }: DatabaseFiles): OpenFile | undefined {
  return openCompanion(wal, 'write-ahead log (-wal)');
}

export function openJournal({ journal }: DatabaseFiles): OpenFile | undefined {
  return openCompanion(journal, 'rollback journal (-journal)');
}

/** How a database and its companions stand at one moment. */
export interface Standing extends DatabaseStamp {
  readonly database: fs.BigIntStats;
  /** The database's change counter, from before its companions were looked at. */
  readonly changeCounter: string;
  /** Which cycle of the log this is; empty where there is no log. */
  readonly walCycle: string;
  /** Which transaction's journal there is; empty where there is none to be played back. */
  readonly transaction: string;
  /** The database was written so lately that its times might stay the same if it were written again. */
  readonly isFresh: boolean;
}

/** @throws whatever the file system says of the database itself; DatabaseFileError. */
export function standingOf(files: DatabaseFiles): Standing {
  const now = Date.now();
  const database = using(openFile(files.database), (open) => {
    const header = new Uint8Array(DATABASE_HEADER);
    return { stats: open.stats, counter: changeCounterOf(header.subarray(0, readAt(open.descriptor, header, 0))) };
  });
  const wal = using(openWal(files), (open) => ({ stats: open.stats, cycle: walCycleOf(open) }));
  const journal = using(openJournal(files), (open) => ({ stats: open.stats, transaction: transactionOf(open) }));
  const all = [database.stats, wal?.stats, journal?.stats];
  const walCycle = wal?.cycle ?? '';
  const transaction = journal?.transaction ?? '';
  const marks = [...all.map(markOf), database.counter, walCycle, transaction];
  if (all.some((stats) => isFresh(stats, now))) marks.push(`fresh ${++freshMarks}`);
  return {
    database: database.stats,
    size: Number(database.stats.size) + Number(wal?.stats.size ?? 0n),
    mark: marks.join('|'),
    changeCounter: database.counter,
    walCycle,
    transaction,
    isFresh: isFresh(database.stats, now),
  };
}

let freshMarks = 0;

export function isSameFile(a: fs.BigIntStats, b: fs.BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Whether the system tells of no write in between; what is fresh may have been written all the same. */
export function isUnwritten(a: fs.BigIntStats, b: fs.BigIntStats): boolean {
  return isSameFile(a, b) && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

function using<T>(open: OpenFile, look: (open: OpenFile) => T): T;
function using<T>(open: OpenFile | undefined, look: (open: OpenFile) => T): T | undefined;
function using<T>(open: OpenFile | undefined, look: (open: OpenFile) => T): T | undefined {
  if (open === undefined) return undefined;
  try {
    return look(open);
  } finally {
    fs.closeSync(open.descriptor);
  }
}

function markOf(stats: fs.BigIntStats | undefined): string {
  return stats === undefined ? '-' : [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(':');
}

/** File systems count time in ticks: of some milliseconds, and some of them in seconds. */
function isFresh(stats: fs.BigIntStats | undefined, now: number): boolean {
  if (stats === undefined) return false;
  const tick = stats.mtimeNs % 1_000_000_000n === 0n ? 2500 : 50;
  return [stats.mtimeMs, stats.ctimeMs].some((time) => Math.abs(now - Number(time)) < tick);
}
