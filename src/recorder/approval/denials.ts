import type { Decision } from '../runtime/decision';

const reasons = new WeakMap<Decision, string>();

/**
 * Says why a handler answers no where nobody could be asked, so that it is not recorded as what a person said.
 *
 * @param reason a sentence.
 */
export function nobodyAsked(decision: Decision, reason: string): false {
  reasons.set(decision, reason);
  return false;
}

export function reasonForDenial(decision: Decision): string | undefined {
  return reasons.get(decision);
}
