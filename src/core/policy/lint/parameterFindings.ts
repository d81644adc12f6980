import { visible } from '../../text/visible';
import { ORDER_SIGNS, type ParameterKey } from '../conditions/condition';
import { entryOf } from '../entryOf';
import { isMapping, pyNoun } from '../pyValues';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode, ScalarNode, YamlNode } from '../yamlTree';
import { walkYaml } from '../yamlWalk';
import type { LintContext } from './lintContext';
import { findRegex } from './regexFindings';
import { findThreshold } from './thresholdFindings';
import { readingFixes, readingOf } from './yamlReadings';

const PARAMETER_KEYS: readonly ParameterKey[] = [
  'param_eq',
  'param_gt',
  'param_lt',
  'param_gte',
  'param_lte',
  'param_contains',
  'param_matches',
];

/** The conditions on parameters. */
export function findParameters(context: LintContext, conditions: MappingNode): void {
  for (const operator of PARAMETER_KEYS) {
    const entry = entryOf(conditions, operator);
    if (entry === undefined) continue;
    const value = context.value(entry.value);
    if (!isMapping(value)) refuse(context, entry, operator);
    else if (value.entries.length === 0) {
      const message = `There is no parameter here, so "${operator}" always holds. Write one, or leave out the condition.`;
      context.findings.information('empty-conditions', { message, span: entry.key.span });
    } else if (entry.value.kind === 'mapping' && context.isNewAs(operator, entry.value))
      for (const member of entry.value.entries) if (!member.isOverwritten) findParameter(context, member, operator);
  }
}

function refuse(context: LintContext, { key, value: node }: MappingEntry, operator: ParameterKey): void {
  const message = `An evaluation that gets here fails: "${operator}" must be a mapping of parameters to values, such as { count: 5 }, and is ${pyNoun(context.value(node))}.`;
  context.findings.error('conditions-not-a-mapping', { message, span: key.span });
}

function findParameter(context: LintContext, member: MappingEntry, operator: ParameterKey): void {
  findParameterName(context, member.key);
  const { value: node } = member;
  // (Of what is empty, each key is told.)
  if (!context.isNewAs(`value of ${operator}`, node) && node.span.end > node.span.start) return;
  if (operator in ORDER_SIGNS && findThreshold(context, member, operator)) return;
  if (operator === 'param_eq' && node.kind === 'scalar' && node.value === null) {
    const message = 'A parameter that is null counts as missing, so this never holds, and the rule never matches.';
    const span = context.source.firstLine(node.span.end > node.span.start ? node.span : member.key.span);
    context.findings.warning('never-holds', { message, span });
  }
  findReadings(context, node, operator);
  if (operator === 'param_matches') findRegex(context, member);
}

function findParameterName(context: LintContext, key: YamlNode): void {
  if (key.kind !== 'scalar' || typeof key.value === 'string') return;
  const reading = readingOf(key);
  const what = reading?.clause ?? `This name is ${shownValue(key.value)}, ${pyNoun(key.value)}`;
  const message = `${what}, and no parameter that comes from JSON has such a name. Write the name in quotes.`;
  const fixes = key.style === 'plain' && key.text !== '' ? readingFixes(key, { ...EMPTY, ...reading }).slice(0, 1) : [];
  context.findings.warning(reading?.code ?? 'non-string', { message, span: context.source.firstLine(key.span), fixes });
}

const EMPTY = { code: 'yaml-boolean', clause: '', plainly: undefined } as const;

/** What YAML 1.1 reads otherwise than it looks, in a value or anywhere in it. */
function findReadings(context: LintContext, root: YamlNode, operator: ParameterKey): void {
  walkYaml(root, (node) => {
    if (!context.isNew(node)) return false;
    if (node.kind === 'scalar') findReading(context, node, operator);
    return true;
  });
}

function findReading(context: LintContext, node: ScalarNode, operator: ParameterKey): void {
  const reading = readingOf(node);
  if (reading === undefined) return;
  const never =
    operator === 'param_matches'
      ? 'the pattern is the text of that'
      : `never equal to the text "${visible(node.text, 40)}"`;
  const instead = reading.plainly === undefined ? '' : `, or ${reading.plainly} for what is read`;
  const message = `${reading.clause}, ${never}. Write it in quotes for the text${instead}.`;
  const span = context.source.firstLine(node.span);
  context.findings.warning(reading.code, { message, span, fixes: readingFixes(node, reading) });
}
