import { entryOf } from '../core/policy/entryOf';
import { LintContext, type LintedRule } from '../core/policy/lint/lintContext';
import { writtenValue } from '../core/policy/lint/writtenValue';
import { DEFAULT_RULE, matchedName } from '../core/policy/policy';
import { PyError, TooMuchWork } from '../core/policy/pyError';
import type { PyValue, Span } from '../core/policy/yamlTree';
import type { LinePosition } from './linePositions';
import type { PolicyFile } from './readPolicyFile';

/**
 * Where the rules stand that a log calls by a name: that of the rule, `rule_<place>` for one without a name, the patterns of one whose
 * name counts as none, and `<default>` for the policy's defaults. Also found in a policy that the loader refuses, as far as it can be read.
 */
export function rulesNamed({ tree, text, positions }: PolicyFile, name: string): LinePosition[] {
  const context = new LintContext(tree, text);
  const places: Span[] = [];
  if (name === DEFAULT_RULE) {
    const defaults = context.root && entryOf(context.root, 'defaults');
    if (defaults !== undefined) places.push(defaults.key.span);
  } else {
    for (const linted of context.rules)
      if (nameInLog(context, linted) === name) places.push(linted.name?.key.span ?? linted.place);
  }
  return places.map(({ start }) => positions.at(start));
}

/** undefined for what no log has room for. */
function nameInLog(context: LintContext, { rule, name, index }: LintedRule): string | undefined {
  const written = (value: PyValue): string => context.once(writtenValue, value);
  try {
    if (rule !== undefined) return written(matchedName(rule, written));
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return undefined;
    throw error;
  }
  return name?.value.kind === 'scalar' ? name.value.text : `rule_${index}`;
}
