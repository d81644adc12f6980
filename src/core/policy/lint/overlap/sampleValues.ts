import { pyKey } from '../../pyEquality';
import { Work } from '../../pyError';
import { pyStr } from '../../pyText';
import type { PyValue } from '../../yamlTree';
import type { ParameterTest } from './constraint';
import { isAmong, NUMBERS, TEXTS, type ParameterSet } from './parameterSet';
import { isInRanges, type Range } from './ranges';
import { regexExamples } from './regexExample';

/** Values that may be among some and pass some tests: to be tried, the likeliest first. */
export function valuesToTry(set: ParameterSet, tests: readonly ParameterTest[]): PyValue[] {
  const all = [
    ...valuesForTests(tests),
    ...set.numbers.flatMap(numbersIn),
    ...set.texts.flatMap(textsIn),
    ...(set.rest ? [[]] : []),
    ...(set.nan ? [NaN] : []),
  ];
  return all.filter((value) => isAmong(set, value));
}

/** How many ways to pass several tests at once are tried. */
const MOST_TRIED = 12;

function valuesForTests(tests: readonly ParameterTest[]): PyValue[] {
  if (tests.length === 0) return [];
  const expected = tests.filter(({ operator }) => operator !== 'param_matches').map((test) => test.expected);
  const contained = tests.filter(({ operator }) => operator === 'param_contains').map((test) => test.expected);
  const values: PyValue[] = [...expected];
  const patterns = tests.filter(({ operator }) => operator === 'param_matches').map((test) => test.expected);
  const words = contained.filter((each) => typeof each === 'string');
  const pieces = patterns.map((pattern) => regexExamples(pyStr(pattern, new Work(10_000))));
  for (const texts of choices(pieces)) {
    values.push([...texts, ...words].join(''), [...words, ...texts].join(''), [...words, ...texts].join(' '));
  }
  if (contained.length > 0) values.push(contained, mappingOf(contained));
  return values;
}

function mappingOf(keys: readonly PyValue[]): PyValue {
  const entries = keys.filter(isKey).map((key) => [key, true] as const);
  return { kind: 'mapping', entries };
}

function isKey(value: PyValue): boolean {
  try {
    return pyKey(value) !== undefined;
  } catch {
    return false;
  }
}

/** One of each, in all ways up to a number. */
function choices(pieces: readonly (readonly string[])[]): string[][] {
  let all: string[][] = [[]];
  for (const options of pieces)
    all = all.flatMap((chosen) => options.map((option) => [...chosen, option])).slice(0, MOST_TRIED);
  return all;
}

/** Whole numbers where there are some. */
function numbersIn(range: Range<bigint | number>): PyValue[] {
  const [low, high] = [range.low.value!, range.high.value!];
  const tried: (bigint | number)[] = [];
  if (low !== -Infinity) tried.push(...near(low, 1));
  if (high !== Infinity) tried.push(...near(high, -1));
  if (low === -Infinity && high === Infinity) tried.push(1n, 0n);
  tried.push(Number(low) / 2 + Number(high) / 2, low, high);
  return tried.filter((value) => isInRanges(NUMBERS, [range], value) && !Number.isNaN(value));
}

/** A bound, the next whole number beside it, and a little way from it. */
function near(bound: bigint | number, direction: 1 | -1): (bigint | number)[] {
  if (typeof bound === 'bigint') return [bound, bound + BigInt(direction), Number(bound) + direction / 2];
  const whole = direction > 0 ? Math.floor(bound) + 1 : Math.ceil(bound) - 1;
  return [bound, BigInt(Number.isFinite(whole) ? whole : 0), whole, bound + direction * 1e-9];
}

function textsIn(range: Range<string>): PyValue[] {
  const [low, high] = [range.low.value ?? '', range.high.value ?? ''];
  const tried = ['a', 'x', 'other', low, `${low}a`, `${low}\0`, high];
  return tried.filter((value) => isInRanges(TEXTS, [range], value));
}
