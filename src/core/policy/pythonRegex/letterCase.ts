import { Flag } from './flags';
import { RangeTable } from './rangeTable';
import { LOWER, SAME_CAPITAL, UPPER } from './unicodeTables';

/**
 * How Python 3.11's `re` takes capital and small letters for each other: one character for one, so ß is not ss.
 *
 * Source: `_sre.unicode_tolower`, `_sre.unicode_iscased`, and re/_casefix.py.
 */

interface Tables {
  readonly lower: ReadonlyMap<number, number>;
  readonly upper: ReadonlyMap<number, number>;
  readonly cased: RangeTable;
  readonly sameCapital: ReadonlyMap<number, readonly number[]>;
  /** The characters that have this small letter, without itself. */
  readonly capitals: ReadonlyMap<number, readonly number[]>;
}

function toLower(point: number): number {
  return tables().lower.get(point) ?? point;
}

export function toUpper(point: number): number {
  return tables().upper.get(point) ?? point;
}

/** Whether one of the characters from `low` to `high` is a capital or small letter. */
function hasCased(low: number, high: number): boolean {
  return tables().cased.meets(low, high);
}

/** The other small letters with the capital letter of this one, such as ſ for s. */
function sameCapital(point: number): readonly number[] {
  return tables().sameCapital.get(point) ?? [];
}

/** All that a set can hold so that it also holds this small letter, where it does not tell capital and small ones apart. */
function spellings(point: number): number[] {
  // The relation is the same in both directions.
  return [point, ...sameCapital(point)].flatMap((small) => {
    const capitals = tables().capitals.get(small) ?? [];
    return toLower(small) === small ? [small, ...capitals] : capitals;
  });
}

function toAsciiLower(point: number): number {
  return point >= 0x41 && point <= 0x5a ? point + 0x20 : point;
}

/** How capital and small letters are taken for each other. */
export interface Fold {
  lower(point: number): number;
  hasCased(low: number, high: number): boolean;
  /** What a set may hold to hold this small letter. */
  spellings(point: number): number[];
}

const UNICODE_FOLD: Fold = { lower: toLower, hasCased, spellings };

const ASCII_FOLD: Fold = {
  lower: toAsciiLower,
  hasCased: (low, high) => (low <= 0x5a && high >= 0x41) || (low <= 0x7a && high >= 0x61),
  spellings: (point) => (point >= 0x61 && point <= 0x7a ? [point, point - 0x20] : [point]),
};

/** Undefined where they are told apart. */
export function foldOf(flags: number): Fold | undefined {
  if ((flags & Flag.ignoreCase) === 0) return undefined;
  return (flags & Flag.unicode) !== 0 ? UNICODE_FOLD : ASCII_FOLD;
}

let known: Tables | undefined;

function tables(): Tables {
  return (known ??= readTables());
}

function readTables(): Tables {
  const lower = readChanges(LOWER);
  const upper = readChanges(UPPER);
  const cased = [...new Set([...lower.keys(), ...upper.keys()])].sort((a, b) => a - b);
  const capitals = new Map<number, number[]>();
  for (const [point, small] of lower) capitals.set(small, [...(capitals.get(small) ?? []), point]);
  const same = SAME_CAPITAL.split(' ').map((part) => part.split(',').map((point) => parseInt(point, 36)));
  return {
    lower,
    upper,
    cased: new RangeTable(cased.flatMap((point) => [point, point])),
    sameCapital: new Map(same.map(([point, ...others]) => [point, others])),
    capitals,
  };
}

function readChanges(written: string): Map<number, number> {
  const changes = new Map<number, number>();
  let last = 0;
  for (const part of written.split(' ')) {
    const [gap, more, step, delta] = part.split(',').map((number) => parseInt(number, 36));
    const start = last + gap;
    last = start + more * step;
    for (let point = start; point <= last; point += step) changes.set(point, point + delta);
  }
  return changes;
}
