import type { Condition } from './conditions/condition';
import type { Glob } from './glob';
import type { PlanRules } from './planRules';
import { pyStr } from './pyText';
import { pyTruth } from './pyValues';
import { shownValue } from './shownValue';
import type { MappingNode, PyValue } from './yamlTree';

/** A policy as the reference holds it after loading. Source: `Policy` and `PolicyRule` of the reference's core/policy.py. */

/** From the least to the most; the reference counts them 1 to 4. */
export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

export const APPROVALS = ['auto', 'approve', 'block'] as const;
export type Approval = (typeof APPROVALS)[number];

export interface Policy {
  readonly version: bigint;
  /** What an action gets that no rule matches. */
  readonly defaults: Verdict;
  readonly rules: readonly PolicyRule[];
  /** `global` where it is not said; kept as it is, and of no effect on a single action. */
  readonly scope: PyValue;
  readonly scopeId: PyValue;
  readonly planRules: PlanRules | undefined;
}

export interface Verdict {
  readonly risk: RiskLevel;
  readonly approval: Approval;
}

export interface PolicyRule extends Verdict {
  /** From 0, its place in the list. */
  readonly index: number;
  /** Whatever was written; `rule_<index>` where nothing was. */
  readonly name: PyValue;
  readonly match: Readonly<Record<MatchPart, Pattern>>;
  /** As written; `{}` where nothing was. */
  readonly conditionsValue: PyValue;
  readonly conditions: Conditions;
  readonly node: MappingNode;
}

export const MATCH_PARTS = ['type', 'target', 'agent'] as const;
export type MatchPart = (typeof MATCH_PARTS)[number];

export interface Pattern {
  /** As written; `*` where nothing was. */
  readonly value: PyValue;
  readonly glob: Glob;
}

/** What must hold besides the patterns. */
export type Conditions =
  /** In the order in which they are asked; none holds always. */
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] }
  /** Something else stands there, and whatever asks for it fails. */
  | { readonly kind: 'not-a-mapping'; readonly value: PyValue };

/**
 * What the reference reports as `matched_rule`: the name, or the patterns of a rule whose name counts as none.
 *
 * @param written `str(value)`, for whoever asks about many rules
 */
export function matchedName({ name, match }: PolicyRule, written: (value: PyValue) => string = pyStr): PyValue {
  return pyTruth(name) ? name : `${written(match.type.value)}@${written(match.target.value)}`;
}

export const DEFAULT_RULE = '<default>';

/** For people: `rule 3 ("block_deletes")`, counted from 1. */
export function ruleTitle({ index, name }: PolicyRule): string {
  if (name === `rule_${index}` || !pyTruth(name)) return `rule ${index + 1}`;
  return `rule ${index + 1} (${shownValue(name)})`;
}
