import type { YamlTree } from '../yamlTree';
import type { Diagnostic } from './diagnostic';
import { findInDocument } from './documentFindings';
import { findDuplicateKeys } from './duplicateKeys';
import { findKeys } from './keyFindings';
import { withCare } from './fixCare';
import { LintContext, MOST_RULES } from './lintContext';
import { findInPlanRules } from './planRuleFindings';
import { findInRule } from './ruleFindings';
import { findSameNames } from './ruleNames';
import { findShadowed } from './shadowFindings';
import { findVerdict } from './verdictFindings';
import { entryOf } from '../entryOf';

export type { Diagnostic, Edit, Fix, LintCode, RelatedPlace, Severity } from './diagnostic';

/**
 * Looks through a policy for what the loader refuses, ignores or reads otherwise than it looks, and for rules that have no effect. What
 * is said of the loader and of evaluations is what `loadPolicy` and `evaluate` do. Never throws, and comes to an end soon whatever the
 * text is; where it gives up it says so (`lint-limit`).
 *
 * @param tree what `readYaml` makes of the text
 * @returns in the order of the text
 */
export function lintPolicy(tree: YamlTree, text: string): Diagnostic[] {
  const context = new LintContext(tree, text);
  for (const { code, message, span } of tree.problems)
    context.findings.error(code, { message, span: context.source.firstLine(span) });
  findInDocument(context);
  const { root } = context;
  if (root !== undefined) {
    findDuplicateKeys(context);
    findKeys(context, root, 'policy');
    const defaults = entryOf(root, 'defaults')?.value;
    if (defaults?.kind === 'mapping') {
      findKeys(context, defaults, 'defaults');
      findVerdict(context, defaults);
    }
    for (const linted of context.rules) {
      if (context.findings.isFull) break;
      findInRule(context, linted);
    }
    findInPlanRules(context, root);
    findSameNames(context);
    findShadowed(context);
    tellRest(context);
  }
  return context.findings.inOrder().map((found) => withCare(context.source, found));
}

function tellRest({ list, findings, source }: LintContext): void {
  const next = list?.items[MOST_RULES];
  if (next === undefined) return;
  const most = MOST_RULES.toLocaleString('en-US');
  const message = `No more than ${most} rules of one file are looked at, and this is the first of the others. Put them into files of their own to have them checked.`;
  findings.information('lint-limit', { message, span: source.firstLine(next.span) });
}
