import { pyContains } from '../pyEquality';
import { PyError, type Work } from '../pyError';
import { pyNoun } from '../pyValues';
import type { PyValue } from '../yamlTree';
import type { Condition } from './condition';
import { isoWeekday } from './timeOfDay';

/** `weekdays` holds on the days that it lists: 1 is Monday, 7 Sunday, in UTC. */
export function weekdaysCondition(value: PyValue): Condition {
  return {
    key: 'weekdays',
    value,
    check({ clock, work }) {
      const today = isoWeekday(clock);
      return isListed(today, value, work) ? undefined : { kind: 'weekday', wanted: value, today };
    },
  };
}

function isListed(day: number, value: PyValue, work: Work): boolean {
  try {
    return pyContains(value, BigInt(day), work);
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const plain = `it must be a list of days, from 1 for Monday to 7 for Sunday, and is ${pyNoun(value)}`;
    throw new PyError(error.type, error.said, plain);
  }
}
