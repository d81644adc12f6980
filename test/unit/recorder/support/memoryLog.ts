import type { ActionOutcome, ActionRecord } from '../../../../src/core/record/actionRecord';
import type { ActionLog } from '../../../../src/recorder/actionLog';
import { RecordError } from '../../../../src/recorder/errors';

export interface Call {
  readonly phase: 'attempt' | 'outcome' | 'decision';
  readonly action: ActionRecord;
  readonly outcome: ActionOutcome | undefined;
}

/** A log that remembers, and fails where it is told to. */
export class MemoryLog implements ActionLog {
  readonly calls: Call[] = [];
  /** What is recorded, in the order in which it was: `attempt a`, `success a`. */
  readonly lines: string[] = [];
  fail: (call: Call) => Error | undefined = () => undefined;

  attempt(action: ActionRecord): Promise<void> {
    return this.take({ phase: 'attempt', action, outcome: undefined });
  }

  outcome(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    return this.take({ phase: 'outcome', action, outcome });
  }

  decision(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    return this.take({ phase: 'decision', action, outcome });
  }

  private async take(call: Call): Promise<void> {
    this.calls.push(call);
    await new Promise((resolve) => setImmediate(resolve));
    const error = this.fail(call);
    if (error !== undefined) throw error;
    const { phase, action, outcome } = call;
    const word = phase === 'attempt' ? phase : `${phase === 'decision' ? 'not executed: ' : ''}${outcome?.status}`;
    this.lines.push(`${word} ${action.actionType}`);
  }
}

export function fullDisk(recorded = false): RecordError {
  return new RecordError('The disk is full.', { sink: 'chain', recorded, executed: false });
}
