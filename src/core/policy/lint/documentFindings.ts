import { entryOf } from '../entryOf';
import { pyInt } from '../pyInt';
import { PyError } from '../pyError';
import { pyNoun } from '../pyValues';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode, Span } from '../yamlTree';
import type { Fix } from './diagnostic';
import { entryFix } from './newEntry';
import type { LintContext } from './lintContext';

/** What stands at the top of a policy: whether there is anything, and whether it is what the loader expects there. */
export function findInDocument(context: LintContext): void {
  const { tree, findings, source, root } = context;
  if (root !== undefined) {
    findDefaults(context, root);
    findRules(context, root);
    findVersion(context, root);
  } else if (tree.root === undefined || context.value(tree.root) === null) {
    if (tree.problems.length > 0) return;
    const message =
      'There is nothing in this file. The loader takes it for a policy without rules: every action gets the risk level medium and is blocked. Write rules.';
    findings.warning('empty-policy', { message, span: source.top() });
  } else {
    const noun = pyNoun(context.value(tree.root));
    const message = `The loader refuses this file: a policy is a mapping with keys such as "rules", and this is ${noun}.`;
    findings.error('not-a-mapping', { message, span: source.firstLine(tree.root.span) });
  }
}

function findDefaults(context: LintContext, root: MappingNode): void {
  const entry = entryOf(root, 'defaults');
  if (entry === undefined || entry.value.kind === 'mapping') return;
  const noun = pyNoun(context.value(entry.value));
  const span = entry.key.span;
  if (context.isTruthy(entry.value)) {
    const message = `The loader refuses this file: "defaults" must be a mapping with "risk_level" and "approval", and is ${noun}.`;
    context.findings.error('defaults-not-a-mapping', { message, span });
  } else if (context.isWhole) {
    const message =
      'There are no defaults here, so an action that no rule matches gets the risk level medium and is blocked. Write "risk_level" and "approval" below it.';
    context.findings.information('empty-defaults', { message, span });
  }
}

function findRules(context: LintContext, root: MappingNode): void {
  const entry = entryOf(root, 'rules');
  if (entry === undefined || !context.isTruthy(entry.value)) {
    if (!context.isWhole) return;
    const message = 'There are no rules, so every action gets the defaults. Write a list of rules under "rules".';
    context.findings.warning('no-rules', { message, span: entry?.key.span ?? context.source.top() });
  } else if (entry.value.kind !== 'sequence') {
    const noun = pyNoun(context.value(entry.value));
    const message = `The loader refuses this file: "rules" must be a list, each rule behind a "-", and is ${noun}.`;
    context.findings.error('rules-not-a-list', { message, span: entry.key.span });
  }
}

function findVersion(context: LintContext, root: MappingNode): void {
  const entry = entryOf(root, 'version');
  if (entry !== undefined) findInVersion(context, entry);
  else if (context.isWhole) {
    const message =
      'There is no "version". The loader takes the policy for version 1; its JSON Schema asks for the key. Write version: "1".';
    const fixes = versionFix(context, root);
    context.findings.information('missing-version', { message, span: context.source.top(), fixes });
  }
}

function versionFix({ source }: LintContext, root: MappingNode): Fix[] {
  const fix = entryFix(source, root, { title: 'Add version: "1"', text: 'version: "1"' });
  return fix === undefined ? [] : [fix];
}

function findInVersion(context: LintContext, { key, value: node }: MappingEntry): void {
  const value = context.value(node);
  const span = spanOf(context, node.kind === 'scalar' && node.text !== '' ? node.span : key.span);
  const fixes: Fix[] =
    node.kind === 'scalar'
      ? [
          {
            title: 'Write "1"',
            edits: [{ span: node.span, text: node.text === '' ? ' "1"' : '"1"' }],
            isPreferred: true,
            isSafe: false,
          },
        ]
      : [];
  try {
    const version = pyInt(value);
    if (typeof value === 'bigint' || typeof value === 'string') return;
    const message = `The loader makes ${version} of the version ${shownValue(value)}. Write a whole number in quotes, such as "1".`;
    context.findings.warning('invalid-version', { message, span, fixes });
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const message = `The loader refuses this file: the version must be a whole number, and is ${shownValue(value)}. Write "1".`;
    context.findings.error('invalid-version', { message, span, fixes });
  }
}

function spanOf({ source }: LintContext, span: Span): Span {
  return source.firstLine(span);
}
