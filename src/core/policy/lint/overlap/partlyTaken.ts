import { APPROVALS, RISK_LEVELS, type PolicyRule, type Verdict } from '../../policy';
import { mayMeet } from './box';
import type { Placed } from './earlierRules';
import { TooMuchEffort, type Effort } from './effort';
import type { ExampleAction } from './example';
import type { Overlap } from './overlap';

/** An earlier rule that takes some of what a rule is for, and is less strict. */
export interface PartlyTaken {
  readonly rule: PolicyRule;
  /** An action that both match and the earlier one decides; `evaluate` was asked. */
  readonly example: ExampleAction;
}

/** More are not looked for. */
const MOST_FOUND = 4;

/**
 * The earlier rules that let some of the actions through, or call them less risky, that a rule would not. Those that are for a part of
 * the rule's own actions only are left out: a special case before the general one is what the order of rules is for. So are stricter ones,
 * which are there to come first.
 */
export function partlyTaken(
  overlap: Overlap,
  { rule, box }: Placed,
  earlier: readonly Placed[],
  effort: Effort,
): PartlyTaken[] | 'given-up' {
  if (box === undefined) return [];
  const found: PartlyTaken[] = [];
  try {
    const { cover, regions } = overlap;
    const region = cover.inBox(regions.everything, box, effort);
    for (let i = 0; region !== undefined && i < earlier.length && found.length < MOST_FOUND; i++) {
      const other = earlier[i];
      if (other.box === undefined || !isLessStrict(other.rule, rule)) continue;
      effort.spend(0.2);
      if (!mayMeet(other.box, box)) continue;
      const shared = cover.inBox(region, other.box, effort);
      if (shared === undefined || cover.isWithin(other.box, box, effort)) continue;
      const search = overlap.search(shared, other.rule, earlier.slice(0, i), effort);
      if (search.kind !== 'example') continue;
      const alone = overlap.judge([rule], search.example);
      if (alone.kind === 'decision' && alone.ruleIndex === rule.index)
        found.push({ rule: other.rule, example: search.example });
    }
  } catch (error) {
    if (error instanceof TooMuchEffort) return 'given-up';
    throw error;
  }
  return found;
}

function isLessStrict(one: Verdict, other: Verdict): boolean {
  const approval = APPROVALS.indexOf(one.approval) - APPROVALS.indexOf(other.approval);
  return approval < 0 || (approval === 0 && RISK_LEVELS.indexOf(one.risk) < RISK_LEVELS.indexOf(other.risk));
}
