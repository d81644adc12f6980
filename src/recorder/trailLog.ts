import type { Algorithm } from '../core/chain/hash';
import type { ActionOutcome, ActionRecord, CleanAction } from '../core/record/actionRecord';
import { cleanAction, cleanOutcome } from '../core/record/clean';
import { redaction, type Redact, type RedactionOptions } from '../core/record/redaction';
import { isoOfMicroseconds } from '../core/log/timestamp';
import { runtimeHashes } from '../chainfile/hashes';
import { nodeSqlite } from '../sqlite/nodeDatabase';
import type { ActionLog } from './actionLog';
import { RecordError, type SinkName } from './errors';
import { prepareFolder } from './files/prepareFolder';
import { realPlace } from './files/realPlace';
import type { TrailFiles } from './trail/trailParts';
import { TrailWriter, type OnEnded } from './trail/trailWriter';

/** What every logger that writes files can be told. */
export interface TrailOptions {
  /** What is a secret besides what is known as one. */
  readonly redaction?: RedactionOptions | undefined;
  /** Milliseconds that another process may keep the files locked for; 10,000 where nothing is said. */
  readonly lockTimeout?: number | undefined;
  /** The time of an action, in milliseconds since 1970; the system's clock where nothing is said. */
  readonly clock?: (() => number) | undefined;
}

export interface TrailDetails extends TrailFiles, TrailOptions {
  readonly algorithm?: Algorithm | undefined;
  readonly rotateAt?: number | undefined;
  readonly onEnded?: OnEnded | undefined;
}

/** Records actions in files: whichever there are, in one go. */
export class TrailLog implements ActionLog {
  protected readonly writer: TrailWriter;
  protected readonly redact: Redact;
  private readonly now: () => string;
  /** Attempts of this process without an outcome. */
  private readonly attempted = new Map<string, CleanAction>();

  constructor(private readonly details: TrailDetails) {
    const sqlite = nodeSqlite();
    if (sqlite === undefined)
      throw new Error(
        `Recording needs Node 22.13 or newer, for its SQLite: this is Node ${process.versions.node}. Reading needs less.`,
      );
    const { algorithm = 'sha256', lockTimeout = 10_000, rotateAt, clock = Date.now } = details;
    for (const [sink, file] of filesOf(details)) prepareFolder(sink, file);
    this.redact = redaction(details.redaction);
    this.now = () => {
      const time = clock();
      // An action must not go unrecorded for a clock that tells no time.
      return isoOfMicroseconds(Math.trunc((isTime(time) ? time : Date.now()) * 1000));
    };
    const hashes = runtimeHashes();
    if (!Object.hasOwn(hashes, algorithm))
      throw new TypeError(`There is no algorithm "${algorithm}": a chain is hashed with sha256 or sha3_256.`);
    this.writer = new TrailWriter(
      sqlite,
      {
        chain: placeOf(details.chain),
        database: placeOf(details.database),
        jsonLines: placeOf(details.jsonLines),
        algorithm,
        hash: hashes[algorithm],
        patience: lockTimeout,
        rotateAt,
        now: this.now,
      },
      hashes,
      details.onEnded,
    );
  }

  async attempt(action: ActionRecord): Promise<void> {
    const clean = cleanAction(action, this.now(), this.redact);
    const isKnown = this.attempted.has(clean.action_id);
    if (isKnown && this.details.database === undefined)
      throw new TypeError(`The action ${clean.action_id} is recorded already.`);
    // Before it is written: its outcome may be told meanwhile.
    if (!isKnown) this.attempted.set(clean.action_id, clean);
    try {
      await this.writer.record({ phase: 'attempt', action: clean });
    } catch (error) {
      // What the trail has all the same can still get its outcome.
      const isRecorded = error instanceof RecordError && error.recorded;
      if (!isKnown && !isRecorded) this.attempted.delete(clean.action_id);
      throw error;
    }
  }

  async outcome(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    const known = this.attempted.get(action.actionId);
    if (known === undefined && this.details.database === undefined)
      throw new TypeError(`The action ${action.actionId} was not attempted in this process, or has ended already.`);
    const timestamp = this.now();
    const clean = known ?? cleanAction(action, timestamp, this.redact);
    const ended = cleanOutcome(outcome, this.redact);
    // Before it is written: meanwhile a second outcome may be told.
    this.attempted.delete(action.actionId);
    try {
      await this.writer.record({ phase: 'outcome', action: clean, outcome: ended, timestamp });
    } catch (error) {
      if (known !== undefined && error instanceof RecordError && !error.recorded)
        this.attempted.set(action.actionId, known);
      throw error;
    }
  }

  /**
   * That an action begins, or is not to be made, told by somebody who may tell it again, in another process; under an id that another
   * action has, it is one of its own.
   *
   * @param outcome where it is not to be made.
   * @throws RecordError; RecordedAlready.
   */
  async begin(action: ActionRecord, outcome?: ActionOutcome): Promise<void> {
    const timestamp = this.now();
    const clean = cleanAction(action, timestamp, this.redact);
    await this.writer.recordCall(
      outcome === undefined
        ? { phase: 'attempt', action: clean }
        : { phase: 'decision', action: clean, outcome: cleanOutcome(outcome, this.redact), timestamp },
    );
  }

  /**
   * How it ended, told by somebody who may not have told that it began, or told so in another process; then both are recorded. What was made
   * with other parameters than it began with is an action of its own.
   *
   * @param isAlike whether, where no attempt is open under the action's id, the oldest open one is meant that has the same session, type
   *   and parameters.
   * @throws RecordError; RecordedAlready where it has ended before.
   */
  async end(action: ActionRecord, outcome: ActionOutcome, isAlike: boolean): Promise<void> {
    const timestamp = this.now();
    const clean = cleanAction(action, timestamp, this.redact);
    const ended = { phase: 'outcome', action: clean, outcome: cleanOutcome(outcome, this.redact), timestamp } as const;
    await this.writer.recordCallEnd(ended, isAlike);
  }

  async decision(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    const timestamp = this.now();
    const clean = cleanAction(action, timestamp, this.redact);
    await this.writer.record({
      phase: 'decision',
      action: clean,
      outcome: cleanOutcome(outcome, this.redact),
      timestamp,
    });
  }

  /** Waits for all that is being recorded, and lets go of the files. */
  close(): Promise<void> {
    return this.writer.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function placeOf(file: string | undefined): string | undefined {
  return file === undefined ? undefined : realPlace(file);
}

function filesOf({ chain, database, jsonLines }: TrailFiles): [SinkName, string][] {
  const files: [SinkName, string | undefined][] = [
    ['chain', chain],
    ['database', database],
    ['json lines', jsonLines],
  ];
  return files.filter((each): each is [SinkName, string] => each[1] !== undefined);
}

function isTime(time: number): boolean {
  return Math.abs(time) <= LAST_TIME;
}

/** Milliseconds before and after 1970 that a date can be. */
const LAST_TIME = 8.64e15;
