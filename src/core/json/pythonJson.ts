import type { JsonValue } from '../chain/entry';
import { compareByCodePoint } from './codePointOrder';
import { pythonFloat } from './pythonFloat';

/**
 * Writes a value as Python's `json.dumps(value, sort_keys=True)` does: separators `", "` and `": "`, ASCII only, keys in the
 * order of their code points. A number that is a safe integer is written as an int, any other as a float.
 */
export function pythonJson(value: JsonValue): string {
  return written(value, (keys) => keys.sort(compareByCodePoint));
}

/** The same without `sort_keys`: members stand in the order in which the object has them. */
export function pythonJsonInOrder(value: JsonValue): string {
  return written(value, (keys) => keys);
}

function written(value: JsonValue, ordered: (keys: string[]) => string[]): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return pythonJsonText(value);
  if (typeof value === 'bigint') return String(value);
  // (-0 is an int here, and Python has no other int zero than 0.)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : pythonFloat(value);
  if (isList(value)) return `[${value.map((item) => written(item, ordered)).join(', ')}]`;
  let members = '';
  for (const key of ordered(Object.keys(value)))
    members += `${members === '' ? '' : ', '}${pythonJsonText(key)}: ${written(value[key], ordered)}`;
  return `{${members}}`;
}

/** ASCII without quotes, backslashes and control characters. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A text as `json.dumps` writes it, which is also its canonical form. */
export function pythonJsonText(text: string): string {
  // Most texts need no escape, and are told from the others sooner than they are escaped.
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
