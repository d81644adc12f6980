import type { EntryIndex } from '../entryIndex';
import { FIELDS, fieldOf, type Field } from './fields';
import { splitTerms, type WrittenTerm } from './splitTerms';
import { valuesOf, type Counted, type Offer } from './valueOffers';

/** Something that may stand where the cursor is. Labels may hold whatever the log holds: they are plain text. */
export interface Completion {
  readonly label: string;
  /** What it means, or how many entries have it. */
  readonly detail: string;
  /** What takes the place of the characters from `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}

const MOST_COMPLETIONS = 50;

/**
 * What may stand at a place in a filter: fields where a term begins; behind a field's colon the values that the log has, the
 * most frequent first, and what else the field takes.
 *
 * @param cursor in characters of the text.
 * @param index left out where the log is not known yet.
 * @param positions which of its entries count; all of them where it is left out.
 */
export function completeFilter(
  text: string,
  cursor: number,
  index: EntryIndex | undefined,
  positions?: Uint32Array,
): Completion[] {
  const at = Math.max(0, Math.min(cursor, text.length));
  const typed = splitTerms(text.slice(0, at)).findLast(({ to }) => to === at);
  const whole = splitTerms(text).find(({ from, to }) => from <= at && at <= to && from === typed?.from);
  return typed?.field === undefined
    ? fieldsAt(at, typed, whole)
    : valuesAt(typed, whole, index && { index, positions });
}

function fieldsAt(at: number, typed: WrittenTerm | undefined, whole: WrittenTerm | undefined): Completion[] {
  const value = typed?.values[0];
  if (typed?.isOpen === true || value?.isQuoted === true) return [];
  const word = value?.text.toLowerCase() ?? '';
  const from = value?.from ?? at;
  // A field's colon goes with its name; what stands behind it stays.
  const to = whole === undefined ? at : whole.field === undefined ? whole.to : whole.field.to + 1;
  const starts = ({ name, aliases }: Field): boolean => [name, ...aliases].some((each) => each.startsWith(word));
  return FIELDS.filter(starts).map(({ name, meaning }) => ({
    label: `${name}:`,
    detail: meaning,
    insert: `${name}:`,
    from,
    to,
  }));
}

function valuesAt(typed: WrittenTerm, whole: WrittenTerm | undefined, entries: Counted | undefined): Completion[] {
  const field = fieldOf(typed.field!.name);
  if (field === undefined) return [];
  const value = typed.values.at(-1)!;
  const rest = whole?.values[typed.values.length - 1];
  const offers = valuesOf(field, value.operator, value.text, entries, MOST_COMPLETIONS);
  const to = Math.max(typed.to, rest?.to ?? typed.to);
  return offers.map((offer: Offer) => ({ ...offer, from: value.start, to }));
}
