/** Sets of values that have an order, as ranges in rising order that do not touch. */
export type Ranges<T> = readonly Range<T>[];

export interface Range<T> {
  readonly low: Bound<T>;
  readonly high: Bound<T>;
}

/** Where a range begins or ends. */
export interface Bound<T> {
  /** undefined: nowhere. */
  readonly value: T | undefined;
  readonly isIn: boolean;
}

export const NO_BOUND: Bound<never> = { value: undefined, isIn: false };

/** The order of a kind of values, and all of them. */
export interface Order<T> {
  readonly compare: (a: T, b: T) => number;
  readonly all: Range<T>;
}

export function isInRanges<T>({ compare }: Order<T>, ranges: Ranges<T>, value: T): boolean {
  const point: Bound<T> = { value, isIn: true };
  return ranges.some(
    ({ low, high }) => compareLows(compare, low, point) <= 0 && compareHighs(compare, point, high) <= 0,
  );
}

export function intersection<T>({ compare }: Order<T>, a: Ranges<T>, b: Ranges<T>): Ranges<T> {
  if (a === b) return a;
  const found: Range<T>[] = [];
  for (const one of a) {
    for (const other of b) {
      const low = compareLows(compare, one.low, other.low) >= 0 ? one.low : other.low;
      const high = compareHighs(compare, one.high, other.high) <= 0 ? one.high : other.high;
      if (isSome(compare, { low, high })) found.push({ low, high });
    }
  }
  return found;
}

/** All values but these. */
export function complement<T>({ compare, all }: Order<T>, ranges: Ranges<T>): Ranges<T> {
  const found: Range<T>[] = [];
  let { low } = all;
  for (const range of ranges) {
    if (range.low.value !== undefined) {
      const gap = { low, high: { value: range.low.value, isIn: !range.low.isIn } };
      if (isSome(compare, gap)) found.push(gap);
    }
    if (range.high.value === undefined) return found;
    low = { value: range.high.value, isIn: !range.high.isIn };
  }
  const rest = { low, high: all.high };
  if (isSome(compare, rest)) found.push(rest);
  return found;
}

function isSome<T>(compare: Order<T>['compare'], { low, high }: Range<T>): boolean {
  if (low.value === undefined || high.value === undefined) return true;
  const order = compare(low.value, high.value);
  return order < 0 || (order === 0 && low.isIn && high.isIn);
}

function compareLows<T>(compare: Order<T>['compare'], a: Bound<T>, b: Bound<T>): number {
  if (a.value === undefined || b.value === undefined)
    return Number(a.value !== undefined) - Number(b.value !== undefined);
  return compare(a.value, b.value) || Number(b.isIn) - Number(a.isIn);
}

function compareHighs<T>(compare: Order<T>['compare'], a: Bound<T>, b: Bound<T>): number {
  if (a.value === undefined || b.value === undefined)
    return Number(b.value !== undefined) - Number(a.value !== undefined);
  return compare(a.value, b.value) || Number(a.isIn) - Number(b.isIn);
}
