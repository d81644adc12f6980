import { GENESIS_HASH, type Hashes } from '../../core/chain/hash';
import type { ChainEnd, ChainHead } from '../chain/chainHead';
import type { RecordDatabase } from '../database/recordDatabase';
import type { RecordError } from '../errors';
import type { OpenTrail, TrailTurns } from './openTrail';
import { meetTrail } from './meetTrail';
import { Staged } from './staged';
import { at, failure, type TrailSettings } from './trailParts';

/** A turn: the trail is as it was left, or has been put in order, and is written to in one go. */
export class TrailTurn {
  private constructor(
    private readonly turns: TrailTurns,
    private readonly settings: TrailSettings,
    readonly open: OpenTrail,
    private entries: number,
    private end: ChainEnd | undefined,
  ) {}

  /** @throws RecordError; nothing is held then. */
  static async take(turns: TrailTurns, settings: TrailSettings, hashes: Hashes): Promise<TrailTurn> {
    const open = await turns.take();
    const turn = new TrailTurn(turns, settings, open, 0, undefined);
    try {
      const { entries, end, mending } = meetTrail(open, settings, hashes, turns.written);
      turn.entries = entries;
      turn.end = end;
      if (mending !== undefined) {
        await turn.write(mending, 'mending');
        await turn.goOn();
      }
      return turn;
    } catch (error) {
      turn.release();
      throw error;
    }
  }

  get chainHead(): ChainHead {
    const { entries, end } = this;
    return { entries, bytes: this.open.chain?.size ?? 0, hash: end?.entry_hash ?? GENESIS_HASH };
  }

  /** With the JSON lines that are owed since one could not be written. */
  stage(): Staged {
    const { database, jsonLines } = this.open;
    const staged = new Staged(this.settings, database, this.end);
    if (database !== undefined && jsonLines !== undefined)
      at('database', database.file, () => {
        const owed = database.owedLines();
        for (const row of owed) staged.line(row);
        if (owed.length > 0) database.owesNothing();
      });
    return staged;
  }

  /**
   * Writes what is staged. The chain comes first: once its lines are on the disk, they are recorded.
   *
   * @param what whether it is what was asked for, or what puts the trail in order before that.
   * @throws RecordError that names the sink. Where it says `recorded: false`, no file holds anything of what was asked for.
   */
  async write(staged: Staged, what: 'asked' | 'mending' = 'asked'): Promise<void> {
    const { open, settings } = this;
    const { database } = open;
    if (settings.database !== undefined) at('database', settings.database, () => staged.tally());
    await this.writeChain(staged, what);
    const before = open.jsonLines?.size;
    const owed = await this.writeJsonLines(staged);
    if (database !== undefined) {
      try {
        if (owed !== undefined) for (const row of staged.endedRows) database.owe(row);
        this.setHeads(database, this.headAfter(staged));
        database.commit();
      } catch (error) {
        database.rollback();
        // The lines are written again with the rows.
        if (before !== undefined) attempt(() => open.jsonLines!.cut(before));
        const held = settings.chain === undefined || what === 'mending' ? 'nothing' : 'owed';
        throw failure('database', settings.database!, held, error);
      }
    }
    this.turns.written = staged.writtenEnd ?? this.turns.written;
    const head = this.headAfter(staged);
    this.entries = head.entries;
    this.end = staged.end;
    // What is owed of a mending is tried again with what was asked for, which is told then.
    if (owed !== undefined && what === 'asked') throw owed;
  }

  /** After a write: begins on the database again, still in the same turn. */
  async goOn(): Promise<void> {
    await this.turns.beginDatabase();
  }

  /** After a rotation: the chain is a new one, of one entry, and that is committed. */
  async startOver(end: ChainEnd): Promise<void> {
    this.entries = 1;
    this.end = end;
    const { database } = this.open;
    if (database === undefined) return;
    at('database', database.file, () => {
      this.setHeads(database, this.chainHead);
      database.commit();
    });
    await this.goOn();
  }

  release(): void {
    this.turns.release(this.open);
  }

  /** Of the files that this trail has: another writer of the database may have others. */
  private setHeads(database: RecordDatabase, head: ChainHead): void {
    const { chain, jsonLines } = this.open;
    if (chain !== undefined) database.setChainHead(chain.file, head);
    if (jsonLines !== undefined) database.setJsonLinesHead(jsonLines.file, jsonLines.size);
  }

  private headAfter(staged: Staged): ChainHead {
    return {
      entries: this.entries + staged.entries,
      bytes: this.open.chain?.size ?? 0,
      hash: staged.end?.entry_hash ?? GENESIS_HASH,
    };
  }

  private async writeChain(staged: Staged, what: 'asked' | 'mending'): Promise<void> {
    const { chain } = this.open;
    if (chain === undefined || staged.entries === 0) return;
    const before = chain.size;
    at('chain', chain.file, () => chain.refuseChanged());
    try {
      chain.append(staged.chainBytes);
      await chain.sync(this.turns.disk);
    } catch (error) {
      const held = attempt(() => chain.cut(before)) ? 'nothing' : 'left';
      throw failure('chain', chain.file, what === 'mending' ? 'nothing' : held, error);
    }
  }

  /** @returns the failure, where they are owed from now on. */
  private async writeJsonLines(staged: Staged): Promise<RecordError | undefined> {
    const { jsonLines, database, chain } = this.open;
    if (jsonLines === undefined) return undefined;
    try {
      jsonLines.append(staged.jsonBytes);
      if (database === undefined && chain === undefined) await jsonLines.sync(this.turns.disk);
      return undefined;
    } catch (error) {
      const held = database !== undefined ? 'owed' : chain !== undefined ? 'kept' : 'nothing';
      const trouble = failure('json lines', jsonLines.file, held, error);
      if (database === undefined) throw trouble;
      return trouble;
    }
  }
}

/** What is tried on the way out of a failure, which is the one to be told. The next turn finds what it left, and puts it in order. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
