import { hasZone, microsecondsOfDate } from './pyDate';
import { isBytes, isDate, isList } from './pyValues';
import type { PyValue } from './yamlTree';

/**
 * The same text for two keys that are one to a dict, such as 1, 1.0 and true: to hold each key of a large mapping against all others
 * would take too long.
 *
 * @returns undefined for what cannot be a key: a list, a dict, a set.
 */
export function keyIdentity(value: PyValue): string | undefined {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return `text ${value}`;
    case 'boolean':
      return `number ${value ? '1' : '0'}`;
    case 'bigint':
      return `number ${value.toString(16)}`;
    case 'number':
      return `number ${Number.isInteger(value) ? BigInt(value).toString(16) : value}`;
    default:
      break;
  }
  if (isList(value)) return undefined;
  if (isBytes(value)) return `bytes ${value.bytes.join()}`;
  if (!isDate(value)) return undefined;
  return `${value.kind} ${hasZone(value) ? 'in UTC ' : ''}${microsecondsOfDate(value)}`;
}
