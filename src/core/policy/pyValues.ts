import { PyError } from './pyError';
import type { PyBytes, PyDate, PyMapping, PySet, PyValue } from './yamlTree';

/** The values of a policy and of an action's parameters, as Python has them: what they are called and what they count as. */

export const PY_NOTHING: PyMapping = { kind: 'mapping', entries: [] };

/** The name in a message of the interpreter: `'datetime.date' object has no attribute 'get'`. */
export type PyTypeName =
  | 'NoneType'
  | 'bool'
  | 'int'
  | 'float'
  | 'str'
  | 'list'
  | 'dict'
  | 'set'
  | 'bytes'
  | 'datetime.date'
  | 'datetime.datetime';

export function pyTypeName(value: PyValue): PyTypeName {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'string') return 'str';
  if (isList(value)) return 'list';
  switch (value.kind) {
    case 'mapping':
      return 'dict';
    case 'set':
      return 'set';
    case 'bytes':
      return 'bytes';
    case 'date':
      return 'datetime.date';
    case 'datetime':
      return 'datetime.datetime';
  }
}

/** `type(value).__name__`, which has no module before it. */
export function pyClassName(value: PyValue): string {
  return pyTypeName(value).replace('datetime.', '');
}

/** For people: `a whole number`. */
export function pyNoun(value: PyValue): string {
  return NOUNS[pyTypeName(value)];
}

const NOUNS: Readonly<Record<PyTypeName, string>> = {
  NoneType: 'null',
  bool: 'true or false',
  int: 'a whole number',
  float: 'a number',
  str: 'a text',
  list: 'a list',
  dict: 'a mapping',
  set: 'a set',
  bytes: 'binary data',
  'datetime.date': 'a date',
  'datetime.datetime': 'a date with a time',
};

export function isList(value: PyValue): value is readonly PyValue[] {
  return Array.isArray(value);
}

export function isMapping(value: PyValue): value is PyMapping {
  return hasKind(value) && value.kind === 'mapping';
}

export function isSet(value: PyValue): value is PySet {
  return hasKind(value) && value.kind === 'set';
}

export function isBytes(value: PyValue): value is PyBytes {
  return hasKind(value) && value.kind === 'bytes';
}

export function isDate(value: PyValue): value is PyDate {
  return hasKind(value) && (value.kind === 'date' || value.kind === 'datetime');
}

function hasKind(value: PyValue): value is PyMapping | PySet | PyBytes | PyDate {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** `bool(value)` */
export function pyTruth(value: PyValue): boolean {
  if (typeof value === 'boolean') return value;
  // (Python's nan is true.)
  if (typeof value === 'bigint' || typeof value === 'number') return value !== 0n && value !== 0;
  if (value === null || typeof value === 'string') return value !== null && value !== '';
  if (isList(value)) return value.length > 0;
  switch (value.kind) {
    case 'mapping':
      return value.entries.length > 0;
    case 'set':
      return value.items.length > 0;
    case 'bytes':
      return value.bytes.length > 0;
    default:
      return true;
  }
}

/** The number that a value is to `==`, `<` and arithmetic: `True` is 1. undefined for what is none. */
export function pyNumber(value: PyValue): bigint | number | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'bigint' || typeof value === 'number' ? value : undefined;
}

/** A member of a mapping by a name; undefined where it has none. */
export function memberOf(mapping: PyMapping, name: string): PyValue | undefined {
  return mapping.entries.find(([key]) => key === name)?.[1];
}

/**
 * What a loop over a value takes: of a mapping the keys, of a text the characters, of binary data the numbers.
 *
 * @throws PyError for what cannot be looped over.
 */
export function pyItems(value: PyValue): readonly PyValue[] {
  if (typeof value === 'string') return Array.from(value);
  if (isList(value)) return value;
  if (isMapping(value)) return value.entries.map(([key]) => key);
  if (isSet(value)) return value.items;
  if (isBytes(value)) return value.bytes.map(BigInt);
  throw new PyError('TypeError', `'${pyTypeName(value)}' object is not iterable`, `${pyNoun(value)} is no list`);
}
