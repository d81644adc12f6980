import { plainValue, UNLIMITED } from '../../core/record/plainValue';
import { reading } from '../../core/record/reading';

/** A copy of data, deep. */
export interface DataCopy {
  readonly value: unknown;
  /** Whether nobody can change it; false where there is something in it that cannot be frozen: a `Date`, a `Map`, bytes. */
  readonly isFrozen: boolean;
}

/** As deep as a value is recorded. */
const MOST_NESTED = 100;
/** In all. A list can say that it is as long as it likes, and have nothing in it. */
const MOST_ITEMS = 5_000_000;
const TOO_MUCH = 'data of more than 5,000,000 items';

/**
 * Copies what a program hands over, so that nothing that it does to it later has an effect: plain objects and lists, which are frozen,
 * `Date`, `Map`, `Set`, `RegExp`, buffers and typed arrays, and all that is no object. Circles and the same object in two places stay so.
 *
 * @throws TypeError with a sentence for what cannot be copied: a function, a symbol, an object of a class, a member that throws when it
 *   is read, more than 100 levels.
 */
export function copyData(value: unknown, name: string): DataCopy {
  return new Copying((what, place) => {
    throw new TypeError(
      `${place === '' ? name : `${name}: ${place}`} is ${what}, which cannot be copied, so that nothing could vouch for it being the ` +
        'same when it is judged, executed and recorded. Give data, and keep the rest in the executor.',
    );
  }).copy(value);
}

/** The same for what an executor returned: what cannot be copied is there as it would be recorded (see `plainValue`). */
export function copyReturned(value: unknown): DataCopy {
  return new Copying((what, _, given) => plainValue(given, what === TOO_MUCH ? {} : UNLIMITED)).copy(value);
}

/** Gives an object a member that holds a copy. One that cannot be frozen is copied again for each reader. */
export function defineData(owner: object, name: string, { value, isFrozen }: DataCopy): void {
  Object.defineProperty(owner, name, {
    enumerable: true,
    ...(isFrozen ? { value } : { get: () => copyReturned(value).value }),
  });
}

type Foreign = (what: string, place: string, given: unknown) => unknown;

class Copying {
  private readonly made = new Map<object, unknown>();
  private isFrozen = true;
  private itemsLeft = MOST_ITEMS;

  constructor(private readonly foreign: Foreign) {}

  copy(value: unknown): DataCopy {
    return { value: this.any(value, '', 0), isFrozen: this.isFrozen };
  }

  private any(value: unknown, place: string, depth: number): unknown {
    if (typeof value === 'function') return this.foreign('a function', place, value);
    if (typeof value === 'symbol') return this.foreign('a symbol', place, value);
    if (typeof value !== 'object' || value === null) return value;
    const before = this.made.get(value);
    if (before !== undefined) return before;
    if (depth >= MOST_NESTED) return this.tooDeep(place);
    const copied = reading(() => this.opened(value, place, depth));
    // What is said of a member is not said again of all that is round it.
    if ('problem' in copied) return this.foreign('an object that cannot be read', place, value);
    return copied.value();
  }

  /** How the object is copied; to find out may fail. */
  private opened(value: object, place: string, depth: number): () => unknown {
    if (Array.isArray(value)) {
      if (!this.hasRoom(value.length)) return () => this.foreign(TOO_MUCH, place, value);
      const items = Array.from(value, (item: unknown) => item);
      return () => this.list(value, items, place, depth);
    }
    if (isPlain(value)) {
      const keys = Object.keys(value);
      if (!this.hasRoom(keys.length)) return () => this.foreign(TOO_MUCH, place, value);
      const members = keys.map((key) => [key, (value as Record<string, unknown>)[key]] as const);
      return () => this.object(value, members, place, depth);
    }
    const copied = copyBuiltIn(value);
    if ((copied instanceof Map || copied instanceof Set) && !this.hasRoom(copied.size))
      return () => this.foreign(TOO_MUCH, place, value);
    if (copied === undefined) return () => this.foreign(`an object of the class ${className(value)}`, place, value);
    return () => {
      this.isFrozen = false;
      this.made.set(value, copied);
      if (copied instanceof Map) this.fillMap(copied, place, depth);
      else if (copied instanceof Set) this.fillSet(copied, place, depth);
      return copied;
    };
  }

  private hasRoom(items: number): boolean {
    // (The length that a Proxy tells may be no number.)
    if (!(items <= this.itemsLeft)) return false;
    this.itemsLeft -= items;
    return true;
  }

  private list(value: object, items: readonly unknown[], place: string, depth: number): unknown {
    const copied: unknown[] = [];
    this.made.set(value, copied);
    items.forEach((item, i) => copied.push(this.any(item, `${place}[${i}]`, depth + 1)));
    return Object.freeze(copied);
  }

  private object(
    value: object,
    members: readonly (readonly [string, unknown])[],
    place: string,
    depth: number,
  ): unknown {
    const copied = {};
    this.made.set(value, copied);
    for (const [key, member] of members) {
      const made = this.any(member, place === '' ? JSON.stringify(key) : `${place}.${key}`, depth + 1);
      // Not an assignment: `__proto__` is a key like any other.
      Object.defineProperty(copied, key, { value: made, enumerable: true, writable: true, configurable: true });
    }
    return Object.freeze(copied);
  }

  /** (In a record, a pair of a map takes two levels.) */
  private fillMap(map: Map<unknown, unknown>, place: string, depth: number): void {
    const entries = [...map];
    map.clear();
    for (const [key, value] of entries)
      map.set(this.any(key, `a key of ${place || 'it'}`, depth + 2), this.any(value, `${place}(…)`, depth + 2));
  }

  private fillSet(set: Set<unknown>, place: string, depth: number): void {
    const items = [...set];
    set.clear();
    for (const item of items) set.add(this.any(item, `${place}(…)`, depth + 1));
  }

  private tooDeep(place: string): unknown {
    return this.foreign(`nested deeper than ${MOST_NESTED} levels`, place.slice(0, 60), '[nested too deep]');
  }
}

/** Of any realm: the prototype of a plain object has none itself. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty');
}

/** A shallow copy of an object of the language itself; undefined for any other. A class that is derived from one is another. */
function copyBuiltIn(value: object): object | undefined {
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (className(value) !== tag) return undefined;
  switch (tag) {
    case 'Date':
      return new Date(Date.prototype.getTime.call(value));
    case 'Map':
      return new Map(Map.prototype.entries.call(value));
    case 'Set':
      return new Set(Set.prototype.values.call(value));
    case 'RegExp':
      return new RegExp((value as RegExp).source, (value as RegExp).flags);
    case 'ArrayBuffer':
    case 'SharedArrayBuffer':
      return new Uint8Array(value as ArrayBufferLike).slice().buffer;
    case 'Number':
    case 'String':
    case 'Boolean':
    case 'BigInt':
      return structuredClone(value);
    default:
      return ArrayBuffer.isView(value) ? structuredClone(value) : undefined;
  }
}

function className(value: object): string {
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && /^[\w$]{1,60}$/.test(name) ? name : 'without a name';
}
