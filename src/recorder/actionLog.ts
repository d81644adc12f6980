import type { ActionOutcome, ActionRecord, CleanAction, CleanOutcome } from '../core/record/actionRecord';

/**
 * What a runtime records through. Each call resolves when the sinks that it is about hold it, durable where they are files, and
 * rejects with a RecordError that names the sink where one of them failed.
 */
export interface ActionLog {
  /** The action is about to be executed. */
  attempt(action: ActionRecord): Promise<void>;
  /** An action that was attempted has ended: once, with what was given to `attempt`. */
  outcome(action: ActionRecord, outcome: ActionOutcome): Promise<void>;
  /** The action is not executed: it was blocked, denied, or skipped. */
  decision(action: ActionRecord, outcome: ActionOutcome): Promise<void>;
}

/** Gets each action that has ended, when it is recorded. What it throws is a failure of the sink `log`. */
export interface EndedActionSink {
  write(action: CleanAction, outcome: CleanOutcome): void;
}
