import { quantity } from '../text/quantity';
import { visible } from '../text/visible';
import type { Action } from './action';
import type { ConditionMismatch, ParameterKey, RegexSearch } from './conditions/condition';
import { circumstancesOf, judge, type Decision, type EvaluationError, type Mismatch } from './evaluate';
import { type Policy, type PolicyRule } from './policy';
import { shownValue } from './shownValue';
import type { PyValue } from './yamlTree';

/** A decision, with the rules that came before the one that made it. */
export interface Explanation {
  readonly outcome: Decision | EvaluationError;
  /** In the policy's order. */
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly rule: PolicyRule;
  readonly mismatch: Mismatch;
}

/** Decides as `evaluate` does, and says of each rule before the one that matched why it did not. */
export function explain(policy: Policy, action: Action, clock: number, regex: RegexSearch): Explanation {
  const passedOver: PassedOver[] = [];
  const outcome = judge(policy, circumstancesOf(action, clock, regex), (rule, mismatch) => {
    passedOver.push({ rule, mismatch });
  });
  return { outcome, passedOver };
}

/** Why a rule does not match, as a sentence without the rule's name. */
export function mismatchSentence(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'type':
    case 'target':
    case 'agent':
      return `The ${mismatch.kind} ${shownValue(mismatch.text)} does not match ${shownValue(mismatch.pattern)}.`;
    default:
      return conditionSentence(mismatch);
  }
}

function conditionSentence(mismatch: ConditionMismatch): string {
  switch (mismatch.kind) {
    case 'time': {
      const side = mismatch.key === 'time_after' ? 'before' : 'not before';
      return `It is ${timeText(mismatch.now)} UTC, ${side} ${timeText(mismatch.threshold)} (${mismatch.key}).`;
    }
    case 'weekday':
      return `It is ${DAYS[mismatch.today - 1]} (${mismatch.today}) in UTC, which is not one of the weekdays ${shownValue(mismatch.wanted)}.`;
    case 'no-parameter':
      return `There is no parameter ${shownValue(mismatch.parameter)}, or it is null (${mismatch.key}).`;
    case 'parameter':
      return parameterSentence(mismatch);
    case 'dead-pattern': {
      const what = mismatch.why === 'invalid' ? 'is no valid regular expression' : 'is longer than 1,000 characters';
      return `The pattern for the parameter ${shownValue(mismatch.parameter)} ${what}, so it never matches (param_matches).`;
    }
    case 'semantic':
      if (mismatch.words.length === 0) return 'The semantic condition names no word, so it never holds.';
      return `The action has none of ${quantity(mismatch.words.length, 'word')} of the semantic condition: ${wordList(mismatch.words)}.`;
    case 'unknown':
      return `There is no condition ${shownValue(mismatch.key)}, so it never holds.`;
  }
}

function parameterSentence({
  key,
  parameter,
  expected,
  actual,
}: {
  readonly key: ParameterKey;
  readonly parameter: PyValue;
  readonly expected: PyValue;
  readonly actual: PyValue;
}): string {
  return `The parameter ${shownValue(parameter)} is ${shownValue(actual)}, which ${RELATIONS[key]} ${shownValue(expected)} (${key}).`;
}

const RELATIONS: Readonly<Record<ParameterKey, string>> = {
  param_eq: 'does not equal',
  param_gt: 'is not greater than',
  param_lt: 'is not less than',
  param_gte: 'is not at least',
  param_lte: 'is not at most',
  param_contains: 'does not contain',
  param_matches: 'has no match for',
};

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `18:15`, with seconds and fractions where there are any. */
function timeText(microseconds: number): string {
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const minutes = microseconds / 60_000_000;
  const rest = microseconds - Math.floor(minutes) * 60_000_000;
  const seconds = rest === 0 ? '' : `:${two(rest / 1_000_000)}`;
  const fraction = rest % 1_000_000 === 0 ? '' : `.${String(rest % 1_000_000).padStart(6, '0')}`;
  return `${two(minutes / 60)}:${two(minutes % 60)}${seconds}${fraction}`;
}

const MOST_WORDS = 10;

function wordList(words: readonly string[]): string {
  const shown = words.slice(0, MOST_WORDS).map((word) => visible(word, 40));
  return words.length > MOST_WORDS ? `${shown.join(', ')}, …` : shown.join(', ');
}
