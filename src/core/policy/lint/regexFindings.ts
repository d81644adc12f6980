import { visible } from '../../text/visible';
import { LONGEST_PATTERN } from '../conditions/parameters';
import { PyError, TooMuchWork } from '../pyError';
import type { PatternProblem } from '../pythonRegex/patternProblem';
import type { MappingEntry, ScalarNode, Span, YamlNode } from '../yamlTree';
import type { LintContext } from './lintContext';
import { writtenValue } from './writtenValue';

/** The regular expression of a `param_matches`. */
export function findRegex(context: LintContext, { key, value: node }: MappingEntry): void {
  const pattern = patternOf(context, node);
  if (pattern === undefined) return;
  const span = context.source.firstLine(node.span.end > node.span.start ? node.span : key.span);
  const problem = context.patterns.problemOf(pattern);
  if (problem === 'not-read') {
    if (!context.isFirst('patterns that are not read')) return;
    const message =
      'There are too many patterns in this file to read them all. Nothing is said about this one and those behind it.';
    context.findings.information('lint-limit', { message, span });
  } else if (problem === 'too-long') {
    const most = LONGEST_PATTERN.toLocaleString('en-US');
    const message = `This pattern is longer than ${most} characters: it is never searched for, and the rule never matches. Write a shorter one.`;
    context.findings.warning('invalid-regex', { message, span });
  } else if (problem !== undefined) refuse(context, node, problem, span);
}

function refuse(context: LintContext, node: YamlNode, problem: PatternProblem, span: Span): void {
  const { message: said, offset, raises } = problem;
  const why = `Python does not take this pattern (${visible(said, 120)})`;
  const place = node.kind === 'scalar' ? placeIn(context, node, offset) : span;
  if (raises === 're.error') {
    const message = `${why}, so it matches nothing, and the rule never matches. Correct the pattern.`;
    context.findings.warning('invalid-regex', { message, span: place ?? span });
  } else {
    const message = `An evaluation fails where there is such a parameter: ${why}. Correct the pattern.`;
    context.findings.error('invalid-regex', { message, span: place ?? span });
  }
}

function patternOf(context: LintContext, node: MappingEntry['value']): string | undefined {
  try {
    return context.once(writtenValue, context.value(node));
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return undefined;
    throw error;
  }
}

/** The place in the file of a place in a pattern, where the pattern is written as it is read. */
function placeIn({ source }: LintContext, { span, style, text }: ScalarNode, offset: number): Span | undefined {
  const start = span.start + (style === 'plain' ? 0 : 1);
  if (style === 'literal' || style === 'folded' || !source.text.startsWith(text, start)) return undefined;
  const at = start + Math.min(offset, text.length - 1);
  return text === '' || !source.isOneLine(span) ? undefined : { start: at, end: start + text.length };
}
