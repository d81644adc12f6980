import * as fs from 'node:fs';
import { openIfThere, readAt } from './openFile';
import { JOURNAL_HEADER, isHot, transactionOf } from './journal';
import { WAL_HEADER } from './wal';

/** By what a database is known not to have been written meanwhile. */
export interface DatabaseStamp {
  /** Bytes of the database and its write-ahead log. */
  readonly size: number;
  /** What the system tells of the database, its log and its journal. */
  readonly mark: string;
}

export function isSameDatabase(a: DatabaseStamp | undefined, b: DatabaseStamp | undefined): boolean {
  return a?.mark === b?.mark;
}

/** The files beside a database that belong to it. */
export function companions(file: string): { readonly wal: string; readonly journal: string } {
  return { wal: `${file}-wal`, journal: `${file}-journal` };
}

/** How a database and its companions stand at one moment. */
export interface Standing extends DatabaseStamp {
  readonly database: fs.BigIntStats;
  /** Which cycle of the log this is: another one begins with other salts. Empty where there is no log, or an empty one. */
  readonly walCycle: string;
  /** Which transaction's journal there is; empty where there is none to be played back. */
  readonly transaction: string;
}

/** @throws whatever the file system says of the database itself. */
export function standingOf(file: string): Standing {
  const database = fs.statSync(file, { bigint: true });
  const { wal, journal } = companions(file);
  const walFile = look(wal, WAL_HEADER);
  const journalFile = look(journal, JOURNAL_HEADER);
  const hot = journalFile !== undefined && isHot(journalFile.header);
  return {
    database,
    size: Number(database.size) + Number(walFile?.stats.size ?? 0n),
    mark: [database, walFile?.stats, journalFile?.stats].map(markOf).join('|'),
    walCycle:
      walFile === undefined || walFile.header.length < WAL_HEADER
        ? ''
        : `${walFile.stats.ino}:${Buffer.from(walFile.header).toString('hex')}`,
    transaction: hot ? `${journalFile.stats.ino}:${transactionOf(journalFile.header)}` : '',
  };
}

function look(file: string, length: number): { stats: fs.BigIntStats; header: Uint8Array } | undefined {
  const open = openIfThere(file);
  if (open === undefined) return undefined;
  try {
    const header = new Uint8Array(length);
    return { stats: open.stats, header: header.subarray(0, readAt(open.descriptor, header, 0)) };
  } finally {
    fs.closeSync(open.descriptor);
  }
}

function markOf(stats: fs.BigIntStats | undefined): string {
  return stats === undefined ? '-' : `${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}
