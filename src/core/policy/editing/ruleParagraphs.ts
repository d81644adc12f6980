import type { LintContext, LintedRule } from '../lint/lintContext';
import { entryOf } from '../entryOf';
import { loggedName } from './loggedName';
import { describeRule } from './ruleSentence';

/** What a rule means, and what the loader makes of it. */
export function ruleParagraphs(context: LintContext, { rule, node, index, isWhole }: LintedRule): string[] {
  if (rule === undefined || node === undefined) return ['The loader refuses this rule, and the policy with it.'];
  const taken = isWhole ? takenInstead(rule, (key) => entryOf(node, key) !== undefined) : [];
  return [
    describeRule(rule),
    `The audit trail has it as ${loggedName(rule, 100)}.${index === 0 ? '' : ' Where an earlier rule matches, that one decides.'}`,
    ...(taken.length === 0 ? [] : [`Not written, and so taken by the loader: ${taken.join(', ')}.`]),
    ...(context.tree.problems.length === 0 ? [] : ['As it stands, the loader refuses the file.']),
  ];
}

/** What stands for the keys that are not there. */
function takenInstead(rule: NonNullable<LintedRule['rule']>, has: (key: string) => boolean): string[] {
  return [
    ...(has('match') ? [] : ['every action']),
    ...(has('risk_level') ? [] : [`risk level ${rule.risk.toLowerCase()}`]),
    ...(has('approval') ? [] : [`approval ${rule.approval}`]),
    ...(has('name') ? [] : [`the name rule_${rule.index}`]),
  ];
}
