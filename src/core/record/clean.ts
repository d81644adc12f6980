import type { JsonValue } from '../chain/entry';
import { pythonJson } from '../json/pythonJson';
import { APPROVALS, RISK_LEVELS, type RiskLevel } from '../policy/policy';
import {
  HUMAN_DECISIONS,
  RESULT_STATUSES,
  type ActionOutcome,
  type ActionRecord,
  type CleanAction,
  type CleanOutcome,
} from './actionRecord';
import { isPlainList, plainObject } from './plainObject';
import { plainCopier, plainValue } from './plainValue';
import type { Redact } from './redaction';

/**
 * An action as it is written: parameters made plain, secrets taken out of parameters, target and description, and every text such that
 * UTF-8 can hold it (a lone surrogate becomes U+FFFD; SQLite would not give it back). Parameters that are no object are the member
 * `value` of one. Empty texts of what need not be there are null, as in the reference.
 *
 * @param timestamp when it was attempted or decided: ISO 8601 in UTC as Python writes it.
 * @throws TypeError with a sentence where the action has no type, or a risk, an approval or a human decision that is none; whatever else
 *   is given is recorded as a text.
 */
export function cleanAction(record: ActionRecord, timestamp: string, redact: Redact): CleanAction {
  const type = textOf(record.actionType);
  if (type === '') throw new TypeError('An action needs a type, such as "read_file": nothing else says what was done.');
  // The short texts come first: what parameters take is not missed by them.
  const copy = plainCopier();
  const secretless = (text: string): string => cleanText(text, copy, redact);
  const target = secretless(textOf(record.actionTarget));
  const description = secretless(textOf(record.actionDesc));
  return {
    action_id: wellFormed(textOf(record.actionId)),
    session_id: wellFormed(textOf(record.sessionId)),
    timestamp,
    action_type: wellFormed(type),
    action_target: target,
    action_params: paramsOf(cleanValue(copy(record.actionParams), redact)),
    action_desc: description === '' ? null : description,
    risk_level: riskOf(record.riskLevel),
    approval: oneOf('approval', record.approval, APPROVALS),
    matched_rule: wellFormed(textOf(record.matchedRule)),
    human_decision:
      record.humanDecision === undefined ? null : oneOf('humanDecision', record.humanDecision, HUMAN_DECISIONS),
    agent_id: textOrNull(record.agentId),
    parent_agent_id: textOrNull(record.parentAgentId),
    chain_id: textOrNull(record.chainId),
    chain_depth: depthOf(record.chainDepth),
    policy_hash: textOrNull(record.policyHash),
  };
}

/** How an action ended, as it is written; see `cleanAction`. */
export function cleanOutcome(outcome: ActionOutcome, redact: Redact): CleanOutcome {
  const copy = plainCopier();
  const error = cleanText(textOf(outcome.error), copy, redact);
  return {
    result_status: oneOf('status', outcome.status, RESULT_STATUSES),
    result_data: cleanValue(copy(outcome.data), redact),
    result_error: error === '' ? null : error,
  };
}

function cleanText(text: string, copy: (value: unknown) => JsonValue, redact: Redact): string {
  return wellFormed(redact.text(textOf(copy(text))));
}

function cleanValue(value: JsonValue, redact: Redact): JsonValue {
  return wellFormedValue(redact.value(value));
}

function paramsOf(value: JsonValue): Readonly<Record<string, JsonValue>> {
  if (value === null) return NOTHING;
  return typeof value === 'object' && !isPlainList(value) ? value : Object.freeze({ value });
}

const NOTHING: Readonly<Record<string, JsonValue>> = Object.freeze({});

/** What should be a text, and comes from a program in JavaScript. */
function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  if (given === undefined || given === null) return '';
  const plain = plainValue(given);
  return typeof plain === 'string' ? plain : pythonJson(plain);
}

function textOrNull(given: unknown): string | null {
  const text = wellFormed(textOf(given));
  return text === '' ? null : text;
}

/** Names of risks are read in any case. */
function riskOf(given: unknown): RiskLevel {
  return oneOf('riskLevel', textOf(given).toUpperCase(), RISK_LEVELS);
}

/** What is not one of the words of the format could not be read back from an entry. */
function oneOf<T extends string>(name: string, given: unknown, known: readonly T[]): T {
  const found = known.find((each) => each === given);
  if (found !== undefined) return found;
  throw new TypeError(
    `The ${name} of an action must be one of ${known.join(', ')}, and is ${pythonJson(plainValue(given))}.`,
  );
}

function depthOf(given: unknown): number {
  return typeof given === 'number' && Number.isSafeInteger(given) && given > 0 ? given : 0;
}

function wellFormed(text: string): string {
  return text.toWellFormed();
}

function wellFormedValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return wellFormed(value);
  if (value === null || typeof value !== 'object' || isWellFormed(value)) return value;
  if (isPlainList(value)) return Object.freeze(value.map(wellFormedValue));
  return plainObject(Object.entries(value).map(([key, member]) => [wellFormed(key), wellFormedValue(member)]));
}

/** Nearly all are, and need no copy. */
function isWellFormed(value: JsonValue): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  if (isPlainList(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isWellFormed(member));
}
