import { hasZone, microsecondsOfDate } from './pyDate';
import { MOST_NESTED, PyError, Work } from './pyError';
import { isBytes, isDate, isList, isMapping, isSet, pyNoun, pyNumber, pyTypeName } from './pyValues';
import { keyIdentity } from './yamlKeys';
import type { PyBytes, PyDate, PyMapping, PySet, PyValue } from './yamlTree';

/**
 * `a == b`: numbers by their exact value (1, 1.0 and True are equal, 2**53 + 1 and 2.0**53 are not), texts by code point, lists and
 * mappings by what they hold.
 *
 * @throws PyError where they are nested deeper than Python compares.
 * @throws TooMuchWork
 */
export function pyEquals(a: PyValue, b: PyValue, work = new Work(), depth = 0): boolean {
  work.spend();
  if (depth > MOST_NESTED) throw tooDeep();
  const [x, y] = [pyNumber(a), pyNumber(b)];
  if (x !== undefined || y !== undefined) return x !== undefined && y !== undefined && equalNumbers(x, y);
  if (typeof a === 'string' && typeof b === 'string') {
    work.spend(a.length >> 5);
    return a === b;
  }
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, i) => pyEquals(item, b[i], work, depth + 1));
  if (isMapping(a)) return isMapping(b) && equalMappings(a, b, work, depth);
  if (isSet(a)) return isSet(b) && a.items.length === b.items.length && isSubset(a, b, work);
  if (isBytes(a))
    return isBytes(b) && a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
  if (isDate(a)) return isDate(b) && equalDates(a, b);
  return a === b;
}

/** A bigint and a number are compared without rounding either. */
function equalNumbers(x: bigint | number, y: bigint | number): boolean {
  if (typeof x === typeof y) return x === y;
  return x <= y && x >= y;
}

function equalMappings(a: PyMapping, b: PyMapping, work: Work, depth: number): boolean {
  if (a.entries.length !== b.entries.length) return false;
  const members = byKey(b, work);
  return a.entries.every(([key, value]) => {
    const other = members.get(pyKey(key));
    return other !== undefined && pyEquals(value, other, work, depth + 1);
  });
}

/** A mapping's values by `pyKey`. */
export function byKey({ entries }: PyMapping, work: Work): Map<string | symbol, PyValue> {
  work.spend(entries.length);
  return new Map(entries.map(([key, value]) => [pyKey(key), value]));
}

/** Whether all of one set is in the other. */
export function isSubset(a: PySet, b: PySet, work: Work): boolean {
  work.spend(a.items.length + b.items.length);
  const keys = new Set(b.items.map(pyKey));
  return a.items.every((item) => keys.has(pyKey(item)));
}

function equalDates(a: PyDate, b: PyDate): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'date' || hasZone(a) !== hasZone(b)) return a.iso === b.iso;
  return microsecondsOfDate(a) === microsecondsOfDate(b);
}

/**
 * What a dict or a set knows a value by: the same for values that are equal.
 *
 * @throws PyError for what has no hash: lists, mappings, sets.
 */
export function pyKey(value: PyValue): string | symbol {
  // (It is not even equal to itself.)
  if (typeof value === 'number' && Number.isNaN(value)) return Symbol('nan');
  const identity = keyIdentity(value);
  if (identity !== undefined) return identity;
  throw new PyError(
    'TypeError',
    `unhashable type: '${pyTypeName(value)}'`,
    `${pyNoun(value)} cannot be a key or a member of a set`,
  );
}

/**
 * `item in container`: a part of a text, an item of a list or a set, a key of a mapping.
 *
 * @throws PyError for a container that holds nothing, and for an item that it cannot hold.
 * @throws TooMuchWork
 */
export function pyContains(container: PyValue, item: PyValue, work = new Work()): boolean {
  if (typeof container === 'string') return textContains(container, item, work);
  if (isList(container)) return container.some((each) => pyEquals(each, item, work));
  if (isMapping(container)) {
    const key = pyKey(item);
    work.spend(container.entries.length);
    if (typeof item === 'string') return container.entries.some(([each]) => each === item);
    return container.entries.some(([each]) => pyKey(each) === key);
  }
  if (isSet(container)) {
    // (Python looks for a set as a frozenset, which YAML cannot make.)
    if (isSet(item)) return false;
    const key = pyKey(item);
    work.spend(container.items.length);
    return container.items.some((each) => pyKey(each) === key);
  }
  if (isBytes(container)) return bytesContain(container, item, work);
  throw new PyError(
    'TypeError',
    `argument of type '${pyTypeName(container)}' is not iterable`,
    `nothing can be looked for in ${pyNoun(container)}`,
  );
}

function textContains(text: string, item: PyValue, work: Work): boolean {
  if (typeof item !== 'string')
    throw new PyError(
      'TypeError',
      `'in <string>' requires string as left operand, not ${pyTypeName(item)}`,
      `${pyNoun(item)} cannot be looked for in a text`,
    );
  work.spend((text.length + item.length) >> 2);
  if (!/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(item)) return text.includes(item);
  // Half a character is not part of a whole one.
  for (let at = text.indexOf(item); at !== -1; at = text.indexOf(item, at + 1)) {
    work.spend(item.length);
    if (!isInPair(text, at) && !isInPair(text, at + item.length)) return true;
  }
  return false;
}

/** Whether a place is between the two halves of a character. */
function isInPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1)) && at > 0;
}

function bytesContain({ bytes }: PyBytes, item: PyValue, work: Work): boolean {
  work.spend(bytes.length);
  const number = pyNumber(item);
  if (typeof number === 'bigint') {
    if (number < 0n || number > 255n)
      throw new PyError('ValueError', 'byte must be in range(0, 256)', 'a byte is a number from 0 to 255');
    return bytes.includes(Number(number));
  }
  if (!isBytes(item))
    throw new PyError(
      'TypeError',
      `a bytes-like object is required, not '${pyTypeName(item)}'`,
      `${pyNoun(item)} cannot be looked for in binary data`,
    );
  const asText = (each: readonly number[]): string => each.map((byte) => String.fromCharCode(byte)).join('');
  return asText(bytes).includes(asText(item.bytes));
}

function tooDeep(): PyError {
  return new PyError(
    'RecursionError',
    'maximum recursion depth exceeded in comparison',
    `values are nested deeper than ${MOST_NESTED} levels`,
  );
}
