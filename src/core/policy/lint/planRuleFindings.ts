import { entryOf } from '../entryOf';
import { APPROVALS, RISK_LEVELS } from '../policy';
import { pyInt } from '../pyInt';
import { PyError } from '../pyError';
import { pyItems, pyNoun } from '../pyValues';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode, PyValue, Span } from '../yamlTree';
import { findKeys } from './keyFindings';
import type { LintContext } from './lintContext';
import { fixesOf } from './verdictFindings';

/** The rules for plans: what stops the loading there, and what has no effect. */
export function findInPlanRules(context: LintContext, root: MappingNode): void {
  const entry = entryOf(root, 'plan_rules');
  if (entry === undefined || !context.isTruthy(entry.value)) return;
  if (entry.value.kind !== 'mapping') return refuse(context, entry, 'a mapping');
  findKeys(context, entry.value, 'plan_rules');
  const sequences = entryOf(entry.value, 'sequence_patterns');
  if (sequences !== undefined) findSequences(context, sequences);
  const cumulative = entryOf(entry.value, 'cumulative_risk');
  if (cumulative === undefined || !context.isTruthy(cumulative.value)) return;
  if (cumulative.value.kind === 'mapping') findCumulative(context, cumulative.value);
  else refuse(context, cumulative, 'a mapping');
}

function refuse(context: LintContext, { key, value }: MappingEntry, what: string): void {
  const message = `The loader refuses this file: ${shownValue(context.value(key))} must be ${what}, and is ${pyNoun(context.value(value))}.`;
  context.findings.error('invalid-plan-rules', { message, span: context.source.firstLine(key.span) });
}

function findSequences(context: LintContext, entry: MappingEntry): void {
  if (entry.value.kind !== 'sequence') {
    if (itemsOf(context.value(entry.value))?.length !== 0) refuse(context, entry, 'a list of mappings');
    return;
  }
  for (const item of entry.value.items) {
    if (!context.isNew(item)) continue;
    if (item.kind === 'mapping') findSequence(context, item);
    else {
      const message = `The loader refuses this file: a sequence pattern must be a mapping, and this is ${pyNoun(context.value(item))}.`;
      context.findings.error('invalid-plan-rules', { message, span: context.source.firstLine(item.span) });
    }
  }
}

function findSequence(context: LintContext, sequence: MappingNode): void {
  findKeys(context, sequence, 'sequence');
  findSteps(context, sequence);
  findNumber(context, sequence, 'window');
  findWord(context, sequence, 'approval', APPROVALS);
  findWord(
    context,
    sequence,
    'risk_level',
    RISK_LEVELS.map((level) => level.toLowerCase()),
  );
}

function findSteps(context: LintContext, sequence: MappingNode): void {
  const entry = entryOf(sequence, 'steps');
  const value = entry === undefined ? [] : context.value(entry.value);
  const span = context.source.firstLine(entry?.key.span ?? sequence.span);
  if (typeof value === 'string') {
    const message = 'This is a text: the loader takes each of its letters for a step. Write a list of patterns.';
    context.findings.warning('non-string', { message, span });
    return;
  }
  const steps = itemsOf(value);
  if (entry !== undefined && steps === undefined) refuse(context, entry, 'a list of patterns');
  else if (steps !== undefined && steps.length < 2 && context.isWhole) {
    const message =
      'A sequence of fewer than two steps never applies. Write the types of actions that must not follow one another.';
    context.findings.warning('never-holds', { message, span });
  }
}

function findCumulative(context: LintContext, cumulative: MappingNode): void {
  findKeys(context, cumulative, 'cumulative_risk');
  findWord(context, cumulative, 'on_exceed', APPROVALS);
  const most = findNumber(context, cumulative, 'max_total_risk');
  if (most === undefined || most > 0n || !context.isWhole) return;
  const span = context.source.firstLine((entryOf(cumulative, 'max_total_risk')?.value ?? cumulative).span);
  const message = 'Without a "max_total_risk" of more than 0 this has no effect.';
  context.findings.information('never-holds', { message, span });
}

/** @returns 0 where there is none; undefined where the loader refuses it */
function findNumber(context: LintContext, mapping: MappingNode, name: string): bigint | undefined {
  const entry = entryOf(mapping, name);
  if (entry === undefined) return 0n;
  try {
    return context.once(pyInt, context.value(entry.value));
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    refuse(context, entry, 'a whole number');
    return undefined;
  }
}

/** A word that is not known is taken for the strictest. */
function findWord(context: LintContext, mapping: MappingNode, name: string, known: readonly string[]): void {
  const entry = entryOf(mapping, name);
  if (entry === undefined) return;
  const { key, value: node } = entry;
  const value = context.value(node);
  if (typeof value === 'string' && value.length < 100 && known.includes(value.toLowerCase())) return;
  const strictest = known[known.length - 1];
  const code = name === 'risk_level' ? 'invalid-risk-level' : 'invalid-approval';
  const isWritten = node.kind === 'scalar' && node.span.end > node.span.start;
  const span: Span = context.source.firstLine(isWritten ? node.span : key.span);
  const message = `The loader takes ${shownValue(value)} for ${strictest} here. Write ${known.join(', ')}.`;
  context.findings.warning(code, { message, span, fixes: isWritten ? fixesOf(node, { known }) : [] });
}

function itemsOf(value: PyValue): readonly PyValue[] | undefined {
  try {
    return pyItems(value);
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
}
