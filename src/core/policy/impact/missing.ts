import type { ParameterKey } from '../conditions/condition';
import { shownValue } from '../shownValue';
import { isList, isMapping } from '../pyValues';
import type { Work } from '../pyError';
import type { PyValue } from '../yamlTree';
import type { MatchPart } from '../policy';
import type { KnownAction } from './knownAction';
import { REDACTED } from './recordedAction';

/** What a record lacks that a rule asks for. */
export interface Missing {
  readonly what: MissingPart;
  /** The start of a sentence. */
  readonly clause: string;
}

export type MissingPart = MatchPart | 'time' | 'parameters' | 'redacted' | 'description';

export function missingText(part: MatchPart): Missing {
  return { what: part, clause: `Its ${part} is not recorded` };
}

/** The following give undefined where nothing is missing. */

export function missingClock({ hasClock }: KnownAction): Missing | undefined {
  return hasClock ? undefined : { what: 'time', clause: 'Its timestamp is no time' };
}

/** For words that were not found: they may be in what is missing. */
export function missingWords({ recorded, content: { params, description } }: KnownAction): Missing | undefined {
  if (params === undefined) return NO_PARAMETERS;
  if (description === undefined) return { what: 'description', clause: 'Its description is not recorded' };
  if (recorded.target === null) return missingText('target');
  const found = params.all.entries.find(([, value]) => value === REDACTED);
  return found && redacted(found[0]);
}

/** Whether a comparison with a parameter depends on what was redacted, or on parameters that are not there at all. */
export function missingParameter(
  action: KnownAction,
  key: ParameterKey,
  name: PyValue,
  expected: PyValue,
  work: Work,
): Missing | undefined {
  const { recordedParams } = action;
  if (recordedParams === undefined) return NO_PARAMETERS;
  const actual = recordedParams.parameter(name);
  if (actual === undefined || actual === null || !holdsRedacted(actual, work)) return undefined;
  return isKnownAnyway(key, expected, actual) ? undefined : redacted(name);
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

const NO_PARAMETERS: Missing = { what: 'parameters', clause: 'Its parameters are not recorded' };

function redacted(name: PyValue): Missing {
  return { what: 'redacted', clause: `Its parameter ${shownValue(name)} is redacted` };
}
