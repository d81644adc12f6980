import { quantity } from '../../text/quantity';
import { visible } from '../../text/visible';
import { alternatives } from '../alternatives';
import type { Condition, ParameterKey } from '../conditions/condition';
import { semanticWords } from '../conditions/semantic';
import { parseTimeOfDay } from '../conditions/timeOfDay';
import { isTooLongPattern } from '../lint/overlap/patternLength';
import { pyContains } from '../pyEquality';
import { PyError, TooMuchWork, Work } from '../pyError';
import { compilePythonRegex } from '../pythonRegex/compilePythonRegex';
import { isList, isMapping } from '../pyValues';
import { shownValue } from '../shownValue';
import type { PyValue } from '../yamlTree';
import { DAYS } from '../weekdayNames';

const FAILS = 'so that the evaluation fails';

/** All conditions of a rule as a clause, in the order in which they are asked. */
export function allConditionWords(conditions: readonly Condition[]): string {
  const parts = conditions.slice(0, MOST_CONDITIONS).map(conditionWords);
  const more = conditions.length - parts.length;
  if (more > 0) parts.push(`${quantity(more, 'other condition')} ${more === 1 ? 'holds' : 'hold'}`);
  return `${parts.join(', and ')}${isEmptyWindow(conditions) ? ', which is never so on one day' : ''}`;
}

const MOST_CONDITIONS = 12;

/** When a condition holds, as a clause: `it is 18:00 UTC or later`. What is said of it is what an evaluation does. */
export function conditionWords({ key, value }: Pick<Condition, 'key' | 'value'>): string {
  switch (key) {
    case 'time_after':
      return timeWords(value, (time) => `it is ${time} UTC or later`);
    case 'time_before':
      return timeWords(value, (time) => `it is earlier than ${time} UTC`);
    case 'weekdays':
      return weekdayWords(value);
    case 'semantic':
      return semanticPhrase(value);
    default:
      return typeof key === 'string' && Object.hasOwn(RELATIONS, key)
        ? parameterWords(key as ParameterKey, value)
        : `the condition ${shownValue(key)} holds, which does not exist, so it never does`;
  }
}

function timeWords(value: PyValue, clause: (time: string) => string): string {
  const minutes = minutesOf(value);
  if (minutes === undefined) return `${clause(shownValue(value))}, which is no time of day, ${FAILS}`;
  const two = (part: number): string => String(part).padStart(2, '0');
  return clause(`${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
}

/** Since midnight; undefined for what is no time. */
function minutesOf(value: PyValue): number | undefined {
  try {
    return parseTimeOfDay(value) / 60_000_000;
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
}

function isEmptyWindow(conditions: readonly Condition[]): boolean {
  const [after, before] = (['time_after', 'time_before'] as const).map((name) => {
    const found = conditions.find(({ key }) => key === name);
    return found && minutesOf(found.value);
  });
  return after !== undefined && before !== undefined && after >= before;
}

function weekdayWords(value: PyValue): string {
  try {
    const work = new Work(WORK);
    const days = DAYS.filter((_, i) => pyContains(value, BigInt(i + 1), work));
    if (days.length === 0) return `the day is among ${shownValue(value)}, where none is, so it never is`;
    return days.length === DAYS.length ? 'it is any day' : `it is ${alternatives(days)} in UTC`;
  } catch (error) {
    if (error instanceof TooMuchWork) return `the day is among ${shownValue(value)}`;
    if (!(error instanceof PyError)) throw error;
    return `the day is among ${shownValue(value)}, which is no list of days, ${FAILS}`;
  }
}

/** What is only to be shown is not worth more. */
const WORK = 200_000;

function semanticPhrase(value: PyValue): string {
  if (value === null) return 'semantic holds, which names no word, so it never does';
  try {
    const words = semanticWords(value);
    if (words.length === 0) return `one of its words is in ${shownValue(value)}, where none counts, so it never is`;
    const shown = words.slice(0, MOST_NAMED).map((word) => visible(word, 40));
    const more = words.length - shown.length;
    return `one of its words is ${more > 0 ? `${shown.join(', ')} or one of ${quantity(more, 'other')}` : alternatives(shown)}`;
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    return `one of its words is in ${shownValue(value)}, which is no text, ${FAILS}`;
  }
}

const MOST_NAMED = 6;

const RELATIONS: Readonly<Record<ParameterKey, string>> = {
  param_eq: 'equals',
  param_gt: 'is greater than',
  param_lt: 'is less than',
  param_gte: 'is at least',
  param_lte: 'is at most',
  param_contains: 'contains',
  param_matches: 'has a match for',
};

function parameterWords(key: ParameterKey, value: PyValue): string {
  if (!isMapping(value)) return `${key} holds, which is no mapping of parameters, ${FAILS}`;
  if (value.entries.length === 0) return `${key} holds, which asks for nothing`;
  const shown = value.entries
    .slice(0, MOST_NAMED)
    .map(
      ([parameter, expected]) =>
        `the parameter ${shownValue(parameter)} ${RELATIONS[key]} ${shownValue(expected)}${oddity(key, expected)}`,
    );
  const more = value.entries.length - shown.length;
  return [...shown, ...(more > 0 ? [`the same of ${quantity(more, 'other parameter')}`] : [])].join(', and ');
}

/** What is to be known of a value besides; empty where it is as it looks. */
function oddity(key: ParameterKey, expected: PyValue): string {
  switch (key) {
    case 'param_eq':
      return expected === null ? ', which it never does: null counts as not there' : '';
    case 'param_contains':
      return '';
    case 'param_matches':
      return typeof expected === 'string' ? patternOddity(expected) : '';
    default:
      return expected === null || isMapping(expected)
        ? ', with which nothing compares: where it is there, the evaluation fails'
        : '';
  }
}

function patternOddity(pattern: string): string {
  if (isTooLongPattern(pattern)) return ', which is too long to be searched for, so it never has';
  const compiled = compilePythonRegex(pattern);
  if (!('problem' in compiled)) return '';
  return compiled.problem.raises === 're.error'
    ? ', which is no regular expression, so it never has'
    : `, which is no regular expression, ${FAILS}`;
}

/** The day that a value stands for in a list of days; undefined where it is none. */
export function dayName(value: PyValue): string | undefined {
  if (isList(value)) return undefined;
  return DAYS.find((_, i) => pyContains([value], BigInt(i + 1)));
}
