import { isDeepStrictEqual } from 'node:util';
import type { Approval } from '../../core/policy/policy';
import type { Decision } from '../runtime/decision';

/** A call that is being made: what happens meanwhile may be the same call, told by the next library. */
export interface CallUnderWay {
  readonly decision: Decision;
  readonly sessionId: string;
  /** Whether a library below has told of it already. */
  isToldBelow: boolean;
  /** What makes it, such as a client: what that asks of itself meanwhile is part of the call. */
  readonly maker: unknown;
}

const STRICTNESS: Readonly<Record<Approval, number>> = { auto: 0, approve: 1, block: 2 };

/**
 * Whether a call within another is the same one: an agent calls a tool that a client of the Model Context Protocol has, and both libraries
 * tell of it. It is where it has the same parameters, its name is the other's or the end of it (`files__read` is `read` of `files`), nobody
 * told of it before, and the policy is not stricter about it: no rule for the inner name or target is slipped past through an outer one.
 */
export function isSameCall(outer: CallUnderWay, inner: Decision): boolean {
  const { decision, isToldBelow } = outer;
  return (
    !isToldBelow &&
    isNameWithin(decision.action.type, inner.action.type) &&
    STRICTNESS[inner.approval] <= STRICTNESS[decision.approval] &&
    isDeepStrictEqual(inner.action.params, decision.action.params)
  );
}

function isNameWithin(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const before = outer.at(-inner.length - 1) ?? '';
  return outer.length > inner.length && outer.endsWith(inner) && /[^A-Za-z0-9]/.test(before);
}
