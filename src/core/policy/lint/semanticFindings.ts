import { semanticWords } from '../conditions/semantic';
import { entryOf } from '../entryOf';
import { PyError } from '../pyError';
import { pyNoun } from '../pyValues';
import type { MappingNode } from '../yamlTree';
import type { LintContext } from './lintContext';
import { quoteFix } from './rewrite';

/** The words of a `semantic` condition. */
export function findSemantic(context: LintContext, conditions: MappingNode): void {
  const entry = entryOf(conditions, 'semantic');
  if (entry === undefined) return;
  const { key, value: node } = entry;
  const value = context.value(node);
  const span = context.source.firstLine(node.span.end > node.span.start ? node.span : key.span);
  if (value === null) {
    const message = 'This condition is empty and never holds, so the rule never matches. Write a category or words.';
    context.findings.warning('never-holds', { message, span });
    return;
  }
  try {
    if (context.once(semanticWords, value).length > 0) return;
    const message =
      'There is no word in this that is looked for, so the rule never matches. Words are of the letters a to z, digits and _, and more than "or", "the" and the like.';
    context.findings.warning('never-holds', { message, span });
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const message = `An evaluation that gets here fails: "semantic" must be a text, and is ${pyNoun(value)}. Write words in quotes.`;
    const fixes = node.kind === 'scalar' && node.style === 'plain' ? [quoteFix(node)] : [];
    context.findings.error('non-string', { message, span, fixes });
  }
}
