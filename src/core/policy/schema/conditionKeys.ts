import { SEMANTIC_CATEGORIES } from '../conditions/semantic';
import type { KeyDefinition } from './definition';

const MISSING = 'One that is not there, or null, does not hold.';

/** The conditions of a rule, in the reference's order. */
export const CONDITION_DEFINITIONS: readonly KeyDefinition[] = [
  {
    name: 'time_after',
    meaning:
      'It is this time of day in UTC, or later. With time_before it is a window within one day: one that passes midnight takes two rules.',
    value: { kind: 'time' },
    example: '"18:00"',
  },
  {
    name: 'time_before',
    meaning: 'It is earlier than this time of day in UTC. With time_after it is a window within one day.',
    value: { kind: 'time' },
    example: '"08:00"',
  },
  {
    name: 'weekdays',
    meaning: 'It is one of these days in UTC: 1 is Monday, 7 is Sunday.',
    value: { kind: 'weekdays' },
    example: '[1, 2, 3, 4, 5]',
  },
  {
    name: 'param_eq',
    meaning: `Each of these parameters equals the value. A text never equals a number. ${MISSING}`,
    value: { kind: 'parameters', key: 'param_eq' },
    example: '{ env: production }',
  },
  {
    name: 'param_gt',
    meaning: `Each of these parameters is greater than the value. Comparing a text with a number fails. ${MISSING}`,
    value: { kind: 'parameters', key: 'param_gt' },
    example: '{ count: 100 }',
  },
  {
    name: 'param_lt',
    meaning: `Each of these parameters is less than the value. Comparing a text with a number fails. ${MISSING}`,
    value: { kind: 'parameters', key: 'param_lt' },
    example: '{ count: 100 }',
  },
  {
    name: 'param_gte',
    meaning: `Each of these parameters is at least the value. Comparing a text with a number fails. ${MISSING}`,
    value: { kind: 'parameters', key: 'param_gte' },
    example: '{ count: 100 }',
  },
  {
    name: 'param_lte',
    meaning: `Each of these parameters is at most the value. Comparing a text with a number fails. ${MISSING}`,
    value: { kind: 'parameters', key: 'param_lte' },
    example: '{ count: 100 }',
  },
  {
    name: 'param_contains',
    meaning: `Each of these parameters has the value in it: a part of a text, an item of a list, or a key of a mapping. ${MISSING}`,
    value: { kind: 'parameters', key: 'param_contains' },
    example: '{ path: "/etc/" }',
  },
  {
    name: 'param_matches',
    meaning: `In each of these parameters the regular expression is found somewhere, as Python's re.search finds it. ${MISSING} An expression of more than 1,000 characters, or one that is none, is found nowhere.`,
    value: { kind: 'parameters', key: 'param_matches' },
    example: "{ command: 'rm\\s+-rf' }",
  },
  {
    name: 'semantic',
    meaning: `One of these words is a word of the action: of its type, target or description, of its parameters' names or their texts. A category stands for its words: ${categories()}.`,
    value: { kind: 'words' },
    example: 'destructive',
  },
];

function categories(): string {
  return [...SEMANTIC_CATEGORIES.keys()].join(', ');
}
