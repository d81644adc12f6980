import { Work } from '../pyError';
import { pyStr } from '../pyText';
import type { PyValue } from '../yamlTree';

/** Values that take longer to write down than this are not looked into. */
const MOST_STEPS = 20_000;

/**
 * `str(value)`. To be asked with `once` for what aliases may repeat.
 *
 * @throws PyError and TooMuchWork for values that cannot be written down, or take too long.
 */
export function writtenValue(value: PyValue): string {
  return pyStr(value, new Work(MOST_STEPS));
}
