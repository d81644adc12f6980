import { globOfValue } from '../globValue';
import { PyError } from '../pyError';
import { pyInt } from '../pyInt';
import { APPROVAL_WORDS, RISK_WORDS, type KeyDefinition, type Place, type ValueDefinition } from '../schema/definition';
import { shownValue } from '../shownValue';
import type { PyValue } from '../yamlTree';
import { dayName } from './conditionWords';
import { GLOB_MEANING, globWords } from './globWords';

/** What a key takes, in a sentence; undefined where its meaning says it. */
export function takenWords(taken: ValueDefinition): string | undefined {
  switch (taken.kind) {
    case 'text':
      return 'Takes a text.';
    case 'version':
      return 'Takes a whole number, also as a text.';
    case 'risk':
      return 'Takes low, medium, high or critical.';
    case 'approval':
      return 'Takes auto, approve or block, in small letters.';
    case 'patterns':
      return 'Takes a list of patterns.';
    case 'count':
      return 'Takes a whole number.';
    case 'mapping':
      return taken.of === 'conditions' ? 'Takes conditions, each under its name.' : undefined;
    case 'time':
      return 'Takes hours and minutes as a text in quotes, such as "18:00".';
    case 'weekdays':
      return 'Takes a list of days.';
    case 'parameters':
      return 'Takes a mapping of parameters to values.';
    default:
      return undefined;
  }
}

/**
 * What the loader makes of a value.
 *
 * @param place of the key whose value it is
 */
export function valueWords({ value: taken }: KeyDefinition, value: PyValue, place: Place | undefined): string[] {
  switch (taken.kind) {
    case 'approval': {
      const found = APPROVAL_WORDS.find(({ word }) => word === value);
      return [found?.meaning ?? unknownWord('approval', taken.preset, place)];
    }
    case 'risk': {
      const word = typeof value === 'string' ? value.toLowerCase() : undefined;
      const found = RISK_WORDS.find((each) => each.word === word);
      return [found?.meaning ?? unknownWord('risk level', taken.preset.toLowerCase(), place)];
    }
    case 'pattern':
      return typeof value === 'string' ? [globWords(value), GLOB_MEANING] : [patternWords(value)];
    case 'patterns':
      return typeof value === 'string' ? [globWords(value), GLOB_MEANING] : [];
    case 'version':
      return [versionWords(value)];
    case 'weekdays':
      return [dayWords(value)];
    default:
      return [];
  }
}

function dayWords(value: PyValue): string {
  const day = dayName(value);
  return day === undefined ? 'This is no day: they are counted from 1 for Monday to 7 for Sunday.' : `${day}, in UTC.`;
}

function unknownWord(what: string, preset: string, place: Place | undefined): string {
  const isForgiven = place === 'sequence' || place === 'cumulative_risk';
  return isForgiven
    ? `There is no such ${what}: the loader takes it for ${preset}.`
    : `There is no such ${what}: the loader refuses the policy.`;
}

/** Of a pattern that is no text. */
function patternWords(value: PyValue): string {
  try {
    globOfValue(value);
    return `The loader takes ${shownValue(value)} for a pattern.`;
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    return `The loader refuses the policy: ${error.plain}.`;
  }
}

function versionWords(value: PyValue): string {
  try {
    return `The loader reads version ${shownValue(pyInt(value))}.`;
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    return `The loader refuses the policy: ${shownValue(value)} is no whole number.`;
  }
}
