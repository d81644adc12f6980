/** A number or other value that must be written with exactly this JSON text. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** A value that can be written as JSON, numbers from a log as they stand there among it. */
export type Writable =
  null | boolean | number | string | RawJson | readonly Writable[] | { readonly [key: string]: Writable };

/** JSON with an indent of two, like `JSON.stringify`. What JSON has no form for (NaN, Infinity) becomes a text. */
export function writeJson(value: Writable, indent = ''): string {
  if (value instanceof RawJson) return standard(value.text);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? (value as readonly Writable[]).map((item) => inner + writeJson(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${writeJson(item, inner)}`);
  const [open, close] = isList ? '[]' : '{}';
  return parts.length === 0 ? open + close : `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function standard(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
