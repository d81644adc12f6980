import type { Decision } from '../runtime/decision';

const STRICTNESS: Readonly<Record<Decision['approval'], number>> = { auto: 0, approve: 1, block: 2 };

/** Of what a policy says of each thing that a call acts on, what stands: the first of the strictest. */
export function strictest<T extends { readonly decision: Decision }>(judged: readonly T[]): T {
  return judged.reduce((one, other) =>
    STRICTNESS[other.decision.approval] > STRICTNESS[one.decision.approval] ? other : one,
  );
}
