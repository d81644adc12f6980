import type { ActionOutcome, ActionRecord, CleanAction, CleanOutcome } from '../../core/record/actionRecord';
import { cleanAction, cleanOutcome } from '../../core/record/clean';
import { isoOfMicroseconds } from '../../core/log/timestamp';
import { reasonOf } from '../../core/record/reading';
import { redaction, type Redact, type RedactionOptions } from '../../core/record/redaction';
import type { ActionLog, EndedActionSink } from '../actionLog';
import { RecordError } from '../errors';

export interface EndedActionLogOptions {
  /** What is a secret besides what is known as one. Of no effect in an AuditTrail, which has its own. */
  readonly redaction?: RedactionOptions | undefined;
  /** Milliseconds since 1970; by default the clock of the machine. */
  readonly clock?: (() => number) | undefined;
}

/**
 * A log that a runtime can record through by itself, without files: it is told of an action when that has ended. So of an action that
 * was begun when the process died, it has nothing.
 */
export abstract class EndedActionLog implements ActionLog, EndedActionSink {
  private readonly redact: Redact;
  private readonly clock: () => number;
  /** When the actions were attempted that have not ended. */
  private readonly attempted = new Map<string, string>();

  constructor({ redaction: options, clock = Date.now }: EndedActionLogOptions) {
    this.redact = redaction(options);
    this.clock = clock;
  }

  abstract write(action: CleanAction, outcome: CleanOutcome): void;

  /** Nothing is written, but what cannot be recorded at all is refused before it is executed. */
  attempt(action: ActionRecord): Promise<void> {
    return settled(() => {
      const { timestamp, action_id } = cleanAction(action, this.now(), this.redact);
      this.attempted.set(action_id, timestamp);
    });
  }

  outcome(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    return settled(() => this.ended(action, outcome, true));
  }

  decision(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    return settled(() => this.ended(action, outcome, false));
  }

  private ended(record: ActionRecord, outcome: ActionOutcome, executed: boolean): void {
    const timestamp = this.attempted.get(record.actionId) ?? this.now();
    this.attempted.delete(record.actionId);
    const action = cleanAction(record, timestamp, this.redact);
    try {
      this.write(action, cleanOutcome(outcome, this.redact));
    } catch (cause) {
      const message = `The action could not be logged, for the logger failed: ${reasonOf(cause)}`;
      throw new RecordError(message, { sink: 'log', recorded: false, executed, cause });
    }
  }

  private now(): string {
    return isoOfMicroseconds(Math.trunc(this.clock() * 1000));
  }
}

/** Everything here is done at once; what is thrown becomes a rejection. */
async function settled(work: () => void): Promise<void> {
  await Promise.resolve();
  work();
}
