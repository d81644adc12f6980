import type { NodeSqlite } from '../../sqlite/nodeDatabase';
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

/** The connections of a trail, and how a turn is taken with them. */
export class TrailTurns {
  readonly disk = new DiskSync();
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
    if (locked !== undefined) {
      this.lock ??= at(locked.sink, locked.file, () => new LockFile(this.sqlite, `${locked.file}.lock`));
      await this.wait(locked.sink, locked.file, this.lock.take(settings.patience));
    }
    try {
      await this.beginDatabase();
      return { database: this.database, ...openFiles(settings) };
    } catch (error) {
      this.release();
      throw error;
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
