import type { ParameterKey } from '../conditions/condition';
import { isMapping } from '../pyValues';
import { PyError, TooMuchWork } from '../pyError';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode } from '../yamlTree';
import type { LintContext } from './lintContext';
import { parameterConstraint, parameterKey, type Asked } from './overlap/conditionConstraints';
import { ANY_VALUE, both, isNone, type ParameterSet } from './overlap/parameterSet';

/** Conditions on one parameter that cannot hold together. */
export function findContradictions(context: LintContext, conditions: MappingNode): void {
  const asked = new Map<string, { set: ParameterSet; readonly members: MappingEntry[] }>();
  for (const { key, value, isOverwritten } of conditions.entries) {
    const operator = key.kind === 'scalar' && !isOverwritten ? key.value : undefined;
    if (!isParameterKey(operator) || value.kind !== 'mapping' || !isMapping(context.value(value))) continue;
    for (const member of value.entries) {
      const set = member.isOverwritten ? undefined : setOf(context, member, operator);
      if (set === undefined) continue;
      const name = parameterKey(context.value(member.key));
      const known = asked.get(name) ?? { set: ANY_VALUE, members: [] };
      asked.set(name, known);
      if (isNone(both(known.set, set))) tell(context, member, known.members);
      else {
        known.set = both(known.set, set);
        known.members.push(member);
      }
    }
  }
}

function isParameterKey(key: unknown): key is ParameterKey {
  return typeof key === 'string' && /^param_(?:eq|gt|lt|gte|lte|contains|matches)$/.test(key);
}

function setOf(context: LintContext, { key, value }: MappingEntry, operator: ParameterKey): ParameterSet | undefined {
  const asked = askedOf(context, { key, value }, operator);
  // What never holds by itself is told of elsewhere.
  if (asked === 'never' || asked === 'fails') return undefined;
  return asked.reduce((set, each) => (each.kind === 'parameter' ? both(set, each.set) : set), ANY_VALUE);
}

function askedOf(
  context: LintContext,
  { key, value }: Pick<MappingEntry, 'key' | 'value'>,
  operator: ParameterKey,
): Asked {
  try {
    return parameterConstraint(
      { operator, parameter: context.value(key), expected: context.value(value) },
      () => false,
    );
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return 'fails';
    throw error;
  }
}

function tell(context: LintContext, { key, value }: MappingEntry, others: readonly MappingEntry[]): void {
  const name = shownValue(context.value(key));
  const message = `No value of the parameter ${name} fulfils this and what else is asked of it, so the rule never matches. For one or the other write two rules.`;
  const related = others.map((other) => ({
    span: context.source.firstLine(other.value.span),
    message: `This is asked of ${name}, too.`,
  }));
  context.findings.warning('never-holds', { message, span: context.source.firstLine(value.span), related });
}
