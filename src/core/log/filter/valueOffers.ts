import { entries } from '../../text/quantity';
import { visible } from '../../text/visible';
import type { EntryIndex, Indexed } from '../entryIndex';
import { OUTCOMES, WITHOUT_STATUS, outcomesOf, type WithoutStatus } from '../outcomes';
import { RISKS } from '../sessions';
import { fieldOf, type Field } from './fields';
import { isNothing } from './filter';
import type { Operator } from './splitTerms';
import { folded } from './textPattern';

/** A value that may be written, what it is called in a list, and what it means. */
export interface Offer {
  readonly label: string;
  readonly detail: string;
  readonly insert: string;
}

/** The entries whose values are offered. */
export interface Counted {
  readonly index: EntryIndex;
  /** Which of them count; undefined: all. */
  readonly positions: Uint32Array | undefined;
}

const LONGEST_LABEL = 80;
/** A longer value is not offered: nobody chooses by reading it. */
const LONGEST_VALUE = 200;
/** Of a column in which nearly every entry has a value of its own, the first so many are looked through. */
const MOST_VALUES = 100_000;

/** What may stand behind a field's colon and operator. */
export function valuesOf(
  field: Field,
  operator: Operator,
  typed: string,
  from: Counted | undefined,
  most: number,
): Offer[] {
  const wanted = folded(typed);
  const matching = (offers: readonly Offer[]): Offer[] =>
    offers.filter(({ insert }) => insert.startsWith(wanted) && insert !== wanted);
  switch (field.is.kind) {
    case 'column': {
      const words = operator === '' || operator === '=';
      const values = words ? columnOffers(field, field.is.column, wanted, from, most) : [];
      const offers = words && field.is.isOutcome ? [...values, ...withoutStatus(wanted, from)].slice(0, most) : values;
      // The number of entries is that of the whole value.
      const isPart = field.is.isPart === true && operator === '';
      return isPart ? offers.map((offer) => ({ ...offer, insert: `=${offer.insert}` })) : offers;
    }
    case 'risk': {
      const words = bySeverity(columnOffers(field, 'risk', wanted, from, most));
      if (operator === '') return [...words, ...matching(RISK_COMPARISONS)].slice(0, most);
      return operator === '=' ? words : words.filter(({ insert }) => field.words!.includes(insert.toLowerCase()));
    }
    case 'number':
      return operator === '' ? matching(COMPARISONS) : [];
    case 'time':
      return matching(operator === '' ? [...LATELY.map(since), ...TIME_COMPARISONS] : LATELY);
    case 'has':
      return matching(
        field.words!.map((word) => ({ label: word, detail: `has ${fieldOf(word)!.name} recorded`, insert: word })),
      );
    case 'text':
    case 'content':
      return [];
  }
}

/** The highest risk first, then what else was recorded. */
function bySeverity(offers: readonly Offer[]): Offer[] {
  const severity = ({ insert }: Offer): number => (RISKS as readonly string[]).indexOf(insert.toLowerCase());
  return offers.toSorted((a, b) => severity(b) - severity(a));
}

const comparison = (operator: string, detail: string): Offer => ({ label: operator, detail, insert: operator });

const RISK_COMPARISONS = [
  comparison('>=high', 'high and critical'),
  comparison('>=medium', 'medium, high and critical'),
  comparison('<high', 'low and medium'),
];
const COMPARISONS = [
  comparison('>=', 'that or more'),
  comparison('<=', 'that or less'),
  comparison('>', 'more'),
  comparison('<', 'less'),
];
const TIME_COMPARISONS = [comparison('>=', 'from a time on'), comparison('<', 'before a time')];
const LATELY = [
  comparison('-15m', '15 minutes ago'),
  comparison('-1h', 'an hour ago'),
  comparison('-24h', '24 hours ago'),
  comparison('-7d', '7 days ago'),
];

function since({ insert, detail }: Offer): Offer {
  return comparison(`>=${insert}`, `from ${detail} until now`);
}

/** The values that a column has, then those that the format knows beyond them. */
function columnOffers(field: Field, column: Indexed, wanted: string, from: Counted | undefined, most: number): Offer[] {
  const recorded = from === undefined ? [] : recordedValues(from, column, wanted);
  const isAll = from !== undefined && from.index.columns[column].dictionary.values.length <= MOST_VALUES;
  const fromLog = recorded.slice(0, most).map(({ value, count }) => ({
    label: value === null ? 'none' : cut(value),
    detail: `${value === null ? 'nothing recorded: ' : ''}${isAll ? '' : 'at least '}${entries(count)}`,
    insert: value === null ? 'none' : quoted(value, field),
  }));
  const known = (field.words ?? []).filter(
    (word) => word.includes(wanted) && !recorded.some(({ text }) => text === word),
  );
  const detail = isAll ? notIn(from) : '';
  return [...fromLog, ...known.map((word) => ({ label: word, detail, insert: word }))].slice(0, most);
}

function notIn({ positions }: Counted): string {
  return positions === undefined ? 'not in this log' : 'not in this session';
}

/** What entries without a status count as. */
function withoutStatus(wanted: string, from: Counted | undefined): Offer[] {
  const counts = OUTCOMES.map(() => 0);
  if (from !== undefined) {
    const outcomeAt = outcomesOf(from.index);
    forEach(from, (position) => counts[outcomeAt(position)]++);
  }
  return WITHOUT_STATUS.filter((word) => word.startsWith(wanted) && word !== wanted).map((word) => {
    const count = counts[OUTCOMES.indexOf(word)];
    const found = from === undefined ? '' : `: ${count === 0 ? notIn(from) : entries(count)}`;
    return { label: word, detail: `${MEANINGS[word]}${found}`, insert: word };
  });
}

function forEach({ index, positions }: Counted, take: (position: number) => void): void {
  if (positions === undefined) for (let i = 0; i < index.size; i++) take(i);
  else for (const position of positions) take(position);
}

const MEANINGS: Readonly<Record<WithoutStatus, string>> = {
  block: 'block decided, no outcome',
  open: 'no outcome, no block decided',
  attempt: 'outcome in an entry of its own',
};

interface Recorded {
  /** null: nothing was recorded. */
  readonly value: string | null;
  readonly text: string;
  count: number;
}

/** Those that begin with what is wanted before those that have it elsewhere, each the most frequent first. */
function recordedValues(from: Counted, column: Indexed, wanted: string): Recorded[] {
  const { dictionary, ids } = from.index.columns[column];
  const counts = new Uint32Array(dictionary.values.length);
  forEach(from, (position) => counts[ids[position]]++);
  const found = new Map<string, Recorded>();
  const end = Math.min(counts.length, MOST_VALUES);
  for (let id = 0; id < end; id++) {
    const value = dictionary.values[id];
    if (counts[id] === 0 || (value?.length ?? 0) > LONGEST_VALUE) continue;
    const isNone = isNothing(value);
    const text = isNone ? 'none' : folded(value!);
    if (!text.includes(wanted)) continue;
    // A filter does not tell case apart, so neither does the number of entries that it finds.
    const key = isNone ? '' : text;
    const known = found.get(key);
    if (known !== undefined) known.count += counts[id];
    // What cannot be shown as it is cannot be typed either.
    else if (isNone || visible(value!, LONGEST_VALUE) === value) {
      found.set(key, { value: isNone ? null : value, text, count: counts[id] });
    }
  }
  const rank = ({ text }: Recorded): number => (text.startsWith(wanted) ? 0 : 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}

function cut(value: string): string {
  if (value.length <= LONGEST_LABEL) return value;
  // Not through the middle of a character.
  return `${value.slice(0, LONGEST_LABEL - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A value as a filter has it: in quotes where it would be read as something else. */
function quoted(value: string, { is }: Field): string {
  const isOurs =
    (is.kind === 'column' && is.isOutcome === true && /^(?:open|block)$/i.test(value)) ||
    // Outside of quotes it is taken for a slip of the pen.
    (is.kind === 'risk' && !(RISKS as readonly string[]).includes(value.toLowerCase()));
  const isSpecial = isOurs || value === '' || /[\s",*?]/.test(value) || /^(?:[<>=]|none$)/i.test(value);
  return isSpecial ? `"${value.replaceAll('"', '""')}"` : value;
}
