import { isBytes, isDate, isList, isMapping } from '../../../../src/core/policy/pyValues';
import type { PyValue } from '../../../../src/core/policy/yamlTree';

/** A value as test/fixtures/yaml/make.py writes it. */
export type Encoded = null | boolean | readonly (string | Encoded)[];

export function encoded(value: PyValue): Encoded {
  if (value === null) return null;
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'bigint':
      return ['int', value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`];
    case 'number':
      return ['float', Number.isNaN(value) ? 'nan' : bytesOf(value)];
    case 'string':
      return ['text', value];
    default:
      break;
  }
  if (isList(value)) return ['list', ...value.map(encoded)];
  if (isMapping(value)) return ['dict', ...value.entries.map(([key, item]) => [encoded(key), encoded(item)])];
  if (isDate(value)) return [value.kind, value.iso, value.text];
  if (isBytes(value)) return ['bytes', Buffer.from(value.bytes).toString('hex')];
  return ['set', ...sorted(value.items.map(encoded))];
}

/** Python's order of a set is its own affair. */
function sorted(items: readonly Encoded[]): Encoded[] {
  return items.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

/** With all sets in one order. */
export function normal(value: Encoded): Encoded {
  if (value === null || typeof value === 'boolean') return value;
  const [kind, ...items] = value.map((item) => (typeof item === 'string' ? item : normal(item)));
  return kind === 'set' ? [kind, ...sorted(items as Encoded[])] : [kind, ...items];
}

function bytesOf(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}
