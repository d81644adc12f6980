/** Where a trail is written to. */
export type SinkName = 'chain' | 'database' | 'json lines' | 'log';

export interface RecordErrorDetails {
  /** The sink that failed. */
  readonly sink: SinkName;
  /** Whether the chain (the database, where there is no chain) holds it all the same: then it must not be recorded again. */
  readonly recorded: boolean;
  /** Whether the action had been executed: then it must not be done again. */
  readonly executed: boolean;
  readonly cause?: unknown;
}

/** Something could not be recorded. The message is a sentence that says what is wrong, where, and what to do. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly sink: SinkName;
  readonly recorded: boolean;
  readonly executed: boolean;

  constructor(message: string, { sink, recorded, executed, cause }: RecordErrorDetails) {
    super(message, { cause });
    this.sink = sink;
    this.recorded = recorded;
    this.executed = executed;
  }
}

/** What was to be recorded is recorded already: an action begins once and ends once. */
export class RecordedAlready extends TypeError {
  constructor(actionId: string) {
    super(`The action ${actionId} is recorded already.`);
  }
}
