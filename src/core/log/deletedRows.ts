import { quantity } from '../text/quantity';
import type { EntryIndex } from './entryIndex';

/** Ids that a numbered table lacks: rows that were deleted. */
export interface Gap {
  /** First and last missing id. */
  readonly from: bigint;
  readonly to: bigint;
  /** The position of the entry that stands after it; the log's size where nothing does. */
  readonly before: number;
}

/**
 * Where ids are missing. The reference numbers its rows from 1 on and never gives an id twice, so an id that is not there was
 * deleted; SQLite remembers the last one it gave even when its row is gone.
 *
 * @param lastGiven that last id; undefined where the table does not number that way, which shows nothing about its end.
 */
export function gapsOf(index: EntryIndex, lastGiven: bigint | undefined): Gap[] {
  const gaps: Gap[] = [];
  // As a number while it is exact: a bigint for each of a million rows would be felt.
  let expected: number | bigint = 1;
  for (let i = 0; i < index.size; i++) {
    const number = index.keyNumber(i);
    if (number === expected && Number.isSafeInteger(number)) {
      expected = number + 1;
      continue;
    }
    const id = BigInt(index.key(i));
    const wanted = BigInt(expected);
    if (id > wanted) gaps.push({ from: wanted, to: id - 1n, before: i });
    if (id >= wanted) expected = id < MOST_EXACT ? Number(id) + 1 : id + 1n;
  }
  const next = BigInt(expected);
  if (lastGiven !== undefined && lastGiven >= next) gaps.push({ from: next, to: lastGiven, before: index.size });
  return gaps;
}

const MOST_EXACT = BigInt(Number.MAX_SAFE_INTEGER - 1);

/** How many rows are gone. */
export function countOf(gaps: readonly Gap[]): bigint {
  return gaps.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);
}

/** What is said of them: `4 rows were deleted: their ids are 14, 16, 25 to 26.` undefined where none were. */
export function gapsText(gaps: readonly Gap[], most = 8): string | undefined {
  if (gaps.length === 0) return undefined;
  const total = countOf(gaps);
  const rows =
    total === 1n ? '1 row was deleted: its id is' : `${total.toLocaleString('en-US')} rows were deleted: their ids are`;
  return `${rows} ${rangesOf(gaps, most)}.`;
}

/** The same of a damaged log, where nobody knows whether a row was deleted or cannot be found. */
export function missingText(gaps: readonly Gap[], most = 8): string | undefined {
  if (gaps.length === 0) return undefined;
  const total = countOf(gaps);
  const ids = total === 1n ? '1 row id is' : `${total.toLocaleString('en-US')} row ids are`;
  return `${ids} missing, which the damage may explain: ${rangesOf(gaps, most)}.`;
}

function rangesOf(gaps: readonly Gap[], most: number): string {
  const ranges = gaps.slice(0, most).map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
  const rest = gaps.length > most ? ` and ${quantity(gaps.length - most, 'more place')}` : '';
  return `${ranges.join(', ')}${rest}`;
}
