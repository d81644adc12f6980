import type { Action } from './action';
import type { Circumstances, ConditionMismatch, PreparedAction, RegexSearch } from './conditions/condition';
import { matchesGlob } from './glob';
import {
  DEFAULT_RULE,
  matchedName,
  MATCH_PARTS,
  ruleTitle,
  type MatchPart,
  type Policy,
  type PolicyRule,
  type Verdict,
} from './policy';
import { prepareAction } from './prepareAction';
import { PyError, TooMuchWork, Work } from './pyError';
import { pyNoun, pyTypeName } from './pyValues';
import { shownValue } from './shownValue';
import type { PyValue } from './yamlTree';

export type { Action } from './action';
export type { RegexSearch } from './conditions/condition';

/** What a policy says of an action. */
export interface Decision extends Verdict {
  readonly kind: 'decision';
  /** As the reference reports it: mostly a text, but whatever stands as the rule's name; `<default>` where no rule matched. */
  readonly matchedRule: PyValue;
  /** From 0; undefined where no rule matched. */
  readonly ruleIndex: number | undefined;
}

/** No decision: a condition of a rule whose patterns match cannot be evaluated. */
export interface EvaluationError {
  readonly kind: 'error';
  /** From 0. */
  readonly ruleIndex: number;
  /** The condition's key; undefined where `conditions` themselves are the trouble. */
  readonly condition: PyValue | undefined;
  /** For people. */
  readonly sentence: string;
  /** What the reference raises; undefined where it would try, and we have given up. */
  readonly python: { readonly type: string; readonly message: string } | undefined;
}

/** Why a rule does not match, with what was there. */
export type Mismatch =
  { readonly kind: MatchPart; readonly pattern: PyValue; readonly text: string } | ConditionMismatch;

/**
 * Decides on an action as the reference does: the first rule that matches, else the defaults.
 *
 * @param clock microseconds since 1970, UTC, at which the action is judged.
 */
export function evaluate(
  policy: Policy,
  action: Action,
  clock: number,
  regex: RegexSearch,
): Decision | EvaluationError {
  return judge(policy, circumstancesOf(action, clock, regex), () => undefined);
}

export function circumstancesOf(action: Action, clock: number, regex: RegexSearch): Circumstances {
  return { action: prepareAction(action), clock, regex, work: new Work() };
}

/** The same, telling of each rule that is passed over. */
export function judge(
  { rules, defaults }: Policy,
  circumstances: Circumstances,
  passOver: (rule: PolicyRule, mismatch: Mismatch) => void,
): Decision | EvaluationError {
  for (const rule of rules) {
    const attempt = new Attempt(rule, circumstances);
    try {
      const mismatch = attempt.mismatch();
      if (mismatch === undefined) return decision(rule, matchedName(rule), rule.index);
      passOver(rule, mismatch);
    } catch (error) {
      return attempt.failed(error);
    }
  }
  return decision(defaults, DEFAULT_RULE, undefined);
}

function decision({ risk, approval }: Verdict, matchedRule: PyValue, ruleIndex: number | undefined): Decision {
  return { kind: 'decision', risk, approval, matchedRule, ruleIndex };
}

/** One rule held against one action. */
class Attempt {
  /** The condition that is being asked. */
  private condition: PyValue | undefined;

  constructor(
    private readonly rule: PolicyRule,
    private readonly circumstances: Circumstances,
  ) {}

  /** The patterns come first, so that a condition that cannot be evaluated only matters to actions that they match. */
  mismatch(): Mismatch | undefined {
    const { action, work } = this.circumstances;
    for (const part of MATCH_PARTS) {
      const { glob, value } = this.rule.match[part];
      if (!matchesGlob(glob, action.points[part], work))
        return { kind: part, pattern: value, text: textOf(action, part) };
    }
    return this.conditionMismatch();
  }

  private conditionMismatch(): ConditionMismatch | undefined {
    const { conditions } = this.rule;
    if (conditions.kind === 'not-a-mapping') throw noConditions(conditions.value);
    for (const { key, check } of conditions.conditions) {
      this.condition = key;
      const mismatch = check(this.circumstances);
      if (mismatch !== undefined) return mismatch;
    }
    return undefined;
  }

  failed(error: unknown): EvaluationError {
    return evaluationError(this.rule, this.condition, error);
  }
}

/** What Python raises where something else stands in place of conditions. */
export function noConditions(value: PyValue): PyError {
  return new PyError(
    'AttributeError',
    `'${pyTypeName(value)}' object has no attribute 'get'`,
    `its conditions must be a mapping, and are ${pyNoun(value)}`,
  );
}

/**
 * Why a rule's conditions cannot be evaluated. What was thrown for no such reason is thrown again.
 *
 * @param condition the key of the one that was asked; undefined where `conditions` themselves are the trouble.
 */
export function evaluationError(rule: PolicyRule, condition: PyValue | undefined, error: unknown): EvaluationError {
  const place = condition === undefined ? '' : `in ${shownValue(condition)}, `;
  const of = (why: string): string => `The conditions of ${ruleTitle(rule)} cannot be evaluated: ${place}${why}.`;
  const shared = { kind: 'error', ruleIndex: rule.index, condition } as const;
  if (error instanceof PyError)
    return { ...shared, sentence: of(error.plain), python: { type: error.type, message: error.said } };
  if (error instanceof TooMuchWork) return { ...shared, sentence: of(TOO_MUCH), python: undefined };
  throw error;
}

const TOO_MUCH = 'the values are too large, or hold each other too often, to be compared in reasonable time';

function textOf({ type, target, agent }: PreparedAction, part: MatchPart): string {
  return { type, target, agent: agent === null || agent === '' ? '*' : agent }[part];
}
