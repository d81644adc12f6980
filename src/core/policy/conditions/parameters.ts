import { pyContains, pyEquals } from '../pyEquality';
import { PyError, TooMuchWork } from '../pyError';
import { pyOrder } from '../pyOrder';
import { pyStr } from '../pyText';
import { shownValue } from '../shownValue';
import { isMapping, pyNoun, pyTypeName } from '../pyValues';
import type { PyValue } from '../yamlTree';
import {
  ORDER_SIGNS,
  type Circumstances,
  type Condition,
  type ConditionMismatch,
  type ParameterKey,
} from './condition';

/** `param_…` holds where each parameter that it names is there, is not null, and compares as asked. */
export function parameterCondition(key: ParameterKey, value: PyValue): Condition {
  return {
    key,
    value,
    check(circumstances) {
      if (!isMapping(value))
        throw new PyError(
          'AttributeError',
          `'${pyTypeName(value)}' object has no attribute 'items'`,
          `it must be a mapping of parameters to values, and is ${pyNoun(value)}`,
        );
      for (const [parameter, expected] of value.entries) {
        const actual = circumstances.action.parameter(parameter);
        if (actual === undefined || actual === null) return { kind: 'no-parameter', key, parameter };
        const mismatch = compare(key, { parameter, expected, actual }, circumstances);
        if (mismatch !== undefined) return mismatch;
      }
      return undefined;
    },
  };
}

interface Compared {
  readonly parameter: PyValue;
  readonly expected: PyValue;
  readonly actual: PyValue;
}

function compare(key: ParameterKey, compared: Compared, circumstances: Circumstances): ConditionMismatch | undefined {
  try {
    if (key === 'param_matches') return search(compared, circumstances);
    return holds(key, compared, circumstances) ? undefined : { kind: 'parameter', key, ...compared };
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const name = shownValue(compared.parameter);
    throw new PyError(error.type, error.said, `for the parameter ${name}, ${error.plain}`);
  }
}

function holds(
  key: Exclude<ParameterKey, 'param_matches'>,
  { expected, actual }: Compared,
  { work }: Circumstances,
): boolean {
  switch (key) {
    case 'param_eq':
      return pyEquals(actual, expected, work);
    case 'param_contains':
      return pyContains(actual, expected, work);
    default:
      return pyOrder(ORDER_SIGNS[key], actual, expected, work);
  }
}

/** The reference searches for no longer pattern. In characters. */
export const LONGEST_PATTERN = 1000;

function search(
  { parameter, expected, actual }: Compared,
  { regex, work }: Circumstances,
): ConditionMismatch | undefined {
  const pattern = pyStr(expected, work);
  if (isLongerThan(pattern, LONGEST_PATTERN)) return { kind: 'dead-pattern', parameter, expected, why: 'over-1000' };
  const outcome = regex(pattern, pyStr(actual, work));
  switch (outcome) {
    case 'found':
      return undefined;
    case 'not-found':
      return { kind: 'parameter', key: 'param_matches', parameter, expected, actual };
    case 'invalid':
      return { kind: 'dead-pattern', parameter, expected, why: outcome };
    case 'too-long':
      throw new TooMuchWork();
    default:
      throw new PyError(outcome.type, outcome.message, 'Python does not take the regular expression');
  }
}

function isLongerThan(text: string, most: number): boolean {
  return text.length > most && (text.length > 2 * most || Array.from(text).length > most);
}
