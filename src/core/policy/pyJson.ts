import { pythonFloat } from '../json/pythonFloat';
import { pythonJsonText } from '../json/pythonJson';
import { MOST_NESTED, PyError, TooMuchWork, Work } from './pyError';
import { pyStr } from './pyText';
import { isList, isMapping, isSet } from './pyValues';
import { shownValue } from './shownValue';
import type { PyValue } from './yamlTree';

/**
 * A value as JSON, on one line, ints and floats apart. What JSON has no form for is a text: dates, binary data, keys that are none,
 * and in place of a value that is too large to be written, its start.
 */
export function jsonTextOf(value: PyValue): string {
  try {
    return written(value, new Work(MOST_CHARACTERS), 0);
  } catch (error) {
    if (!(error instanceof TooMuchWork || error instanceof PyError)) throw error;
    return pythonJsonText(shownValue(value));
  }
}

const MOST_CHARACTERS = 1_000_000;

function written(value: PyValue, work: Work, depth: number): string {
  if (depth > MOST_NESTED) throw new TooMuchWork();
  work.spend(typeof value === 'string' ? value.length : 1);
  if (isList(value)) return `[${value.map((item) => written(item, work, depth + 1)).join(', ')}]`;
  if (isSet(value)) return written(value.items, work, depth);
  if (isMapping(value)) {
    const members = value.entries.map(
      ([key, each]) => `${pythonJsonText(pyStr(key, work))}: ${written(each, work, depth + 1)}`,
    );
    return `{${members.join(', ')}}`;
  }
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      return pythonFloat(value);
    case 'bigint':
      return pyStr(value, work);
    default:
      return value === null ? 'null' : pythonJsonText(pyStr(value, work));
  }
}
