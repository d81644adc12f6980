import { compareByCodePoint } from '../json/codePointOrder';
import type { EntryIndex, Indexed } from './entryIndex';
import { isoOfMicroseconds } from './timestamp';

/** Of how many actions each value of a column was recorded. */
export interface ColumnCounts {
  /** The most frequent first; of those that are as frequent, by the order of their characters. */
  readonly values: readonly (readonly [value: string, actions: number])[];
  /** Actions that have nothing there. */
  readonly missing: number;
}

/** How many actions there are: an attempt whose outcome is an entry of its own is one with it. */
export function actionCount({ size, endedAttempts }: EntryIndex): number {
  return size - endedAttempts;
}

export function columnCounts(index: EntryIndex, column: Indexed): ColumnCounts {
  const { ids, dictionary } = index.columns[column];
  const counts = new Uint32Array(dictionary.values.length);
  for (let i = 0; i < index.size; i++) if (!index.isEndedAttempt(i)) counts[ids[i]]++;
  const values: [string, number][] = [];
  let missing = 0;
  dictionary.values.forEach((value, id) => {
    if (counts[id] === 0) return;
    if (value === null) missing += counts[id];
    else values.push([value, counts[id]]);
  });
  values.sort((one, other) => other[1] - one[1] || compareByCodePoint(one[0], other[0]));
  return { values, missing };
}

/** When the first and the last entry were recorded, by their times; null where none has a time. */
export function timeSpan({ times, size }: EntryIndex): { readonly first: string | null; readonly last: string | null } {
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < size; i++) {
    if (times[i] < first) first = times[i];
    if (times[i] > last) last = times[i];
  }
  if (first > last) return { first: null, last: null };
  return { first: isoOfMicroseconds(first), last: isoOfMicroseconds(last) };
}
