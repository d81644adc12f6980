import type { NodeDatabaseSync, NodeSqlite, NodeStatement } from '../../sqlite/nodeDatabase';
import { identityOf } from './sameFile';
import { isBusy } from '../database/sqliteError';

/** Milliseconds between two tries: short at first, for a turn takes a few; never in step with another who waits. */
function pause(tries: number): number {
  return Math.min(25, 1 + tries) * (0.5 + Math.random());
}

/** Another process is at it, and does not let go. */
export class TurnTakenError extends Error {
  override readonly name = 'TurnTakenError';
}

/**
 * Does something that another connection can be in the way of, again and again until it is done. Meanwhile the program goes on.
 *
 * @param patience milliseconds.
 * @throws TurnTakenError when patience is over; at once, whatever else `take` throws.
 */
export async function untilFree(take: () => void, patience: number): Promise<void> {
  // A clock that goes back must not make anybody wait for longer.
  const start = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      take();
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() - start > patience)
        throw new TurnTakenError('another process is writing', { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, pause(tries)));
  }
}

/**
 * A lock that writers of one file take turns with: a transaction on an empty SQLite file beside it, which the system ends when a
 * process dies.
 */
export class LockFile {
  private readonly database: NodeDatabaseSync;
  private readonly begin: NodeStatement;
  private readonly end: NodeStatement;
  private readonly identity: string | undefined;

  constructor(
    sqlite: NodeSqlite,
    readonly file: string,
  ) {
    this.database = new sqlite.DatabaseSync(file, { readOnly: false });
    this.identity = identityOf(file);
    // Nothing is ever written to it, so that nothing needs a journal, or the disk.
    this.database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;');
    this.begin = this.database.prepare('BEGIN IMMEDIATE');
    this.end = this.database.prepare('ROLLBACK');
  }

  async take(patience: number): Promise<void> {
    await untilFree(() => void this.begin.run(), patience);
  }

  /** Whether others still take turns with the same file: one that was deleted keeps nobody out. */
  get isInPlace(): boolean {
    return this.identity !== undefined && identityOf(this.file) === this.identity;
  }

  release(): void {
    try {
      this.end.run();
    } catch {
      // Nothing was written to it, so that all there was to end has ended.
    }
  }

  close(): void {
    this.database.close();
  }
}
