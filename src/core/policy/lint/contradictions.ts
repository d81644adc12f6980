import type { ParameterKey } from '../conditions/condition';
import { PyError, TooMuchWork } from '../pyError';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode, PyValue, YamlNode } from '../yamlTree';
import type { LintContext } from './lintContext';
import { parameterConstraint, parameterKey, type Asked } from './overlap/conditionConstraints';
import { ANY_VALUE, both, isNone, type ParameterSet } from './overlap/parameterSet';

/** Values that are held against each other in one file. Aliases can put a large mapping under thousands of rules. */
const MOST_MEMBERS = 50_000;

/** Conditions on one parameter that cannot hold together. */
export function findContradictions(context: LintContext, conditions: MappingNode): void {
  const asked = new Map<string, { set: ParameterSet; readonly members: MappingEntry[] }>();
  for (const { key, value, isOverwritten } of conditions.entries) {
    const operator = key.kind === 'scalar' && !isOverwritten ? key.value : undefined;
    if (!isParameterKey(operator) || value.kind !== 'mapping') continue;
    if (!context.mayCount('contradictions', value.entries.length, MOST_MEMBERS)) return tellLimit(context, key);
    for (const member of value.entries) {
      const set = member.isOverwritten ? undefined : context.once(SETS[operator], context.value(member.value));
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
  return typeof key === 'string' && Object.hasOwn(SETS, key);
}

type SetReader = (expected: PyValue) => ParameterSet | undefined;

/** The values that a parameter may have; undefined for what never holds by itself, of which is told elsewhere, and what is too long. */
const SETS: Readonly<Record<ParameterKey, SetReader>> = {
  param_eq: setReader('param_eq'),
  param_gt: setReader('param_gt'),
  param_lt: setReader('param_lt'),
  param_gte: setReader('param_gte'),
  param_lte: setReader('param_lte'),
  param_contains: setReader('param_contains'),
  param_matches: setReader('param_matches'),
};

function setReader(operator: ParameterKey): SetReader {
  return (expected) => {
    if (typeof expected === 'string' && expected.length > LONGEST_TEXT) return undefined;
    const asked = askedOf(operator, expected);
    if (asked === 'never' || asked === 'fails') return undefined;
    return asked.reduce((set, each) => (each.kind === 'parameter' ? both(set, each.set) : set), ANY_VALUE);
  };
}

const LONGEST_TEXT = 1000;

function askedOf(operator: ParameterKey, expected: PyValue): Asked {
  try {
    return parameterConstraint({ operator, parameter: '', expected }, () => false);
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return 'fails';
    throw error;
  }
}

function tellLimit(context: LintContext, { span }: YamlNode): void {
  if (!context.isFirst('contradictions')) return;
  const message =
    'There are too many conditions on parameters in this file to hold them all against each other. Nothing is said about these and those behind them.';
  context.findings.information('lint-limit', { message, span: context.source.firstLine(span) });
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
