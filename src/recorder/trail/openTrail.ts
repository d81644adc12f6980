import type { NodeSqlite } from '../../sqlite/nodeDatabase';
import type { WrittenEnd } from '../chain/chainHead';
import { RecordDatabase } from '../database/recordDatabase';
import { RecordError, type SinkName } from '../errors';
import { AppendFile } from '../files/appendFile';
import { DiskSync } from '../files/diskSync';
import { LockFile, TurnTakenError, untilFree } from '../files/lockFile';
import { at, failure, type TrailSettings } from './trailParts';

/** The files of a trail while it is somebody's turn to write. */
export interface OpenTrail {
  readonly database: RecordDatabase | undefined;
  chain: AppendFile | undefined;
  jsonLines: AppendFile | undefined;
}

/** Times that a file can be taken away while its turn is waited for; on a system that knows no identity of files, it seems so always. */
const MOST_REPLACED = 3;

/** The connections of a trail, and how a turn is taken with them. */
export class TrailTurns {
  readonly disk = new DiskSync();
  /** What was written to the chain last. */
  written: WrittenEnd | undefined;
  private lock: LockFile | undefined;
  private database: RecordDatabase | undefined;

  constructor(
    private readonly sqlite: NodeSqlite,
    private readonly settings: TrailSettings,
  ) {}

  /**
   * Waits for the turn and opens the files. The lock beside the chain comes first, then the database, as in every process.
   *
   * @throws RecordError; nothing is held then.
   */
  async take(): Promise<OpenTrail> {
    const { settings } = this;
    const locked = lockedFile(settings);
    if (locked !== undefined) await this.takeLock(locked.sink, locked.file);
    try {
      await this.beginInPlace();
      return { database: this.database, ...openFiles(settings) };
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Not with a lock that was deleted meanwhile: it keeps out nobody who came later. */
  private async takeLock(sink: SinkName, file: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (this.lock?.isInPlace === false) {
        this.lock.close();
        this.lock = undefined;
      }
      const lock = (this.lock ??= at(sink, file, () => new LockFile(this.sqlite, `${file}.lock`)));
      await this.wait(sink, file, lock.take(this.settings.patience));
      if (lock.isInPlace || tries === MOST_REPLACED) return;
      lock.release();
    }
  }

  /** Not on a database that was deleted, or that another one was put in the place of: its rows are nowhere. */
  private async beginInPlace(): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (this.database?.isInPlace === false) {
        this.database.close();
        this.database = undefined;
      }
      await this.beginDatabase();
      if (this.database?.isInPlace !== false || tries === MOST_REPLACED) return;
      this.database.rollback();
    }
  }

  /** Begins on the database again, within a turn. */
  async beginDatabase(): Promise<void> {
    const { database: file, chain, patience } = this.settings;
    if (file === undefined) return;
    const database = (this.database ??= at(
      'database',
      file,
      () => new RecordDatabase(this.sqlite, file, chain === undefined),
    ));
    await this.wait(
      'database',
      file,
      untilFree(() => database.begin(), patience),
    );
  }

  /** Ends the turn; what is not committed is taken back. */
  release(open?: OpenTrail): void {
    open?.chain?.close();
    open?.jsonLines?.close();
    this.database?.rollback();
    if (this.lock !== undefined) this.lock.release();
  }

  close(): void {
    this.database?.close();
    this.lock?.close();
    this.database = this.lock = undefined;
  }

  private async wait(sink: SinkName, file: string, turn: Promise<void>): Promise<void> {
    try {
      await turn;
    } catch (error) {
      if (!(error instanceof TurnTakenError)) throw failure(sink, file, 'nothing', error);
      const seconds = Math.round(this.settings.patience / 1000);
      const message =
        `"${file}" is being written by another process, which did not let go of it for ${seconds} s. ` +
        'Nothing was recorded. Try again, or find out what holds it.';
      throw new RecordError(message, { sink, recorded: false, executed: false, cause: error });
    }
  }
}

/** Where there is only a database, it is the lock. */
function lockedFile({ chain, database, jsonLines }: TrailSettings): { sink: SinkName; file: string } | undefined {
  if (chain !== undefined) return { sink: 'chain', file: chain };
  return database === undefined && jsonLines !== undefined ? { sink: 'json lines', file: jsonLines } : undefined;
}

function openFiles({ chain, jsonLines }: TrailSettings): Pick<OpenTrail, 'chain' | 'jsonLines'> {
  const opened = chain === undefined ? undefined : at('chain', chain, () => AppendFile.open(chain));
  try {
    return {
      chain: opened,
      jsonLines: jsonLines === undefined ? undefined : at('json lines', jsonLines, () => AppendFile.open(jsonLines)),
    };
  } catch (error) {
    opened?.close();
    throw error;
  }
}
