import type { JsonValue } from '../chain/entry';

/**
 * A frozen object of members whose keys were changed on the way (cut, redacted), so that two may have become one: the second gets
 * ` (2)` behind it, and none is lost. `__proto__` is a key like any other.
 */
export function plainObject(members: readonly (readonly [string, JsonValue])[]): Readonly<Record<string, JsonValue>> {
  const made: Record<string, JsonValue> = {};
  for (const [key, value] of members) {
    // `__proto__` among them, which an object has before it has any.
    if (key in made) return withSecondNames(members);
    made[key] = value;
  }
  return Object.freeze(made);
}

function withSecondNames(members: readonly (readonly [string, JsonValue])[]): Readonly<Record<string, JsonValue>> {
  const made = new Map<string, JsonValue>();
  // Where many keys became one, counting goes on from where it was, lest it takes the square of their number.
  const counts = new Map<string, number>();
  for (const [key, value] of members) {
    let name = key;
    while (made.has(name)) {
      const count = (counts.get(key) ?? 1) + 1;
      counts.set(key, count);
      name = `${key} (${count})`;
    }
    made.set(name, value);
  }
  return Object.freeze(Object.fromEntries(made));
}

export function isPlainList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
