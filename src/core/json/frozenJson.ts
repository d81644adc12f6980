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
  return copy(value, { name, keys: [], around: new Set() }, depth);
}

/** Where a copy is at. Its name is only put together for a message. */
interface Place {
  readonly name: string;
  /** From the outermost object on. */
  readonly keys: (string | number)[];
  readonly around: Set<object>;
}

function nameOf({ name, keys }: Place): string {
  return `${name}${keys.map((key) => `[${JSON.stringify(key)}]`).join('')}`;
}

function copy(value: unknown, place: Place, depth: number): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'object':
      return value === null ? null : copyObject(value, place, depth);
    default:
      throw new TypeError(`${nameOf(place)} is ${NOUNS[typeof value] ?? 'a value'}, which JSON cannot hold.`);
  }
}

const NOUNS: Readonly<Partial<Record<string, string>>> = {
  function: 'a function',
  symbol: 'a symbol',
  undefined: 'undefined',
};

function copyObject(value: object, place: Place, depth: number): JsonValue {
  const { around } = place;
  if (around.has(value)) throw new TypeError(`${nameOf(place)} contains itself, which JSON cannot hold.`);
  if (depth >= MAX_DEPTH) throw new TypeError(`${shortened(nameOf(place))} is nested deeper than ${MAX_DEPTH} levels.`);
  around.add(value);
  const made = Array.isArray(value)
    ? Array.from(value, (item, i) => inner(item, i, place, depth))
    : copyMembers(value, place, depth);
  around.delete(value);
  return Object.freeze(made);
}

function copyMembers(value: object, place: Place, depth: number): Readonly<Record<string, JsonValue>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of a plain object of any realm has none itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new TypeError(
      `${nameOf(place)} is an object of a class, which JSON cannot hold. Give its members as a plain object.`,
    );
  const made: Record<string, JsonValue> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const copied = inner(member, key, place, depth);
    // It is a key like any other, where it is not assigned to.
    if (key === '__proto__') Object.defineProperty(made, key, { value: copied, enumerable: true });
    else made[key] = copied;
  }
  return made;
}

function inner(item: unknown, key: string | number, place: Place, depth: number): JsonValue {
  place.keys.push(key);
  const copied = copy(item, place, depth + 1);
  place.keys.pop();
  return copied;
}

function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}
