import { visible } from '../../text/visible';
import type { LintContext, LintedRule } from '../lint/lintContext';
import type { Approval } from '../policy';
import type { Span } from '../yamlTree';
import { loggedName } from './loggedName';

/** Where a rule stands, and what it is called. */
export interface RuleHead {
  /** Its place in the list as the loader counts, from 0. */
  readonly index: number;
  readonly span: Span;
  readonly title: string;
  /** undefined where the loader refuses the rule. */
  readonly approval: Approval | undefined;
}

export function ruleHeads({ rules, source }: LintContext): RuleHead[] {
  return rules.map((linted) => ({
    index: linted.index,
    span: source.firstLine(linted.place),
    title: ruleName(linted),
    approval: linted.rule?.approval,
  }));
}

/** As the audit trail has it; `rule 3` for one that the loader names by its place, or refuses without a name. */
export function ruleName({ rule, name, index }: LintedRule): string {
  const number = `rule ${index + 1}`;
  if (rule === undefined) {
    const written = name?.value.kind === 'scalar' ? name.value.text : '';
    return written === '' ? number : visible(written, MOST_CHARACTERS);
  }
  return rule.name === `rule_${index}` ? number : loggedName(rule, MOST_CHARACTERS);
}

const MOST_CHARACTERS = 120;
