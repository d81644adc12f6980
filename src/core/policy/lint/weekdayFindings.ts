import { entryOf } from '../entryOf';
import { isList, isMapping, isSet, pyItems, pyNoun } from '../pyValues';
import { shownValue } from '../shownValue';
import { DAYS } from '../weekdayNames';
import type { MappingEntry, MappingNode, PyValue, ScalarNode, YamlNode } from '../yamlTree';
import type { Fix } from './diagnostic';
import type { LintContext } from './lintContext';
import { constraintsOf } from './overlap/conditionConstraints';
import { readingOf } from './yamlReadings';

/** The days in conditions. */
export function findWeekdays(context: LintContext, conditions: MappingNode): void {
  const entry = entryOf(conditions, 'weekdays');
  if (entry === undefined) return;
  const value = context.value(entry.value);
  if (!isList(value) && !isSet(value) && !isMapping(value)) return refuse(context, entry, value);
  const isNever = context.once(hasNoDay, value);
  if (pyItems(value).length === 0) {
    const message =
      'There is no day in this list, so the rule never matches. Write days from 1 for Monday to 7 for Sunday.';
    const span = context.source.firstLine(entry.value.span);
    context.findings.warning('never-holds', { message, span });
  } else if (entry.value.kind === 'sequence') {
    if (!context.isNewAs('weekdays', entry.value)) return;
    for (const item of entry.value.items) findDay(context, item, isNever);
  } else if (isNever) {
    const message =
      'There is no day from 1 for Monday to 7 for Sunday in this, so the rule never matches. Write a list of days.';
    context.findings.warning('never-holds', { message, span: entry.key.span });
  }
}

function hasNoDay(value: PyValue): boolean {
  return constraintsOf({ key: 'weekdays', value }, () => false) === 'never';
}

function refuse(context: LintContext, { key, value: node }: MappingEntry, value: PyValue): void {
  const span = context.source.firstLine(node.span.end > node.span.start ? node.span : key.span);
  const what = value === null ? 'is empty' : `is ${pyNoun(value)}`;
  const message = `An evaluation that gets here fails: "weekdays" must be a list of days from 1 for Monday to 7 for Sunday, and ${what}. Write it in brackets.`;
  const fixes: Fix[] = [];
  if (node.kind === 'scalar') {
    const day = typeof value === 'string' ? dayOf(value) : isDay(value) ? Number(value) : undefined;
    const isSafe = isDay(value);
    if (day !== undefined)
      fixes.push({
        title: `Write [${day}]`,
        edits: [{ span: node.span, text: `[${day}]` }],
        isPreferred: true,
        isSafe,
      });
  }
  context.findings.error('weekday-out-of-range', { message, span, fixes });
}

function isDay(value: PyValue): boolean {
  return typeof value === 'bigint' && value >= 1n && value <= 7n;
}

function findDay(context: LintContext, item: YamlNode, isNever: boolean): void {
  const value = context.value(item);
  const number = typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= 7) return;
  const span = context.source.firstLine(item.span);
  const reading = item.kind === 'scalar' ? readingOf(item) : undefined;
  const what = reading?.clause ?? `${shownValue(value)} is no day`;
  const effect = value === true ? 'it counts as 1, Monday' : isNever ? 'and the rule never matches' : 'and never holds';
  const message = `${what}, ${effect}. Days are numbers from 1 for Monday to 7 for Sunday.`;
  const fixes = item.kind === 'scalar' ? dayFixes(item) : [];
  context.findings.warning('weekday-out-of-range', { message, span, fixes });
}

function dayFixes(node: ScalarNode): Fix[] {
  const day = dayOf(node.text);
  if (day === undefined) return [];
  const title = `Replace by ${day}, ${DAYS[day - 1]}`;
  return [{ title, edits: [{ span: node.span, text: String(day) }], isPreferred: true, isSafe: false }];
}

/** The day that is meant by a name or its start, or by the number of Sunday elsewhere. */
function dayOf(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (/^0?[1-7]$/.test(word)) return Number(word);
  if (word === '0' || word === '8') return word === '0' ? 7 : undefined;
  if (word.length < 2) return undefined;
  const found = DAYS.findIndex((day) => day.toLowerCase().startsWith(word.replace(/\.$/, '')));
  return found === -1 ? undefined : found + 1;
}
