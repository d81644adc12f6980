import type { Conditions } from '../policy';
import { isMapping, memberOf, pyTruth } from '../pyValues';
import type { PyValue } from '../yamlTree';
import type { Condition } from './condition';
import { parameterCondition } from './parameters';
import { semanticCondition } from './semantic';
import { timeCondition } from './timeOfDay';
import { weekdaysCondition } from './weekdays';

/** What a rule's `conditions` ask, in the order in which the reference asks it: `semantic` comes last. */
export function readConditions(value: PyValue): Conditions {
  if (!pyTruth(value)) return { kind: 'all', conditions: [] };
  if (!isMapping(value)) return { kind: 'not-a-mapping', value };
  const semantic = memberOf(value, 'semantic') ?? null;
  // (`semantic: null` is left among the others, which do not know it.)
  const others = value.entries.filter(([key]) => key !== 'semantic' || semantic === null);
  const conditions = others.map(([key, each]) => readCondition(key, each));
  return { kind: 'all', conditions: semantic === null ? conditions : [...conditions, semanticCondition(semantic)] };
}

function readCondition(key: PyValue, value: PyValue): Condition {
  switch (key) {
    case 'time_after':
    case 'time_before':
      return timeCondition(key, value);
    case 'weekdays':
      return weekdaysCondition(value);
    case 'param_eq':
    case 'param_gt':
    case 'param_lt':
    case 'param_gte':
    case 'param_lte':
    case 'param_contains':
    case 'param_matches':
      return parameterCondition(key, value);
    default:
      return { key, value, check: () => ({ kind: 'unknown', key }) };
  }
}
