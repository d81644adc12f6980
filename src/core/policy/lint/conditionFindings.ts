import { isList, isMapping, pyNoun } from '../pyValues';
import type { MappingEntry, MappingNode, YamlNode } from '../yamlTree';
import { findContradictions } from './contradictions';
import type { Fix } from './diagnostic';
import { findKeys } from './keyFindings';
import type { LintContext } from './lintContext';
import { findParameters } from './parameterFindings';
import { findSemantic } from './semanticFindings';
import { findTimes } from './timeFindings';
import { findWeekdays } from './weekdayFindings';

/** What is written under `conditions`. */
export function findInConditions(context: LintContext, entry: MappingEntry, isWhole: boolean): void {
  const { key, value: node } = entry;
  if (!context.isTruthy(node)) {
    if (isWhole) findEmpty(context, entry);
    return;
  }
  if (node.kind !== 'mapping') {
    const noun = pyNoun(context.value(node));
    const message = `An evaluation that gets here fails: the conditions must be a mapping, and are ${noun}. Write each as a key, without "-".`;
    const fixes = unlistFix(context, node);
    context.findings.error('conditions-not-a-mapping', { message, span: key.span, fixes });
    return;
  }
  if (!context.isNew(node)) return;
  findKeys(context, node, 'conditions');
  findTimes(context, node);
  findWeekdays(context, node);
  findSemantic(context, node);
  findParameters(context, node);
  findContradictions(context, node);
}

function findEmpty(context: LintContext, { key, value: node }: MappingEntry): void {
  const message = 'There are no conditions here, so the rule matches without any. Write some, or leave out the key.';
  const value = context.value(node);
  const isMeant = isMapping(value) || (isList(value) && value.length === 0);
  context.findings.add('empty-conditions', isMeant ? 'information' : 'warning', { message, span: key.span });
}

/** Makes of a list of conditions, each in a line of its own, a mapping of them. */
function unlistFix({ source }: LintContext, node: YamlNode): Fix[] {
  if (node.kind !== 'sequence' || source.text[node.span.start] !== '-') return [];
  const dashes = node.items.map((item) =>
    isSingle(item) ? dashBefore(source.before(item.span.start), item) : undefined,
  );
  if (!dashes.every((dash) => dash !== undefined)) return [];
  const keys = node.items.map((item) => source.slice((item as MappingNode).entries[0].key.span));
  if (new Set(keys).size !== keys.length) return [];
  const edits = dashes.map((start) => ({ span: { start, end: start + 1 }, text: ' ' }));
  return [{ title: 'Write the conditions as a mapping', edits, isPreferred: true, isSafe: false }];
}

function isSingle(item: YamlNode): item is MappingNode {
  return item.kind === 'mapping' && item.entries.length === 1 && item.entries[0].key.span.start === item.span.start;
}

function dashBefore(before: string, { span }: YamlNode): number | undefined {
  const [, gap] = /^ *-( +)$/.exec(before) ?? [];
  return gap === undefined ? undefined : span.start - gap.length - 1;
}
