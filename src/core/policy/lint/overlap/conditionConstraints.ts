import { ORDER_SIGNS, type Condition } from '../../conditions/condition';
import { semanticWords } from '../../conditions/semantic';
import { parseTimeOfDay } from '../../conditions/timeOfDay';
import { pyContains, pyKey } from '../../pyEquality';
import { PyError, TooMuchWork, Work } from '../../pyError';
import { pyRepr, pyStr } from '../../pyText';
import { isDate, isList, isMapping, isSet, isBytes, pyNumber } from '../../pyValues';
import type { PyValue } from '../../yamlTree';
import type { Constraint, ParameterTest } from './constraint';
import { ANY_PRESENT, NO_VALUE, NUMBERS, TEXTS, type ParameterSet } from './parameterSet';
import type { Bound, Order, Range, Ranges } from './ranges';
import { MINUTES } from './region';

/** What a condition asks; that it can never hold, whatever the action; or that it cannot be evaluated, or is too large to be looked into. */
export type Asked = readonly Constraint[] | 'never' | 'fails';

type IsDead = (pattern: string) => boolean;

/** Values that take longer to write down than this are not looked into. */
const MOST_STEPS = 20_000;

/** @param isDead whether a regular expression is known never to match */
export function constraintsOf({ key, value }: Pick<Condition, 'key' | 'value'>, isDead: IsDead): Asked {
  try {
    switch (key) {
      case 'time_after':
      case 'time_before':
        return timeConstraint(key, value);
      case 'weekdays':
        return dayConstraint(value);
      case 'semantic': {
        if (value === null) return 'never';
        const words = new Set(semanticWords(value));
        return words.size === 0 ? 'never' : [{ kind: 'words', words }];
      }
      case 'param_eq':
      case 'param_gt':
      case 'param_lt':
      case 'param_gte':
      case 'param_lte':
      case 'param_contains':
      case 'param_matches':
        return isMapping(value) ? parameterConstraints(key, value.entries, isDead) : 'fails';
      default:
        return 'never';
    }
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return 'fails';
    throw error;
  }
}

function timeConstraint(key: 'time_after' | 'time_before', value: PyValue): Asked {
  const threshold = parseTimeOfDay(value) / 60_000_000;
  if (key === 'time_before' && threshold === 0) return 'never';
  const { low, high } = MINUTES.all;
  const minutes: Range<number> =
    key === 'time_after'
      ? { low: { value: threshold, isIn: true }, high }
      : { low, high: { value: threshold, isIn: false } };
  return [{ kind: 'time', minutes: [minutes] }];
}

function dayConstraint(value: PyValue): Asked {
  let days = 0;
  for (let day = 1; day <= 7; day++) if (pyContains(value, BigInt(day), new Work(MOST_STEPS))) days |= 1 << (day - 1);
  return days === 0 ? 'never' : [{ kind: 'days', days }];
}

function parameterConstraints(
  operator: ParameterTest['operator'],
  entries: readonly (readonly [PyValue, PyValue])[],
  isDead: IsDead,
): Asked {
  const all: Constraint[] = [];
  for (const [parameter, expected] of entries) {
    const asked = parameterConstraint({ operator, parameter, expected }, isDead);
    if (asked === 'never' || asked === 'fails') return asked;
    all.push(...asked);
  }
  return all;
}

/** @throws PyError and TooMuchWork for values that cannot be written down */
export function parameterConstraint(
  { operator, parameter, expected }: Pick<ParameterTest, 'operator' | 'parameter' | 'expected'>,
  isDead: IsDead,
): Asked {
  const key = parameterKey(parameter);
  const asked = (set: ParameterSet): Constraint => ({ kind: 'parameter', key, parameter, set });
  const test = (): Constraint => {
    const id = `${operator} ${key} ${valueKey(expected)}`;
    return { kind: 'test', test: { id, key, parameter, operator, expected } };
  };
  switch (operator) {
    case 'param_contains':
      // (Nothing can be looked for in a number, nor anything but a text in a text.)
      return [
        asked({ ...ANY_PRESENT, numbers: [], nan: false, ...(typeof expected === 'string' ? {} : { texts: [] }) }),
        test(),
      ];
    case 'param_matches':
      return isDead(patternText(expected)) ? 'never' : [asked(ANY_PRESENT), test()];
    default: {
      const set = comparedSet(operator, expected);
      if (set === 'never') return set;
      return set === 'rest' ? [asked({ ...NO_VALUE, rest: true }), test()] : [asked(set)];
    }
  }
}

/** Names that are one to a dict have one key. */
export function parameterKey(parameter: PyValue): string {
  const key = pyKey(parameter);
  return typeof key === 'string' ? key : 'nan';
}

/** Numbers that are equal have one text; whatever else has another is taken for something else. */
function valueKey(value: PyValue): string {
  if (typeof value === 'string') return `text ${value}`;
  if (typeof value !== 'object' || value === null) return pyRepr(value, new Work(MOST_STEPS));
  let key = objectKeys.get(value);
  if (key === undefined) objectKeys.set(value, (key = keyOrFailure(value)));
  if (typeof key !== 'string') throw key;
  return key;
}

/** `str(value)`. */
function patternText(value: PyValue): string {
  const isWritten = typeof value === 'object' && value !== null && !isDate(value);
  return isWritten ? valueKey(value) : pyStr(value, new Work(MOST_STEPS));
}

/** Of what aliases may put in many places. */
const objectKeys = new WeakMap<object, string | PyError | TooMuchWork>();

function keyOrFailure(value: PyValue): string | PyError | TooMuchWork {
  try {
    return pyRepr(value, new Work(MOST_STEPS));
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return error;
    throw error;
  }
}

/** The values that compare so; `rest` for what only a test can tell. */
function comparedSet(
  operator: Exclude<ParameterTest['operator'], 'param_contains' | 'param_matches'>,
  expected: PyValue,
): ParameterSet | 'rest' | 'never' {
  if (expected === null) return 'never';
  if (typeof expected === 'string') return someOf({ texts: rangesTo(TEXTS, operator, expected) });
  const number = pyNumber(expected);
  if (number !== undefined)
    return Number.isNaN(number) ? 'never' : someOf({ numbers: rangesTo(NUMBERS, operator, number) });
  const isOrdered = isList(expected) || isDate(expected) || isSet(expected) || isBytes(expected);
  return operator === 'param_eq' || isOrdered ? 'rest' : 'never';
}

function someOf(set: Partial<ParameterSet>): ParameterSet | 'never' {
  return Object.values(set).flat().length === 0 ? 'never' : { ...NO_VALUE, ...set };
}

function rangesTo<T>(order: Order<T>, operator: 'param_eq' | keyof typeof ORDER_SIGNS, value: T): Ranges<T> {
  const [at, beside]: Bound<T>[] = [true, false].map((isIn) => ({ value, isIn }));
  const range: Range<T> = {
    param_eq: { low: at, high: at },
    param_gt: { low: beside, high: order.all.high },
    param_gte: { low: at, high: order.all.high },
    param_lt: { low: order.all.low, high: beside },
    param_lte: { low: order.all.low, high: at },
  }[operator];
  const { low, high } = range;
  if (low.value === undefined || high.value === undefined) return [range];
  const direction = order.compare(low.value, high.value);
  return direction < 0 || (direction === 0 && low.isIn && high.isIn) ? [range] : [];
}
