import { entryOf } from '../entryOf';
import { pyNoun } from '../pyValues';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode } from '../yamlTree';
import type { Fix } from './diagnostic';
import { findInConditions } from './conditionFindings';
import { findKeys } from './keyFindings';
import type { LintContext, LintedRule } from './lintContext';
import { entryFix } from './newEntry';
import { findPattern } from './patternFindings';
import { ruleHead } from './ruleHead';
import { findVerdict } from './verdictFindings';
import { quoteFix } from './rewrite';
import { readingFixes, readingOf } from './yamlReadings';

/** What is written in one rule, without regard to the others. */
export function findInRule(context: LintContext, linted: LintedRule): void {
  const { node, item } = linted;
  if (!context.isNew(item)) return;
  if (node === undefined) {
    const noun = item.kind === 'scalar' && item.value === null ? 'empty' : pyNoun(context.value(item));
    const message = `The loader refuses this file: a rule must be a mapping with keys such as "match" and "approval", and this is ${noun}.`;
    context.findings.error('rule-not-a-mapping', { message, span: context.source.firstLine(item.span) });
    return;
  }
  findKeys(context, node, 'rule');
  findName(context, node);
  findMatch(context, linted, node);
  findVerdict(context, node);
  const conditions = entryOf(node, 'conditions');
  if (conditions !== undefined) findInConditions(context, conditions, linted.isWhole);
}

function findName(context: LintContext, rule: MappingNode): void {
  const entry = entryOf(rule, 'name');
  if (entry === undefined) return;
  const { key, value: node } = entry;
  const value = context.value(node);
  if (typeof value === 'string') return;
  const span = context.source.firstLine(node.span.end > node.span.start ? node.span : key.span);
  const reported = context.isTruthy(node)
    ? `is reported as ${shownValue(value)}, and not as a text`
    : 'counts as no name, and its patterns are reported in its place';
  const reading = node.kind === 'scalar' ? readingOf(node) : undefined;
  if (node.kind === 'scalar' && reading !== undefined) {
    const message = `${reading.clause}, so this rule ${reported}. Write the name in quotes.`;
    context.findings.warning(reading.code, { message, span, fixes: readingFixes(node, reading).slice(0, 1) });
    return;
  }
  const isBoolean = typeof value === 'boolean';
  const fixes = node.kind === 'scalar' && node.style === 'plain' && value !== null ? [quoteFix(node)] : [];
  const message = `The name is ${value === null ? 'empty' : pyNoun(value)}, so this rule ${reported}. Write a text${fixes.length > 0 ? ', in quotes' : ''}.`;
  context.findings.add(isBoolean ? 'yaml-boolean' : 'non-string', isBoolean ? 'warning' : 'information', {
    message,
    span,
    fixes,
  });
}

function findMatch(context: LintContext, linted: LintedRule, rule: MappingNode): void {
  const { isWhole } = linted;
  const entry = entryOf(rule, 'match');
  if (entry === undefined) {
    if (!isWhole) return;
    const message =
      'This rule has no "match", so it matches every action that gets to it. Write one, if only with type: "*" to say so.';
    const fix = entryFix(context.source, rule, { title: 'Add match: { type: "*" }', text: 'match: { type: "*" }' });
    const span = ruleHead(context, linted);
    context.findings.warning('missing-match', { message, span, fixes: fix === undefined ? [] : [fix] });
    return;
  }
  const { value: match } = entry;
  if (match.kind !== 'mapping') refuseMatch(context, entry, isWhole);
  else if (match.entries.length === 0 && isWhole) {
    const message =
      'There is nothing in this "match", so the rule matches every action that gets to it. Write type: "*" to say so.';
    const fixes: Fix[] = [everythingFix('Write { type: "*" }', match.span, '{ type: "*" }')];
    context.findings.warning('missing-match', { message, span: context.source.firstLine(match.span), fixes });
  } else if (context.isNew(match)) {
    findKeys(context, match, 'match');
    for (const part of ['type', 'target', 'agent'] as const) {
      const pattern = entryOf(match, part);
      if (pattern !== undefined) findPattern(context, pattern, { part, glob: linted.rule?.match[part].glob });
    }
  }
}

function refuseMatch(context: LintContext, { key, value: node }: MappingEntry, isWhole: boolean): void {
  const { findings, source } = context;
  if (node.kind === 'scalar' && node.value === null) {
    if (!isWhole) return;
    const message =
      'The loader refuses this file: there is nothing in this "match". Write what the rule matches, such as type: "*".';
    const isAbsent = node.span.end === node.span.start;
    const fixes = [everythingFix('Write { type: "*" }', node.span, `${isAbsent ? ' ' : ''}{ type: "*" }`)];
    findings.error('missing-match', { message, span: key.span, fixes });
    return;
  }
  const noun = pyNoun(context.value(node));
  const message = `The loader refuses this file: "match" must be a mapping with type, target or agent, and is ${noun}.`;
  const isText =
    node.kind === 'scalar' && typeof node.value === 'string' && source.isOneLine(node.span) && node.text !== '';
  const span = isText ? node.span : key.span;
  const fixes: Fix[] = isText
    ? [everythingFix('Write it as the type', node.span, `{ type: ${quoteFix(node).edits[0].text} }`)]
    : [];
  findings.error('match-not-a-mapping', { message, span, fixes });
}

function everythingFix(title: string, span: Fix['edits'][number]['span'], text: string): Fix {
  return { title, edits: [{ span, text }], isPreferred: true, isSafe: false };
}
