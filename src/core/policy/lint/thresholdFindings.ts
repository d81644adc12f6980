import type { ParameterKey } from '../conditions/condition';
import { isDate, isList, pyNoun, pyNumber } from '../pyValues';
import { shownValue } from '../shownValue';
import type { MappingEntry, PyValue, ScalarNode } from '../yamlTree';
import type { Fix } from './diagnostic';
import type { LintContext } from './lintContext';
import { readingFixes, readingOf } from './yamlReadings';

/**
 * What a parameter is held against by a condition of order.
 *
 * @returns whether all was said of it
 */
export function findThreshold(
  context: LintContext,
  { key, value: node }: MappingEntry,
  operator: ParameterKey,
): boolean {
  const value = context.value(node);
  const span = context.source.firstLine(node.span.end > node.span.start ? node.span : key.span);
  if (typeof value === 'string') return findText(context, node as ScalarNode, operator);
  const number = pyNumber(value);
  if (number !== undefined) {
    if (!isBeyondAll(number, operator)) return false;
    const message = `No number is ${WORDS[operator]} ${shownValue(value)}, so this never holds, and the rule never matches.`;
    context.findings.warning('never-holds', { message, span });
    return true;
  }
  const reading = node.kind === 'scalar' ? readingOf(node) : undefined;
  if (node.kind === 'scalar' && reading !== undefined && isDate(value)) {
    const message = `${reading.clause}: an evaluation fails where the parameter is a text or a number. Write the date in quotes, which compares texts.`;
    context.findings.error(reading.code, { message, span, fixes: readingFixes(node, reading) });
    return true;
  }
  const what = value === null ? 'empty' : pyNoun(value);
  const whenever = hasOrder(value) ? `where the parameter is anything else` : 'where there is such a parameter';
  const message = `This is ${what}: an evaluation fails ${whenever}. Write a number.`;
  context.findings.error('non-numeric-comparison', { message, span });
  return true;
}

function hasOrder(value: PyValue): boolean {
  return isList(value) || (typeof value === 'object' && value !== null && 'kind' in value && value.kind !== 'mapping');
}

function isBeyondAll(number: bigint | number, operator: ParameterKey): boolean {
  if (Number.isNaN(number)) return true;
  return (operator === 'param_gt' && number === Infinity) || (operator === 'param_lt' && number === -Infinity);
}

const WORDS: Readonly<Partial<Record<ParameterKey, string>>> = {
  param_gt: 'greater than',
  param_lt: 'less than',
  param_gte: 'at least',
  param_lte: 'at most',
};

const NUMERIC = /^\s*[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?\s*$/;

function findText(context: LintContext, node: ScalarNode, operator: ParameterKey): boolean {
  const span = context.source.firstLine(node.span);
  const shown = shownValue(node.text, 40);
  if (NUMERIC.test(node.text)) {
    const why = node.style === 'plain' ? 'YAML 1.1 takes this for a text' : 'This is a text';
    const message = `${why}: an evaluation fails where the parameter is a number, and texts are compared character by character. Write a number.`;
    context.findings.error('non-numeric-comparison', { message, span, fixes: numberFixes(node) });
  } else if (/^\s*[-+$€£¥]?\s?\d/.test(node.text) && !/^\d{4}-\d|^\d{1,2}:\d\d/.test(node.text)) {
    const message = `${shown} is a text: texts are compared character by character ("9" is ${operator === 'param_gt' || operator === 'param_gte' ? 'greater' : 'not less'} than "10"), and an evaluation fails where the parameter is a number.`;
    context.findings.information('non-numeric-comparison', { message, span });
  }
  return true;
}

/** Longer ones are not made plainer by us. */
const LONGEST_NUMBER = 40;

/** The number that is written there, as YAML 1.1 reads one. */
function numberFixes(node: ScalarNode): Fix[] {
  if (node.text.length > LONGEST_NUMBER) return [];
  const text = node.text.trim().replaceAll('_', '').replace(/^\+/, '');
  const isWhole = /^-?\d+$/.test(text);
  const plain = isWhole ? String(BigInt(text)) : String(Number(text));
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return [];
  return [{ title: `Write ${plain}`, edits: [{ span: node.span, text: plain }], isPreferred: true, isSafe: false }];
}
