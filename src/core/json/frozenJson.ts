import type { JsonValue } from '../chain/entry';
import { MAX_DEPTH } from './jsonProblem';

/**
 * A copy of a value that nobody can change any more. Members that are undefined are left out.
 *
 * @param name what the value is called, for the messages.
 * @param depth brackets that will stand round it.
 * @throws TypeError with a sentence for what JSON cannot hold: functions, symbols, undefined in a list, dates, maps and other
 *   objects of a class, circles, more levels than any reader of the format takes.
 */
export function frozenJson(value: unknown, name: string, depth: number): JsonValue {
  return copy(value, name, depth, new Set());
}

function copy(value: unknown, name: string, depth: number, around: Set<object>): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'object':
      return value === null ? null : copyObject(value, name, depth, around);
    default:
      throw new TypeError(`${name} is ${NOUNS[typeof value] ?? 'a value'}, which JSON cannot hold.`);
  }
}

const NOUNS: Readonly<Partial<Record<string, string>>> = {
  function: 'a function',
  symbol: 'a symbol',
  undefined: 'undefined',
};

function copyObject(value: object, name: string, depth: number, around: Set<object>): JsonValue {
  if (around.has(value)) throw new TypeError(`${name} contains itself, which JSON cannot hold.`);
  if (depth >= MAX_DEPTH) throw new TypeError(`${shortened(name)} is nested deeper than ${MAX_DEPTH} levels.`);
  around.add(value);
  const inner = (item: unknown, place: string): JsonValue => copy(item, `${name}${place}`, depth + 1, around);
  const made = Array.isArray(value)
    ? Array.from(value, (item, i) => inner(item, `[${i}]`))
    : Object.fromEntries(
        plainMembers(value, name).map(([key, member]) => [key, inner(member, `[${JSON.stringify(key)}]`)]),
      );
  around.delete(value);
  return Object.freeze(made);
}

function plainMembers(value: object, name: string): [string, unknown][] {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of a plain object of any realm has none itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new TypeError(`${name} is an object of a class, which JSON cannot hold. Give its members as a plain object.`);
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}
