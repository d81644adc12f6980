import type { Span } from '../yamlTree';
import type { LintContext, LintedRule } from './lintContext';

/** What is underlined where a whole rule is meant: its name where it begins with it, else its first line. */
export function ruleHead({ source }: LintContext, { place, name }: LintedRule): Span {
  const first = source.firstLine(place);
  if (name === undefined) return first;
  const { start, end } = name.value.span;
  return start > first.start && start < end && end <= first.end ? { start, end } : first;
}
