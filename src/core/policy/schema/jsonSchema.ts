import type { Writable } from '../../json/writeJson';
import { APPROVALS, RISK_LEVELS } from '../policy';
import {
  APPROVAL_WORDS,
  RISK_WORDS,
  type KeyDefinition,
  type Place,
  type ValueDefinition,
  type WordDefinition,
} from './definition';
import { KEY_DEFINITIONS } from './keys';
import { REMARK_WORDS } from './remarks';

type Schema = Readonly<Record<string, Writable>>;

/**
 * A JSON Schema for policy files, for tools that know YAML but not Aegis. It is of draft 7, which those tools understand best. What the
 * loader takes and reads as it is written is valid; what it refuses, ignores or reads otherwise is not, as far as a schema can tell: it
 * does not see that a time without quotes is a number to the loader, nor how rules stand to each other.
 */
export function policySchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Aegis policy',
    description: 'Which actions of AI agents need no approval, which need a person, and which are blocked.',
    ...mappingSchema('policy'),
    required: ['rules'],
  };
}

function mappingSchema(place: Place): Schema {
  const properties = KEY_DEFINITIONS[place].map((definition) => [definition.name, keySchema(definition)] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...REQUIRED[place],
    ...(place === 'conditions' ? {} : { patternProperties: OWN_KEYS }),
    additionalProperties: false,
  };
}

/** What the loader does without, though it hardly ever is what was meant. */
const REQUIRED: Readonly<Partial<Record<Place, Schema>>> = {
  rule: { required: ['match'] },
  sequence: { required: ['steps'] },
};

/** Of these null means that there are none. */
const MAY_BE_NULL: readonly Place[] = ['defaults', 'conditions', 'plan_rules', 'cumulative_risk'];

/** By this start, or by these words, people say that a key is not for the loader. (There is no other way to say "in any case".) */
const OWN_KEYS: Schema = {
  '^(?:[xX][-_]|\\.)': true,
  [`^(?:${REMARK_WORDS.map(inAnyCase).join('|')})$`]: true,
};

function keySchema({ meaning, otherwise, value }: KeyDefinition): Schema {
  const description = otherwise === undefined ? meaning : `${meaning} Where it is missing: ${otherwise}.`;
  return { description, ...valueSchema(value) };
}

function valueSchema(value: ValueDefinition): Schema {
  switch (value.kind) {
    case 'text':
      return { type: 'string' };
    case 'version':
      return { anyOf: [{ type: 'string', pattern: '^\\s*[+-]?\\d+\\s*$' }, { type: 'integer' }], default: '1' };
    case 'risk':
      return { ...words(RISK_WORDS, RISK_LEVELS.map(inAnyCase)), default: value.preset.toLowerCase() };
    case 'approval':
      return { ...words(APPROVAL_WORDS, APPROVALS), default: value.preset };
    case 'pattern':
      return { type: 'string', default: '*' };
    case 'patterns':
      return { type: 'array', items: { type: 'string' }, minItems: value.least };
    case 'count':
      return { type: 'integer', minimum: value.least, ...(value.preset !== undefined && { default: value.preset }) };
    case 'mapping':
      return MAY_BE_NULL.includes(value.of)
        ? { ...mappingSchema(value.of), type: ['object', 'null'] }
        : mappingSchema(value.of);
    case 'list':
      return { type: 'array', items: mappingSchema(value.of) };
    case 'time':
      return { type: 'string', pattern: '^\\s*(?:[01]?\\d|2[0-3])\\s*:\\s*[0-5]?\\d\\s*$' };
    case 'weekdays':
      return { type: 'array', items: { type: 'integer', minimum: 1, maximum: 7 } };
    case 'parameters':
      return { type: 'object', additionalProperties: comparedWith(value.key) };
    case 'words':
      return { type: 'string', minLength: 1 };
  }
}

function comparedWith(key: (ValueDefinition & { kind: 'parameters' })['key']): Writable {
  switch (key) {
    case 'param_eq':
    case 'param_contains':
      return true;
    case 'param_matches':
      return { type: ['string', 'number'], maxLength: 1000 };
    default:
      return { type: ['number', 'string'] };
  }
}

/** Words with what they mean, and how else they may be written. */
function words<T extends string>(defined: readonly WordDefinition<T>[], patterns: readonly string[]): Schema {
  return {
    anyOf: [
      ...defined.map(({ word, meaning }) => ({ const: word, description: meaning })),
      { type: 'string', pattern: `^(?:${patterns.join('|')})$` },
    ],
  };
}

function inAnyCase(word: string): string {
  const letters = [...word].map((letter) => [...new Set([letter.toLowerCase(), letter.toUpperCase()])]);
  return letters.map((each) => (each.length > 1 ? `[${each.join('')}]` : each[0])).join('');
}
