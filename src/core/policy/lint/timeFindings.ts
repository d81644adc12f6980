import { parseTimeOfDay } from '../conditions/timeOfDay';
import { entryOf } from '../entryOf';
import { PyError } from '../pyError';
import { pyStrip } from '../pyText';
import { pyNoun } from '../pyValues';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode, PyValue, ScalarNode } from '../yamlTree';
import type { Fix } from './diagnostic';
import type { LintContext } from './lintContext';
import { quoteFix } from './rewrite';
import { readingOf } from './yamlReadings';

type TimeKey = 'time_after' | 'time_before';

/** The times of day in conditions, and whether there is any time between them. */
export function findTimes(context: LintContext, conditions: MappingNode): void {
  const after = entryOf(conditions, 'time_after');
  const before = entryOf(conditions, 'time_before');
  const from = after && findTime(context, after, 'time_after');
  const until = before && findTime(context, before, 'time_before');
  if (before !== undefined && until === 0) {
    const message =
      'No time of a day is before 00:00, so this rule never matches. For the whole day leave out the condition.';
    context.findings.warning('empty-time-window', { message, span: context.source.firstLine(before.value.span) });
  } else if (
    after !== undefined &&
    before !== undefined &&
    from !== undefined &&
    until !== undefined &&
    from >= until
  ) {
    const [first, second] = after.key.span.start < before.key.span.start ? [after, before] : [before, after];
    const [fromText, untilText] = [after, before].map(({ value }) => shownValue(context.value(value)));
    const message = `No time of a day is both after ${fromText} and before ${untilText} (UTC), so this rule never matches. For a time over midnight write two rules, one with each of the conditions.`;
    const related = [{ span: context.source.firstLine(second.value.span), message: 'The other end of the window.' }];
    context.findings.warning('empty-time-window', {
      message,
      span: context.source.firstLine(first.value.span),
      related,
    });
  }
}

/** @returns in microseconds since midnight; undefined for what is no time */
function findTime(context: LintContext, { key, value: node }: MappingEntry, name: TimeKey): number | undefined {
  const value = context.value(node);
  const span = context.source.firstLine(node.span.end > node.span.start ? node.span : key.span);
  const reading = node.kind === 'scalar' ? readingOf(node) : undefined;
  if (node.kind === 'scalar' && reading?.code === 'sexagesimal-time') {
    const message = `An evaluation that gets here fails: ${reading.clause}. Write the time in quotes.`;
    const isTime = timeOf(context, node.text) !== undefined;
    const fixes = [quoteFix(node, node.text, isTime)];
    context.findings.error('sexagesimal-time', { message, span, fixes });
    return undefined;
  }
  const time = timeOf(context, value);
  if (time === undefined) {
    const what = typeof value === 'string' ? `${shownValue(value)} is no time of day` : `this is ${pyNoun(value)}`;
    const message = `An evaluation that gets here fails: ${what}. Write hours and minutes in quotes, such as "18:00".`;
    const fixes = node.kind === 'scalar' ? timeFixes(context, node) : [];
    context.findings.error('invalid-time', { message, span, fixes });
  } else if (typeof value === 'string' && context.isNewAs(name, node)) findIgnored(context, value, { name, span });
  return time;
}

function timeOf(context: LintContext, value: PyValue): number | undefined {
  try {
    return context.once(parseTimeOfDay, value);
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
}

function findIgnored(
  { findings }: LintContext,
  text: string,
  { name, span }: { readonly name: TimeKey; readonly span: MappingEntry['key']['span'] },
): void {
  const [hours, minutes, ...rest] = pyStrip(text).split(':');
  const ignored = rest.join(':');
  if (rest.length === 0 || /^0*$/.test(ignored)) return;
  const message = `The loader does not look at what follows the minutes: ${name} is ${hours}:${minutes}, in UTC. Leave out ${shownValue(`:${ignored}`, 30)}.`;
  const areSeconds = /^[0-5]?\d(?:\.\d+)?$/.test(ignored);
  findings.add('ignored-seconds', areSeconds ? 'information' : 'warning', { message, span });
}

/** Longer texts are no times in any way of writing them. */
const LONGEST_TIME = 100;

/** What was meant by times that are written in other ways. */
function timeFixes(context: LintContext, node: ScalarNode): Fix[] {
  if (node.text.length > LONGEST_TIME) return [];
  const text = node.text.trim();
  const [, hours, minutes, half] = /^(\d{1,2})(?:[.:h ]?(\d\d))?\s*([ap])\.?m\.?$/i.exec(text) ?? [];
  if (half !== undefined) {
    const isAfternoon = half.toLowerCase() === 'p';
    return timeFix(
      context,
      node,
      (Number(hours) % 12) + (isAfternoon ? 12 : 0),
      minutes,
      Number(hours) <= 12 && Number(hours) > 0,
    );
  }
  const [, wholeHours] = /^(\d{1,2}):?(?:00)?$/.exec(text) ?? [];
  if (wholeHours !== undefined && text.length <= 2) return timeFix(context, node, Number(wholeHours), '00', true, true);
  const [, plainHours, plainMinutes] = /^(\d{1,2})[.h\-,: ]?(\d\d)(?:\s*(?:UTC|Z))?$/i.exec(text) ?? [];
  return plainHours === undefined ? [] : timeFix(context, node, Number(plainHours), plainMinutes, true);
}

function timeFix(
  context: LintContext,
  node: ScalarNode,
  hours: number,
  minutes: string | undefined,
  isTime: boolean,
  isSafe = false,
): Fix[] {
  const text = `${String(hours).padStart(2, '0')}:${minutes ?? '00'}`;
  return isTime && timeOf(context, text) !== undefined ? [quoteFix(node, text, isSafe)] : [];
}
