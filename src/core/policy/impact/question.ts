import type { Condition, ParameterKey } from '../conditions/condition';
import { parameterCondition } from '../conditions/parameters';
import { noConditions } from '../evaluate';
import type { Conditions } from '../policy';
import { PyError, TooMuchWork, Work } from '../pyError';
import { pyRepr } from '../pyText';
import { isMapping } from '../pyValues';
import type { PyValue } from '../yamlTree';
import type { KnownAction } from './knownAction';
import { missingClock, missingParameter, missingWords, type Missing } from './missing';

/** One thing that a rule's conditions ask of an action: a whole condition, or what one asks of one parameter. */
export interface Question {
  /** The same wherever the same is asked. */
  readonly id: number;
  /** The condition's key; undefined where the conditions themselves are the trouble. */
  readonly condition: PyValue | undefined;
  /** @throws PyError, TooMuchWork where the condition cannot be evaluated, whatever the record lacks. */
  readonly ask: (action: KnownAction) => Answer;
}

/** Or what was not recorded, and the answer depends on. */
export type Answer = boolean | Missing;

/** Makes the questions of policies that are held against the same actions. */
export class Questions {
  private readonly ids = new Map<string, number>();
  private count = 0;

  /** In the order in which they are asked; the first that does not hold ends it. */
  of(conditions: Conditions): readonly Question[] {
    if (conditions.kind === 'not-a-mapping') return [this.brokenConditions(conditions.value)];
    return conditions.conditions.flatMap((condition) => this.ofCondition(condition));
  }

  private ofCondition(condition: Condition): readonly Question[] {
    const { key, value } = condition;
    switch (key) {
      case 'time_after':
      case 'time_before':
      case 'weekdays':
        return [this.question(condition, [key, value], askClock(condition))];
      case 'semantic':
        return [this.question(condition, [key, value], askWords(condition))];
      case 'param_eq':
      case 'param_gt':
      case 'param_lt':
      case 'param_gte':
      case 'param_lte':
      case 'param_contains':
      case 'param_matches':
        if (isMapping(value)) return value.entries.map(([name, expected]) => this.ofParameter(key, name, expected));
        break;
      default:
        break;
    }
    return [this.question(condition, [key, value], (action) => holds(condition, action))];
  }

  private ofParameter(key: ParameterKey, name: PyValue, expected: PyValue): Question {
    const condition = parameterCondition(key, { kind: 'mapping', entries: [[name, expected]] });
    return this.question(condition, [key, name, expected], askParameter(condition, key, name, expected));
  }

  private question({ key }: Condition, parts: readonly PyValue[], ask: Question['ask']): Question {
    return { id: this.idOf(parts), condition: key, ask };
  }

  private brokenConditions(value: PyValue): Question {
    const ask = (): never => {
      throw noConditions(value);
    };
    return { id: this.count++, condition: undefined, ask };
  }

  /** What is too large to be told apart counts as a question of its own. */
  private idOf(parts: readonly PyValue[]): number {
    let written: string;
    try {
      written = pyRepr(parts, new Work(20_000));
    } catch (error) {
      if (!(error instanceof PyError || error instanceof TooMuchWork)) throw error;
      return this.count++;
    }
    const known = this.ids.get(written);
    if (known !== undefined) return known;
    this.ids.set(written, this.count);
    return this.count++;
  }
}

function holds({ check }: Condition, action: KnownAction): boolean {
  return check(action.circumstances()) === undefined;
}

function askClock(condition: Condition): Question['ask'] {
  return (action) => {
    const missing = missingClock(action);
    if (missing === undefined) return holds(condition, action);
    // A time that cannot be read cannot be read at any time.
    condition.check(action.circumstances(0));
    return missing;
  };
}

function askWords({ check }: Condition): Question['ask'] {
  return (action) => {
    const mismatch = check(action.circumstances());
    if (mismatch?.kind !== 'semantic') return mismatch === undefined;
    const missing = mismatch.words.length === 0 ? undefined : missingWords(action);
    return missing ?? false;
  };
}

function askParameter(condition: Condition, key: ParameterKey, name: PyValue, expected: PyValue): Question['ask'] {
  return (action) => {
    const { work } = action.circumstances();
    const missing = missingParameter(action, key, name, expected, work);
    if (missing === undefined) return holds(condition, action);
    // A regular expression that Python does not take matches nothing.
    const mismatch = key === 'param_matches' ? condition.check(action.circumstances()) : undefined;
    return mismatch?.kind === 'dead-pattern' ? false : missing;
  };
}
