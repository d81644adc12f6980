import type { Policy } from '../../policy';
import { Effort } from './effort';
import type { ExampleAction } from './example';
import { isOversized } from './oversized';
import { Overlap } from './overlap';

/** A second or so, at worst. */
const EFFORT = 1_000_000;

/**
 * An action that gets to a rule, past all rules before it; `evaluate` was asked whether it does. undefined where there is none, and
 * where none is found.
 *
 * @param ruleIndex from 0
 */
export function reachingAction({ rules }: Policy, ruleIndex: number): ExampleAction | undefined {
  if (rules.slice(0, ruleIndex + 1).some(isOversized)) return undefined;
  const overlap = new Overlap();
  const placed = rules.slice(0, ruleIndex + 1).map((rule) => overlap.placed(rule));
  const reach = overlap.reach(placed[ruleIndex], placed.slice(0, ruleIndex), new Effort(EFFORT));
  return reach.kind === 'reached' ? reach.example : undefined;
}
