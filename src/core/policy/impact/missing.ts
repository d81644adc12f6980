import type { ParameterKey } from '../conditions/condition';
import { shownValue } from '../shownValue';
import { isList, isMapping } from '../pyValues';
import type { Work } from '../pyError';
import type { PyValue } from '../yamlTree';
import type { KnownAction } from './knownAction';
import { REDACTED } from './recordedAction';

/** What a record lacks that a condition asks for: the start of a sentence, or undefined where nothing is missing. */

export function missingClock({ hasClock }: KnownAction): string | undefined {
  return hasClock ? undefined : 'Its timestamp is no time';
}

/** For words that were not found: they may be in what is missing. */
export function missingWords({ recorded, content: { params, description } }: KnownAction): string | undefined {
  if (params === undefined) return NO_PARAMETERS;
  if (description === undefined) return 'Its description is not recorded';
  if (recorded.target === null) return 'Its target is not recorded';
  const redacted = params.all.entries.find(([, value]) => value === REDACTED);
  return redacted && redactedText(redacted[0]);
}

/** Whether a comparison with a parameter depends on what was redacted, or on parameters that are not there at all. */
export function missingParameter(
  action: KnownAction,
  key: ParameterKey,
  name: PyValue,
  expected: PyValue,
  work: Work,
): string | undefined {
  const { recordedParams } = action;
  if (recordedParams === undefined) return NO_PARAMETERS;
  const actual = recordedParams.parameter(name);
  if (actual === undefined || actual === null || !holdsRedacted(actual, work)) return undefined;
  return isKnownAnyway(key, expected, actual) ? undefined : redactedText(name);
}

/** Keys are never redacted, nor is what kind of thing a value is that holds others. */
function isKnownAnyway(key: ParameterKey, expected: PyValue, actual: PyValue): boolean {
  if (key === 'param_contains') return isMapping(actual);
  if (key !== 'param_eq') return false;
  return isList(actual) ? !isList(expected) : isMapping(actual) && !isMapping(expected);
}

/** (A recorded value is what JSON can hold, nested as deep as Python reads.) */
function holdsRedacted(value: PyValue, work: Work): boolean {
  work.spend();
  if (typeof value === 'string') return value === REDACTED;
  if (isList(value)) return value.some((item) => holdsRedacted(item, work));
  return isMapping(value) && value.entries.some(([, each]) => holdsRedacted(each, work));
}

const NO_PARAMETERS = 'Its parameters are not recorded';

function redactedText(name: PyValue): string {
  return `Its parameter ${shownValue(name)} is redacted`;
}
