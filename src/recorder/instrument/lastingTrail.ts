import type { ActionOutcome, ActionRecord } from '../../core/record/actionRecord';
import type { ActionLog } from '../actionLog';
import { AuditTrail } from '../auditTrail';

/** A trail that lets go of its files when the program has nothing left to do, and takes them up again where it has after all. */
export class LastingTrail implements ActionLog {
  private current: AuditTrail | undefined;

  constructor(readonly directory: string) {}

  attempt(action: ActionRecord): Promise<void> {
    return this.trail.attempt(action);
  }

  outcome(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    return this.trail.outcome(action, outcome);
  }

  decision(action: ActionRecord, outcome: ActionOutcome): Promise<void> {
    return this.trail.decision(action, outcome);
  }

  async close(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    await current?.close();
  }

  private get trail(): AuditTrail {
    return (this.current ??= new AuditTrail({ directory: this.directory }));
  }
}
