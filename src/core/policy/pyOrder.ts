import { compareByCodePoint } from '../json/codePointOrder';
import { isSubset, pyEquals } from './pyEquality';
import { hasZone, microsecondsOfDate } from './pyDate';
import { MOST_NESTED, PyError, Work } from './pyError';
import { isBytes, isDate, isList, isSet, pyNoun, pyNumber, pyTypeName } from './pyValues';
import type { PyBytes, PyDate, PySet, PyValue } from './yamlTree';

export type OrderSign = '<' | '<=' | '>' | '>=';

/**
 * `a < b` and its like: numbers by their exact value, texts by code point, lists by the first items that differ, sets by what they
 * hold.
 *
 * @throws PyError for two values that have no order.
 * @throws TooMuchWork
 */
export function pyOrder(sign: OrderSign, a: PyValue, b: PyValue, work = new Work(), depth = 0): boolean {
  work.spend();
  if (depth > MOST_NESTED)
    throw new PyError(
      'RecursionError',
      'maximum recursion depth exceeded in comparison',
      `values are nested deeper than ${MOST_NESTED} levels`,
    );
  const [x, y] = [pyNumber(a), pyNumber(b)];
  if (x !== undefined && y !== undefined) return ordered(sign, x, y);
  if (typeof a === 'string' && typeof b === 'string') {
    work.spend(Math.min(a.length, b.length) >> 5);
    return ordered(sign, compareByCodePoint(a, b), 0);
  }
  if (isList(a) && isList(b)) return orderedLists(sign, a, b, work, depth);
  if (isSet(a) && isSet(b)) return orderedSets(sign, a, b, work);
  if (isBytes(a) && isBytes(b)) return orderedBytes(sign, a, b, work);
  if (isDate(a) && isDate(b)) return orderedDates(sign, a, b);
  throw new PyError(
    'TypeError',
    `'${sign}' not supported between instances of '${pyTypeName(a)}' and '${pyTypeName(b)}'`,
    `${pyNoun(a)} and ${pyNoun(b)} have no order`,
  );
}

/** A bigint and a number are compared without rounding either; NaN is in no order. */
function ordered(sign: OrderSign, x: bigint | number, y: bigint | number): boolean {
  switch (sign) {
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    case '>=':
      return x >= y;
  }
}

function orderedLists(
  sign: OrderSign,
  a: readonly PyValue[],
  b: readonly PyValue[],
  work: Work,
  depth: number,
): boolean {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++)
    if (!pyEquals(a[i], b[i], work, depth + 1)) return pyOrder(sign, a[i], b[i], work, depth + 1);
  return ordered(sign, a.length, b.length);
}

/** For sets the signs mean "part of". */
function orderedSets(sign: OrderSign, a: PySet, b: PySet, work: Work): boolean {
  const [part, whole] = sign.startsWith('<') ? [a, b] : [b, a];
  return isSubset(part, whole, work) && (sign.endsWith('=') || part.items.length < whole.items.length);
}

function orderedBytes(sign: OrderSign, { bytes: a }: PyBytes, { bytes: b }: PyBytes, work: Work): boolean {
  work.spend(Math.min(a.length, b.length));
  const differing = a.findIndex((byte, i) => byte !== b[i]);
  if (differing === -1 || differing >= b.length) return ordered(sign, a.length, b.length);
  return ordered(sign, a[differing], b[differing]);
}

function orderedDates(sign: OrderSign, a: PyDate, b: PyDate): boolean {
  if (a.kind !== b.kind)
    throw new PyError(
      'TypeError',
      "can't compare datetime.datetime to datetime.date",
      'a date with a time and a date without one have no order',
    );
  if (hasZone(a) !== hasZone(b))
    throw new PyError(
      'TypeError',
      "can't compare offset-naive and offset-aware datetimes",
      'a time with a zone and one without have no order',
    );
  return ordered(sign, microsecondsOfDate(a), microsecondsOfDate(b));
}
