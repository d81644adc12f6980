import { visible } from '../../text/visible';
import type { EntryIndex, Indexed } from '../entryIndex';
import { RISKS } from '../sessions';
import { FIELDS, fieldOf } from './fields';
import { tokensOf, type Token } from './tokens';

/** Something that may stand in a filter. */
export interface Completion {
  readonly label: string;
  /** What it means, or how many entries have it. */
  readonly detail: string;
  /** What takes the place of the characters from `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}

const MOST = 50;
/** A value longer than this is not offered: nobody would read it. */
const LONGEST = 200;

/** What may stand where the cursor is: fields, or the values of one that are in the log, most frequent first. */
export function completeFilter(text: string, cursor: number, index: EntryIndex | undefined): Completion[] {
  const token = tokensOf(text).find(({ from, to }) => cursor > from && cursor <= to);
  if (token?.field === undefined) return fieldsFor(text, cursor, token);
  if (cursor < token.valuesFrom) return [];
  const value = token.values.find(({ from, to }) => cursor >= from && cursor <= to);
  if (value === undefined) return [];
  const typed = text.slice(value.from, cursor).replace(/^"/, '').toLowerCase();
  return valuesFor(token.field, typed, index)
    .filter(({ label, insert }) => label.toLowerCase().includes(typed) && insert.toLowerCase() !== typed)
    .sort((a, b) => Number(b.label.toLowerCase().startsWith(typed)) - Number(a.label.toLowerCase().startsWith(typed)))
    .slice(0, MOST)
    .map((each) => ({ ...each, from: value.from, to: value.to }));
}

function fieldsFor(text: string, cursor: number, token: Token | undefined): Completion[] {
  const start = token === undefined ? cursor : token.from + (token.negated ? 1 : 0);
  const typed = text.slice(start, cursor).toLowerCase();
  if (typed.startsWith('"')) return [];
  return Object.entries(FIELDS)
    .filter(([name]) => name.startsWith(typed))
    .map(([name, { meaning }]) => ({
      label: `${name}:`,
      detail: meaning,
      insert: `${name}:`,
      from: start,
      to: token?.to ?? cursor,
    }));
}

type Offer = Pick<Completion, 'label' | 'detail' | 'insert'>;

function valuesFor(name: string, typed: string, index: EntryIndex | undefined): Offer[] {
  const field = fieldOf(name);
  switch (field?.kind) {
    case 'risk': {
      const operator = /^[<>]=?/.exec(typed)?.[0];
      const offers = [...RISKS].reverse().map((risk) => plain(`${operator ?? ''}${risk}`, ''));
      return operator === undefined ? [...offers, plain('>=high', 'high and critical'), plain('>=medium', '')] : offers;
    }
    case 'time':
      return [
        plain('>=-15m', 'the last 15 minutes'),
        plain('>=-1h', 'the last hour'),
        plain('>=-1d', 'the last 24 hours'),
        plain('>=-7d', 'the last 7 days'),
      ];
    case 'column':
      return index === undefined ? [] : recorded(index, field.column, typed);
    default:
      return [];
  }
}

function plain(text: string, detail: string): Offer {
  return { label: text, detail, insert: text };
}

/** The values of a column that contain what is typed, with how many entries have each. */
function recorded(index: EntryIndex, column: Indexed, typed: string): Offer[] {
  const { dictionary, ids } = index.columns[column];
  const counts = new Uint32Array(dictionary.values.length);
  for (let i = 0; i < index.size; i++) counts[ids[i]]++;
  const found: { value: string | null; count: number }[] = [];
  dictionary.values.forEach((value, id) => {
    if (counts[id] === 0 || (value?.length ?? 0) > LONGEST) return;
    if (value?.toLowerCase().includes(typed) ?? 'none'.includes(typed)) found.push({ value, count: counts[id] });
  });
  return found
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST * 2)
    .map(({ value, count }) => ({
      label: value === null ? 'none' : visible(value, 80),
      detail: `${count.toLocaleString('en-US')} ${count === 1 ? 'entry' : 'entries'}${value === null ? ', not recorded' : ''}`,
      insert: value === null ? 'none' : written(value),
    }));
}

/** A value as a filter has it: in quotes where it would be read as something else. */
export function written(value: string): string {
  const special = value === '' || value.toLowerCase() === 'none' || /[\s,"*?<>\u00a0]|\.\./.test(value);
  // There is no way to write a quotation mark within quotes: the part before it is what can be looked for.
  return special ? `"${value.split('"')[0]}"` : value;
}
