import type { AuditRow } from '../../core/record/auditRow';
import type { CleanAction } from '../../core/record/actionRecord';
import type { ChainHead } from '../chain/chainHead';

/** An attempt without an outcome. */
export interface OpenAttempt {
  readonly rowId: number;
  /** As it was recorded then. */
  readonly row: AuditRow;
  /** What the row was made of; undefined where it was read from the database. */
  readonly action: CleanAction | undefined;
}

/** Attempts that are kept; the outcomes of more than these find theirs in the database. */
const MOST_ATTEMPTS = 1000;

/**
 * What a connection need not ask its database again, for it wrote or read it itself and nobody else has committed since. After that, and
 * after a rollback, another one takes its place.
 */
export class Remembered {
  /** By name; undefined where it is known that there is none. */
  readonly chainHeads = new Map<string, ChainHead | undefined>();
  readonly jsonLinesHeads = new Map<string, number | undefined>();
  owesNothing = false;
  /** Whether a row is what was put in, no column and no value more. */
  keepsRows: boolean | undefined;
  private readonly attempts = new Map<string, OpenAttempt>();

  attempt(actionId: string): OpenAttempt | undefined {
    return this.attempts.get(actionId);
  }

  attempted(attempt: OpenAttempt & { readonly action: CleanAction }): void {
    this.attempts.set(attempt.action.action_id, attempt);
    if (this.attempts.size > MOST_ATTEMPTS) this.attempts.delete(this.attempts.keys().next().value!);
  }

  ended(actionId: string): void {
    this.attempts.delete(actionId);
  }
}
