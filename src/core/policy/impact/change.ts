import type { Approval } from '../policy';

/** What another policy would make of an action. Source: the reference's core/replay.py. */
export const CHANGE_KINDS = [
  'unchanged',
  /** It needed an approval, and would need none. */
  'promoted',
  /** It needed none, and would need one. */
  'restricted',
  /** It was not blocked, and would be. */
  'newly_blocked',
  /** It was blocked, and would not be. */
  'newly_allowed',
  /** The record does not tell, or a policy cannot decide. */
  'not_evaluable',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export function changeOf(before: Approval, after: Approval): ChangeKind {
  if (before === after) return 'unchanged';
  if (after === 'block') return 'newly_blocked';
  if (before === 'block') return 'newly_allowed';
  return after === 'auto' ? 'promoted' : 'restricted';
}
