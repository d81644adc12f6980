import { RESULT_STATUSES, type ResultStatus } from '../../core/record/actionRecord';
import type { Action } from './action';
import { copyReturned, defineData } from './dataCopy';

export interface ResultFields {
  readonly action: Action;
  readonly status: ResultStatus;
  readonly data?: unknown;
  readonly error?: string | null | undefined;
  readonly startedAt?: string | null | undefined;
  readonly completedAt?: string | null | undefined;
}

const MARKS: Readonly<Record<ResultStatus, string>> = {
  success: '[OK]',
  failed: '[FAIL]',
  blocked: '[BLOCK]',
  denied: '[DENY]',
  skipped: '[SKIP]',
};

/**
 * How an action ended, frozen deeply: `data` is a copy of what the executor returned. (Where there is a `Date`, a `Map`, a `Set` or bytes
 * in it, which cannot be frozen, each reader gets a copy.) What cannot be copied, a function or an object of a class, is there as it is recorded.
 *
 * Source: `Result` of the reference's core/result.py.
 */
export class Result {
  readonly action: Action;
  readonly status: ResultStatus;
  declare readonly data: unknown;
  readonly error: string | null;
  /** ISO 8601 in UTC as Python writes it; null for what was not executed. */
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  /** Whether it was a success. */
  readonly ok: boolean;

  /** @throws TypeError with a sentence for a status that does not exist. */
  constructor({ action, status, data, error, startedAt, completedAt }: ResultFields) {
    if (!RESULT_STATUSES.includes(status))
      throw new TypeError(`The status of a result must be one of ${RESULT_STATUSES.join(', ')}.`);
    this.action = action;
    this.status = status;
    this.error = error ?? null;
    this.startedAt = startedAt ?? null;
    this.completedAt = completedAt ?? null;
    this.ok = status === 'success';
    defineData(this, 'data', copyReturned(data ?? null));
    Object.freeze(this);
  }

  toString(): string {
    return `${MARKS[this.status]} ${this.action.type} -> ${this.action.target}`;
  }
}
