import { compareByCodePoint } from '../../../json/codePointOrder';
import { pyNumber } from '../../pyValues';
import type { PyValue } from '../../yamlTree';
import { complement, intersection, isInRanges, NO_BOUND, type Order, type Ranges } from './ranges';

/** Values that a parameter may have, as far as comparisons tell them apart. */
export interface ParameterSet {
  /** That it is not there, or null. */
  readonly missing: boolean;
  /** True and false are 1 and 0 to every comparison. */
  readonly numbers: Ranges<bigint | number>;
  /** The one number that is in no order. */
  readonly nan: boolean;
  readonly texts: Ranges<string>;
  /** Lists, mappings, dates and all else. */
  readonly rest: boolean;
}

export const NUMBERS: Order<bigint | number> = {
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  all: { low: { value: -Infinity, isIn: true }, high: { value: Infinity, isIn: true } },
};

export const TEXTS: Order<string> = {
  compare: compareByCodePoint,
  all: { low: { value: '', isIn: true }, high: NO_BOUND },
};

export const NO_VALUE: ParameterSet = { missing: false, numbers: [], nan: false, texts: [], rest: false };

export const ANY_VALUE: ParameterSet = {
  missing: true,
  numbers: [NUMBERS.all],
  nan: true,
  texts: [TEXTS.all],
  rest: true,
};

export const ANY_PRESENT: ParameterSet = { ...ANY_VALUE, missing: false };

export function both(a: ParameterSet, b: ParameterSet): ParameterSet {
  return {
    missing: a.missing && b.missing,
    numbers: intersection(NUMBERS, a.numbers, b.numbers),
    nan: a.nan && b.nan,
    texts: intersection(TEXTS, a.texts, b.texts),
    rest: a.rest && b.rest,
  };
}

/** Of one set what is not in another. */
export function less(a: ParameterSet, b: ParameterSet): ParameterSet {
  return both(a, {
    missing: !b.missing,
    numbers: complement(NUMBERS, b.numbers),
    nan: !b.nan,
    texts: complement(TEXTS, b.texts),
    rest: !b.rest,
  });
}

export function isNone({ missing, numbers, nan, texts, rest }: ParameterSet): boolean {
  return !missing && numbers.length === 0 && !nan && texts.length === 0 && !rest;
}

/** @param value undefined where the parameter is not there */
export function isAmong(set: ParameterSet, value: PyValue | undefined): boolean {
  if (value === undefined || value === null) return set.missing;
  if (typeof value === 'string') return isInRanges(TEXTS, set.texts, value);
  const number = pyNumber(value);
  if (number === undefined) return set.rest;
  return Number.isNaN(number) ? set.nan : isInRanges(NUMBERS, set.numbers, number);
}
