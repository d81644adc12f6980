import { heaviestOrdered } from '../../chain/explain/heaviestOrdered';
import type { Policy, PolicyRule } from '../policy';
import { pyEquals, pyKey } from '../pyEquality';
import { PyError, TooMuchWork, Work } from '../pyError';
import { pyReprStart } from '../pyText';
import type { PyValue } from '../yamlTree';

/** How two policies differ, rule by rule, each list in the order of its policy. Source: `diff_policies` of the reference's core/diff.py. */
export interface PolicyDiff {
  readonly added: readonly PolicyRule[];
  readonly removed: readonly PolicyRule[];
  readonly modified: readonly ModifiedRule[];
  /** Rules of the new policy that stand elsewhere among those that both have: the fewest that explain the order. */
  readonly moved: readonly PolicyRule[];
  readonly defaults: readonly ChangedDefault[];
}

export interface ModifiedRule {
  readonly before: PolicyRule;
  readonly after: PolicyRule;
  /** By the reference's names, sorted. */
  readonly fields: readonly RuleField[];
}

export interface ChangedDefault {
  readonly field: 'approval' | 'risk_level';
  readonly before: string;
  readonly after: string;
}

/** What two rules of one name are compared by. */
export const RULE_FIELDS = [
  'approval',
  'conditions',
  'match_agent',
  'match_target',
  'match_type',
  'risk_level',
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

export function ruleField(rule: PolicyRule, field: RuleField): PyValue {
  switch (field) {
    case 'approval':
      return rule.approval;
    case 'conditions':
      return rule.conditionsValue;
    case 'match_agent':
      return rule.match.agent.value;
    case 'match_target':
      return rule.match.target.value;
    case 'match_type':
      return rule.match.type.value;
    case 'risk_level':
      return rule.risk.toLowerCase();
  }
}

/** Rules are told apart by their names, as in the reference; of several of one name the first belongs to the first, and so on. */
export function diffPolicies(before: Policy, after: Policy): PolicyDiff {
  const old = named(before.rules);
  const added: PolicyRule[] = [];
  const modified: ModifiedRule[] = [];
  const kept: { readonly before: PolicyRule; readonly after: PolicyRule }[] = [];
  const seen = new Set<string>();
  for (const [name, rule] of named(after.rules)) {
    const other = old.get(name);
    seen.add(name);
    if (other === undefined) {
      added.push(rule);
      continue;
    }
    kept.push({ before: other, after: rule });
    const fields = RULE_FIELDS.filter((field) => !isSame(ruleField(other, field), ruleField(rule, field)));
    if (fields.length > 0) modified.push({ before: other, after: rule, fields });
  }
  const removed = [...old].filter(([name]) => !seen.has(name)).map(([, rule]) => rule);
  const stays = heaviestOrdered(
    kept.map((rule) => rule.before.index),
    kept.map(() => 1),
  );
  return {
    added,
    removed,
    modified,
    moved: kept.filter((_, i) => !stays[i]).map(({ after: rule }) => rule),
    defaults: changedDefaults(before, after),
  };
}

function named(rules: readonly PolicyRule[]): Map<string, PolicyRule> {
  const found = new Map<string, PolicyRule>();
  const counts = new Map<string, number>();
  for (const rule of rules) {
    const name = nameKey(rule.name);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    found.set(`${count} ${name}`, rule);
  }
  return found;
}

function nameKey(name: PyValue): string {
  try {
    return String(pyKey(name));
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    return `written ${pyReprStart(name, 10_000)}`;
  }
}

function isSame(one: PyValue, other: PyValue): boolean {
  try {
    return pyEquals(one, other, new Work(1_000_000));
  } catch (error) {
    // What is too large to be compared is not called the same.
    if (error instanceof TooMuchWork || error instanceof PyError) return false;
    throw error;
  }
}

function changedDefaults({ defaults: before }: Policy, { defaults: after }: Policy): ChangedDefault[] {
  const changed: ChangedDefault[] = [
    { field: 'risk_level', before: before.risk.toLowerCase(), after: after.risk.toLowerCase() },
    { field: 'approval', before: before.approval, after: after.approval },
  ];
  return changed.filter((each) => each.before !== each.after);
}
