import type { CleanAction, CleanOutcome } from '../../core/record/actionRecord';

/** Where an action is written to when it has ended, be it executed, blocked, denied or skipped. */
export interface EndedActionSink {
  /** @throws whatever keeps it from being written. */
  write(action: CleanAction, outcome: CleanOutcome): void;
}
