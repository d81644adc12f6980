import * as fc from 'fast-check';
import { pythonFloat } from '../../../../src/core/json/pythonFloat';
import { pyKey } from '../../../../src/core/policy/pyEquality';
import { pyRepr } from '../../../../src/core/policy/pyText';
import { isList } from '../../../../src/core/policy/pyValues';
import type { PyMapping, PyValue } from '../../../../src/core/policy/yamlTree';
import { mapping } from './nodes';

/** Values of all types, many of them nearly equal, and a way to tell Python of them. */

export const texts = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'ab',
      '1',
      '1.0',
      "'",
      '"',
      '\\',
      '\n',
      '\x1c',
      ' ',
      'é',
      '\uffff',
      '😀',
      '\ud83d',
      '\ude00',
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

export const numbers: fc.Arbitrary<PyValue> = fc.oneof(
  fc.integer({ min: -2, max: 3 }).map(BigInt),
  fc.constantFrom<PyValue>(0.5, 1.0, 2.0, -0.0, NaN, Infinity, -Infinity, 1e16, 5e-324),
  fc.constantFrom<PyValue>(2n ** 53n + 1n, 2 ** 53, 2n ** 70n, 2 ** 70, 10n ** 400n, 255n, 256n),
);

export const dates = fc.constantFrom<PyValue>(
  { kind: 'date', iso: '2026-03-01', text: '2026-03-01' },
  { kind: 'date', iso: '1999-12-31', text: '1999-12-31' },
  { kind: 'datetime', iso: '2026-03-01T00:00:00', text: '2026-03-01 00:00:00' },
  { kind: 'datetime', iso: '2026-03-01T01:02:03.500000', text: '2026-03-01 01:02:03.500000' },
  { kind: 'datetime', iso: '2026-03-01T01:02:00.000001', text: '2026-03-01 01:02:00.000001' },
  { kind: 'datetime', iso: '2026-03-01T01:02:00+00:00', text: '2026-03-01 01:02:00+00:00' },
  { kind: 'datetime', iso: '2026-02-28T23:32:00-01:30', text: '2026-02-28 23:32:00-01:30' },
  { kind: 'datetime', iso: '2026-03-01T01:02:03.000001+05:45', text: '2026-03-01 01:02:03.000001+05:45' },
);

const bytes = fc
  .array(fc.constantFrom(0, 0x61, 0x62, 0x27, 0x22, 0x5c, 0x0a, 0x31, 0xff), { maxLength: 3 })
  .map((some): PyValue => ({ kind: 'bytes', bytes: some }));

/** What a dict or a set can hold; no NaN, which would be told from itself. */
const keys: fc.Arbitrary<PyValue> = fc.oneof(
  fc.oneof(texts, numbers, fc.boolean(), fc.constant(null), dates, bytes).filter((value) => !Number.isNaN(value)),
);

export function mappings(values: fc.Arbitrary<PyValue>): fc.Arbitrary<PyMapping> {
  return fc.uniqueArray(fc.tuple(keys, values), { maxLength: 3, selector: ([key]) => pyKey(key) }).map(mapping);
}

export const values: fc.Arbitrary<PyValue> = fc.letrec<{ value: PyValue; scalar: PyValue }>((tie) => ({
  scalar: fc.oneof(texts, numbers, numbers, fc.boolean(), fc.constant(null), dates, bytes),
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: tie('scalar') },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 1, arbitrary: mappings(tie('value')) },
    {
      weight: 1,
      // (The order of more than one is Python's own affair.)
      arbitrary: fc
        .uniqueArray(keys, { maxLength: 1, selector: (key) => pyKey(key) })
        .map((items): PyValue => ({ kind: 'set', items })),
    },
  ),
})).value;

/** Many values for one question to Python, and what to start from to get the same again. */
export function manyOf<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): { readonly some: T[]; readonly seed: number } {
  const seed = Date.now() | 0;
  return { some: fc.sample(arbitrary, { numRuns, seed }), seed };
}

/** `ascii(value)`: which characters print hangs on the edition of Unicode, and these are all escaped. */
export function asciiRepr(value: PyValue): string {
  return pyRepr(value).replace(/[^\0-\x7f]/gu, (character) => {
    const point = character.codePointAt(0)!;
    const [mark, size] = point > 0xffff ? ['U', 8] : point > 0xff ? ['u', 4] : ['x', 2];
    return `\\${mark}${point.toString(16).padStart(size, '0')}`;
  });
}

/** A value as JSON that `decoded` of Python understands. */
export function told(value: PyValue): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') return { float: pythonFloat(value) };
  if (isList(value)) return value.map(told);
  switch (value.kind) {
    case 'mapping':
      return { dict: value.entries.map(([key, each]) => [told(key), told(each)]) };
    case 'set':
      return { set: value.items.map(told) };
    case 'bytes':
      return { bytes: value.bytes };
    default:
      return { [value.kind]: value.iso };
  }
}

export const DECODED = `
import datetime
def decoded(said):
    if isinstance(said, list):
        return [decoded(item) for item in said]
    if not isinstance(said, dict):
        return said
    (kind, value), = said.items()
    if kind == 'dict':
        return {decoded(key): decoded(each) for key, each in value}
    if kind == 'set':
        return {decoded(item) for item in value}
    makers = {'int': int, 'float': float, 'bytes': bytes, 'date': datetime.date.fromisoformat, 'datetime': datetime.datetime.fromisoformat}
    return makers[kind](value)
`;
