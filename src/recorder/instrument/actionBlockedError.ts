import type { Action } from '../runtime/action';
import type { Decision } from '../runtime/decision';
import type { Result } from '../runtime/result';

/** The same for every copy of this library in a process: what one of them throws is told by another. */
const BRAND = Symbol.for('aegis-audit-trail.ActionBlockedError');

/** What a tool call that was not made says besides its message. */
export interface BlockedCall {
  /** `blocked` by the policy, `denied` by whoever was asked, or because nobody could be. */
  readonly status: 'blocked' | 'denied';
  /** The name of the rule that decided. */
  readonly rule: string;
  readonly decision: Decision;
  readonly action: Action;
}

/**
 * A tool call was not made: the policy blocks it, or it was not approved. It is recorded. The message is a sentence that may be shown to
 * the model.
 *
 * `error instanceof ActionBlockedError` also holds for the errors of a library's own class that carry these members (see `asBlocked`).
 */
export class ActionBlockedError extends Error implements BlockedCall {
  override readonly name: string = 'ActionBlockedError';
  declare readonly status: 'blocked' | 'denied';
  declare readonly rule: string;
  declare readonly decision: Decision;
  declare readonly action: Action;

  constructor(decision: Decision, { status, error }: Pick<Result, 'status' | 'error'>) {
    super(error ?? 'The call was not made.');
    asBlocked(this, {
      status: status === 'denied' ? 'denied' : 'blocked',
      rule: decision.matchedRule,
      decision,
      action: decision.action,
    });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** Gives an error of a library the members of the one that it stands for, so that the program tells both by either. */
export function asBlocked<E extends Error>(error: E, { status, rule, decision, action }: BlockedCall): E & BlockedCall {
  const members = { status, rule, decision, action };
  for (const [name, value] of Object.entries(members)) Object.defineProperty(error, name, { value, enumerable: true });
  Object.defineProperty(error, BRAND, { value: true });
  return error as E & BlockedCall;
}
