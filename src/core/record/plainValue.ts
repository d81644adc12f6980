import type { JsonValue } from '../chain/entry';
import { more, PlainBudget, type PlainLimits } from './plainBudget';
import { emptyText, plainBuiltIn, type BuiltIn } from './plainBuiltIn';
import { plainObject } from './plainObject';
import { plainFunction, plainInteger, plainSymbol } from './plainPrimitive';
import { reading, unreadable } from './reading';

export { PLAIN_LIMITS, UNLIMITED, type PlainLimits } from './plainBudget';

/**
 * A frozen copy of any value that JSON, and so Python, can hold. It never throws and never goes on for ever, whatever it is given:
 *
 * | given | becomes |
 * | --- | --- |
 * | `null`, `true`, numbers with `NaN` and `Infinity` (Python's JSON has them), texts with lone surrogates (`\ud800` holds them) | itself |
 * | `undefined`, a hole in a list | `null` |
 * | a bigint | itself; of more than 4,300 digits, which Python refuses to read, its digits as a text; of more than 100,000 a text that says so |
 * | a boxed number, text, boolean, bigint or symbol | as what is in it |
 * | a function, a symbol | `"[function name]"`, `"[symbol name]"` |
 * | a `Date` | its time as Python's `isoformat` writes it in UTC; `"Invalid Date"` |
 * | a `RegExp` | its text |
 * | an `Error` | `{ name, message }` |
 * | a `Map` | an object where all keys are texts, else a list of pairs |
 * | a `Set` | a list |
 * | a buffer, a typed array | `"[Uint8Array of 12 bytes: 89504e47…]"`: its length, and of its content enough to tell what kind of file it is |
 * | an object with a `toJSON` of its own or of its class | what that returns, where it returns; it is asked once |
 * | another object | its own enumerable members, `__proto__` too; `"[Promise]"` where it has none and is something else than an object |
 * | an object inside itself | `"[circular]"` |
 * | what is nested deeper than 100 | `"[nested too deep]"` |
 * | a member that throws when it is read, a `Proxy` that refuses | `"[unreadable: why]"` |
 *
 * And where there is too much of it: 10,000 members in all, those of the outermost object before those of what is in it; each text has
 * its first 256 characters, and 1 MiB more is for all texts together. What is left out is said in its place with how much:
 * `"… [1,234,567 more characters not recorded]"`, `"… [3 more items not recorded]"`, `"…": "[3 more members not recorded]"`.
 */
export function plainValue(value: unknown, limits: Partial<PlainLimits> = {}): JsonValue {
  return plainCopier(limits)(value);
}

/** The same for several values that share one measure. */
export function plainCopier(limits: Partial<PlainLimits> = {}): (value: unknown) => JsonValue {
  const copier = new Copier(new PlainBudget(limits));
  return (value) => copier.copy(value, 0);
}

class Copier {
  /** The objects round the one that is being copied. */
  private readonly around = new Set<object>();

  constructor(private readonly budget: PlainBudget) {}

  copy(value: unknown, depth: number): JsonValue {
    switch (typeof value) {
      case 'string':
        return this.budget.text(value);
      case 'number':
      case 'boolean':
        return value;
      case 'undefined':
        return null;
      case 'bigint': {
        const made = plainInteger(value);
        return typeof made === 'string' ? this.budget.text(made) : made;
      }
      case 'symbol':
        return this.budget.text(plainSymbol(value));
      case 'function':
        return this.budget.text(plainFunction(value));
      case 'object':
        return value === null ? null : this.object(value, depth, true);
    }
  }

  /** @param asksToJson false for what a `toJSON` returned, which could else go on returning for ever. */
  private object(value: object, depth: number, asksToJson: boolean): JsonValue {
    if (this.around.has(value)) return '[circular]';
    if (depth >= this.budget.depth) return '[nested too deep]';
    this.around.add(value);
    try {
      if (Array.isArray(value)) return this.list(value, depth);
      const builtIn = isOrdinary(value) ? undefined : plainBuiltIn(value);
      if (builtIn !== undefined) return this.builtIn(builtIn, depth);
      const returned = asksToJson ? this.returnedByToJson(value, depth) : undefined;
      return returned === undefined ? this.members(value, depth) : returned;
    } catch (error) {
      return unreadable(error);
    } finally {
      this.around.delete(value);
    }
  }

  /** undefined where there is no `toJSON`, or none that says more than the members do. */
  private returnedByToJson(value: object, depth: number): JsonValue | undefined {
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON !== 'function') return undefined;
    const returned: unknown = Reflect.apply(toJSON, value, ['']);
    if (returned === value) return undefined;
    if (typeof returned === 'object' && returned !== null) return this.object(returned, depth, false);
    return this.copy(returned, depth);
  }

  private builtIn(builtIn: BuiltIn, depth: number): JsonValue {
    switch (builtIn.kind) {
      case 'text':
        return this.budget.text(builtIn.text);
      case 'primitive':
        return this.copy(builtIn.primitive, depth);
      case 'error':
        return this.keyed(['name', 'message'].values(), 2, (key) => this.member(builtIn.error, key, depth));
      case 'set': {
        const items = Set.prototype.values.call(builtIn.set);
        return this.listed(items, sizeOf(Set, builtIn.set), (item) => this.copy(item, depth + 1));
      }
      case 'map':
        return this.map(builtIn.map, depth);
    }
  }

  private map(map: Map<unknown, unknown>, depth: number): JsonValue {
    const size = sizeOf(Map, map);
    const entries = (): MapIterator<[unknown, unknown]> => Map.prototype.entries.call(map);
    if (allKeysAreTexts(Map.prototype.keys.call(map)))
      return this.keyed(entries(), size, ([key, value]) => [key as string, this.copy(value, depth + 1)]);
    return this.listed(entries(), size, ([key, value]) =>
      Object.freeze([this.copy(key, depth + 2), this.copy(value, depth + 2)]),
    );
  }

  private members(value: object, depth: number): JsonValue {
    const keys = Object.keys(value);
    const said = keys.length === 0 ? emptyText(value) : undefined;
    if (said !== undefined) return this.budget.text(said);
    return this.keyed(keys.values(), keys.length, (key) => this.member(value, key, depth));
  }

  private member(value: object, key: string, depth: number): readonly [string, JsonValue] {
    const read = reading(() => (value as Record<string, unknown>)[key]);
    return [key, 'problem' in read ? read.problem : this.copy(read.value, depth + 1)];
  }

  private list(list: readonly unknown[], depth: number): JsonValue {
    const size = lengthOf(list);
    return this.listed(placesBelow(size), size, (place) => {
      const read = reading(() => list[place]);
      return 'problem' in read ? read.problem : this.copy(read.value, depth + 1);
    });
  }

  private listed<T>(items: Iterable<T>, size: number, copy: (item: T) => JsonValue): JsonValue {
    const { taken, left } = this.take(items, size, copy);
    if (left > 0) taken.push(`… [${more(left, 'item')}]`);
    return Object.freeze(taken);
  }

  private keyed<T>(items: Iterable<T>, size: number, copy: (item: T) => readonly [string, JsonValue]): JsonValue {
    const { taken, left } = this.take(items, size, (item) => {
      const [key, value] = copy(item);
      return [this.budget.text(key), value] as const;
    });
    if (left > 0) taken.push(['…', `[${more(left, 'member')}]`]);
    return plainObject(taken);
  }

  /** What is in an object is counted before what is in that, so that the last parameter is not lost to what the first one holds. */
  private take<T, U>(items: Iterable<T>, size: number, copy: (item: T) => U): { taken: U[]; left: number } {
    const count = this.budget.members(size);
    const taken: U[] = [];
    if (count > 0)
      for (const item of items) {
        taken.push(copy(item));
        if (taken.length === count) break;
      }
    return { taken, left: size - count };
  }
}

/** What most values are. */
function isOrdinary(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The size itself, whatever a class derived from it says. */
function sizeOf(type: MapConstructor | SetConstructor, value: object): number {
  const size: unknown = Reflect.get(type.prototype, 'size', value);
  return size as number;
}

/** A Proxy may say anything. */
function lengthOf({ length }: readonly unknown[]): number {
  return Number.isSafeInteger(length) && length > 0 ? length : 0;
}

function* placesBelow(size: number): Generator<number> {
  for (let place = 0; place < size; place++) yield place;
}

function allKeysAreTexts(keys: Iterable<unknown>): boolean {
  for (const key of keys) if (typeof key !== 'string') return false;
  return true;
}
