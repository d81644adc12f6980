import type { ChainEntry, EntryContent } from '../../core/chain/entry';
import type { Hashes } from '../../core/chain/hash';
import type { CleanAction, CleanOutcome } from '../../core/record/actionRecord';
import type { Ended, Happening } from '../../core/record/trailEntry';
import type { NodeSqlite } from '../../sqlite/nodeDatabase';
import { RecordError, type SinkName } from '../errors';
import { TrailTurns } from './openTrail';
import { rotateTrail, type Rotation } from './rotateTrail';
import type { Staged } from './staged';
import { failure, type TrailSettings } from './trailParts';
import { TrailTurn } from './trailTurn';

/** Gets each action when it has ended and is recorded. */
export type OnEnded = (action: CleanAction, outcome: CleanOutcome) => void;

interface Item {
  readonly stage: (staged: Staged) => ChainEntry | undefined;
  /** Undefined for what is no action. */
  readonly happening: Happening | undefined;
  readonly resolve: (entry: ChainEntry | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const CLOSED = 'The trail is closed: nothing can be recorded any more.';

/** As much as is written in one turn, so that others have theirs. */
const MOST_AT_ONCE = 500;

/**
 * Writes to the files of a trail, in the order in which it is asked. What is asked for while something is being written is written
 * together, in the next turn.
 */
export class TrailWriter {
  private readonly turns: TrailTurns;
  private queue: Item[] = [];
  private isDraining = false;
  private last: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  /** Whether the chain was beyond what it may grow to, when it was written last. */
  private isLarge = false;

  constructor(
    sqlite: NodeSqlite,
    private readonly settings: TrailSettings,
    private readonly hashes: Hashes,
    private readonly onEnded: OnEnded | undefined,
  ) {
    this.turns = new TrailTurns(sqlite, settings);
  }

  /**
   * Resolves with the action's entry, where there is a chain, when it is on the disk.
   *
   * @throws RecordError; TypeError with a sentence for what cannot be recorded at all.
   */
  record(happening: Happening): Promise<ChainEntry | undefined> {
    return this.enqueue((staged) => staged.happening(happening), happening);
  }

  /** The same of a call that others tell of, more than once perhaps. See `ToldCalls`. @throws RecordedAlready as well. */
  recordCall(happening: Happening): Promise<ChainEntry | undefined> {
    return this.enqueue((staged) => staged.calls.beginning(happening), happening);
  }

  /** How it ended. @throws as above. */
  recordCallEnd(ended: Ended, isAlike: boolean): Promise<ChainEntry | undefined> {
    return this.enqueue((staged) => staged.calls.ending(ended, isAlike), ended);
  }

  /** An entry of the chain that is about no action. */
  async append(content: EntryContent): Promise<ChainEntry> {
    return (await this.enqueue((staged) => staged.entry(content), undefined))!;
  }

  /** Begins a new chain when all that was asked for before is written. Undefined where there is nothing to put away. */
  rotate(): Promise<Rotation | undefined> {
    if (this.isClosed) return Promise.reject(new TypeError(CLOSED));
    return this.oneByOne(() => this.inTurn((turn) => rotateTrail(turn, this.settings)));
  }

  /** Waits for what was asked for. After it nothing can be recorded. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.oneByOne(() => Promise.resolve());
    this.turns.close();
  }

  private enqueue(stage: Item['stage'], happening: Happening | undefined): Promise<ChainEntry | undefined> {
    if (this.isClosed) return Promise.reject(new TypeError(CLOSED));
    return new Promise((resolve, reject) => {
      this.queue.push({ stage, happening, resolve, reject });
      if (this.isDraining) return;
      this.isDraining = true;
      void this.oneByOne(() => this.drain());
    });
  }

  private oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async drain(): Promise<void> {
    // What is asked for at the same time is written at once.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) await this.flush(this.queue.splice(0, MOST_AT_ONCE));
    this.isDraining = false;
  }

  private async flush(items: Item[]): Promise<void> {
    const staged: StagedItem[] = [];
    if (this.isLarge) await this.rotateWhereLarge();
    try {
      await this.inTurn(async (turn) => {
        const stage = turn.stage();
        let asked = 0;
        while (asked < items.length && !stage.isLarge) this.stage(items[asked++], stage, staged);
        // What is too much for one turn comes first in the next.
        this.queue.unshift(...items.splice(asked));
        await turn.write(stage);
        this.isLarge = this.wantsRotation(turn);
      });
    } catch (error) {
      const wasRecorded = error instanceof RecordError && error.recorded;
      for (const { item } of staged) {
        if (wasRecorded) this.tell(item);
        item.reject(errorFor(item, error));
      }
      // Those that were not reached; who has an answer already does not hear a second one.
      for (const item of items) item.reject(errorFor(item, error));
      return;
    }
    for (const { item, entry } of staged) {
      const trouble = this.tell(item);
      if (trouble === undefined) item.resolve(entry);
      else item.reject(errorFor(item, trouble));
    }
  }

  /** That a chain cannot be put away, on a full disk or while somebody reads it, is no reason not to record. */
  private async rotateWhereLarge(): Promise<void> {
    try {
      await this.inTurn(async (turn) => {
        // Another process may have done so.
        if (this.wantsRotation(turn)) await rotateTrail(turn, this.settings);
      });
    } catch {
      // It is tried again before the next writing; what keeps this one from the files keeps that from them too, which says so.
    }
  }

  private wantsRotation(turn: TrailTurn): boolean {
    return turn.chainHead.bytes >= (this.settings.rotateAt ?? Infinity);
  }

  /** What cannot be recorded at all is refused for itself; the others are not to blame. */
  private stage(item: Item, stage: Staged, staged: StagedItem[]): void {
    try {
      staged.push({ item, entry: item.stage(stage) });
    } catch (error) {
      if (!(error instanceof TypeError)) throw failure(...this.truth(), 'nothing', error);
      item.reject(error);
    }
  }

  /** An error while rows are made is the database's. */
  private truth(): [SinkName, string] {
    const { database, chain, jsonLines } = this.settings;
    if (database !== undefined) return ['database', database];
    return chain !== undefined ? ['chain', chain] : ['json lines', jsonLines!];
  }

  /** Last of all, the log hears of an action that has ended. */
  private tell({ happening }: Item): RecordError | undefined {
    if (happening === undefined || happening.phase === 'attempt' || this.onEnded === undefined) return undefined;
    try {
      this.onEnded(happening.action, happening.outcome);
      return undefined;
    } catch (cause) {
      return failure('log', 'aegis.audit', 'kept', cause);
    }
  }

  private async inTurn<T>(work: (turn: TrailTurn) => Promise<T>): Promise<T> {
    const turn = await TrailTurn.take(this.turns, this.settings, this.hashes);
    try {
      return await work(turn);
    } finally {
      turn.release();
    }
  }
}

interface StagedItem {
  readonly item: Item;
  readonly entry: ChainEntry | undefined;
}

/** Whoever records an outcome has executed the action. */
function errorFor({ happening }: Item, error: unknown): unknown {
  if (!(error instanceof RecordError) || happening?.phase !== 'outcome') return error;
  const { message, sink, recorded, cause } = error;
  return new RecordError(`${message} The action was executed.`, { sink, recorded, executed: true, cause });
}
