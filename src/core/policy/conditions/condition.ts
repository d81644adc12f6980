import type { Action } from '../action';
import type { Work } from '../pyError';
import type { OrderSign } from '../pyOrder';
import type { PyValue } from '../yamlTree';

/** One member of a rule's `conditions`. */
export interface Condition {
  /** As written; the name of a condition that exists, or something else. */
  readonly key: PyValue;
  readonly value: PyValue;
  /**
   * Why it does not hold; undefined where it does.
   *
   * @throws PyError where the reference's evaluation raises.
   * @throws TooMuchWork
   */
  readonly check: (circumstances: Circumstances) => ConditionMismatch | undefined;
}

/** What an action is judged by. */
export interface Circumstances {
  readonly action: PreparedAction;
  /** Microseconds since 1970, UTC. */
  readonly clock: number;
  readonly regex: RegexSearch;
  readonly work: Work;
}

/** `re.search` of Python. */
export type RegexSearch = (pattern: string, text: string) => RegexOutcome;

export type RegexOutcome =
  | 'found'
  | 'not-found'
  /** Python refuses the pattern with `re.error`, and the reference takes that for no match. */
  | 'invalid'
  /** The search would have taken too long, so that the answer is not known. */
  | 'too-long'
  /** Python refuses the pattern with another exception, which nothing catches. */
  | { readonly type: string; readonly message: string };

/** An action with what several rules ask of it. */
export interface PreparedAction extends Action {
  /** A parameter's value; undefined where the action has none of this name. */
  readonly parameter: (name: PyValue) => PyValue | undefined;
  /** The texts that patterns are held against, as code points. */
  readonly points: Readonly<Record<'type' | 'target' | 'agent', readonly number[]>>;
  /** The words of all that `semantic` looks at. Throws as it does. */
  readonly words: (work: Work) => ReadonlySet<string>;
}

/** Why a condition does not hold, with what was there. */
export type ConditionMismatch =
  | {
      readonly kind: 'time';
      readonly key: 'time_after' | 'time_before';
      /** Microseconds since midnight, UTC. */
      readonly threshold: number;
      readonly now: number;
    }
  /** ISO: 1 is Monday, 7 Sunday. */
  | { readonly kind: 'weekday'; readonly wanted: PyValue; readonly today: number }
  /** The parameter is not there or null. */
  | { readonly kind: 'no-parameter'; readonly key: ParameterKey; readonly parameter: PyValue }
  | {
      readonly kind: 'parameter';
      readonly key: ParameterKey;
      readonly parameter: PyValue;
      readonly expected: PyValue;
      readonly actual: PyValue;
    }
  /** A regular expression that never matches: Python refuses it, or the reference, for its length. */
  | {
      readonly kind: 'dead-pattern';
      readonly parameter: PyValue;
      readonly expected: PyValue;
      readonly why: 'invalid' | 'over-1000';
    }
  | { readonly kind: 'semantic'; readonly words: readonly string[] }
  /** No condition has this name, so it never holds. */
  | { readonly kind: 'unknown'; readonly key: PyValue };

export const ORDER_SIGNS = {
  param_gt: '>',
  param_lt: '<',
  param_gte: '>=',
  param_lte: '<=',
} as const satisfies Record<string, OrderSign>;

export type ParameterKey = keyof typeof ORDER_SIGNS | 'param_eq' | 'param_contains' | 'param_matches';

/** The conditions that the reference knows, in its order. */
export const CONDITION_KEYS = [
  'time_after',
  'time_before',
  'weekdays',
  'param_eq',
  'param_gt',
  'param_lt',
  'param_gte',
  'param_lte',
  'param_contains',
  'param_matches',
  'semantic',
] as const;
