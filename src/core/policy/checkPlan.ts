import { codePoints, matchesGlob, parseGlob, type Glob } from './glob';
import type { PlanRules, SequencePattern } from './planRules';
import { RISK_LEVELS, type RiskLevel, type Verdict } from './policy';
import { PyError, TooMuchWork, Work } from './pyError';
import { pyStr } from './pyText';
import { pyNoun, pyTruth, pyTypeName } from './pyValues';
import { shownValue } from './shownValue';
import type { PyValue } from './yamlTree';

/** An action of a plan, with the risk that the policy gave it. */
export interface PlannedAction {
  readonly type: string;
  readonly risk: RiskLevel;
}

/** What several actions do together that they must not. */
export interface PlanViolation extends Verdict {
  readonly ruleName: PyValue;
  readonly description: PyValue;
  /** Places in the list of actions, from 0. */
  readonly involved: readonly number[];
}

/** A plan rule that cannot be applied. */
export interface PlanError {
  readonly kind: 'error';
  /** For people. */
  readonly sentence: string;
  /** What the reference raises; undefined where it would try, and we have given up. */
  readonly python: { readonly type: string; readonly message: string } | undefined;
}

/** Holds actions in a row against the plan rules: each sequence is reported once, where it starts first. */
export function checkPlan(rules: PlanRules, actions: readonly PlannedAction[]): readonly PlanViolation[] | PlanError {
  const work = new Work();
  try {
    const texts = actions.map(({ type }) => codePoints(type));
    const sequences = rules.sequences.flatMap((pattern) => {
      const involved = firstSequence(pattern, texts, work);
      return involved === undefined ? [] : [violationOf(pattern, involved, actions, work)];
    });
    return [...sequences, ...tooMuchRisk(rules, actions)];
  } catch (error) {
    if (error instanceof PyError)
      return { kind: 'error', sentence: sentence(error.plain), python: { type: error.type, message: error.said } };
    if (error instanceof TooMuchWork)
      return { kind: 'error', sentence: sentence('there is too much to compare'), python: undefined };
    throw error;
  }
}

function sentence(why: string): string {
  return `The plan rules cannot be applied: ${why}.`;
}

function firstSequence(
  { steps, window }: SequencePattern,
  texts: readonly (readonly number[])[],
  work: Work,
): readonly number[] | undefined {
  if (steps.length < 2) return undefined;
  const globs: Glob[] = [];
  const isStep = (step: number, place: number): boolean => {
    work.spend();
    return matchesGlob((globs[step] ??= stepGlob(steps[step])), texts[place], work);
  };
  for (let start = 0; start < texts.length; start++) {
    if (!isStep(0, start)) continue;
    const end = window > 0n ? Math.min(start + Number(window), texts.length) : texts.length;
    const involved = [start];
    for (let place = start + 1; place < end && involved.length < steps.length; place++)
      if (isStep(involved.length, place)) involved.push(place);
    if (involved.length === steps.length) return involved;
    // Without a window, what a later start could reach, this one would have.
    if (window <= 0n) return undefined;
  }
  return undefined;
}

/** @throws PyError as `fnmatch.fnmatch` does for what is no text. */
function stepGlob(step: PyValue): Glob {
  if (typeof step === 'string') return parseGlob(step);
  const type = pyTypeName(step);
  const said =
    type === 'bytes'
      ? 'cannot use a bytes pattern on a string-like object'
      : `expected str, bytes or os.PathLike object, not ${type.replace('datetime.', '')}`;
  throw new PyError('TypeError', said, `the step ${shownValue(step)} must be a text, and is ${pyNoun(step)}`);
}

function violationOf(
  { name, description, approval, risk }: SequencePattern,
  involved: readonly number[],
  actions: readonly PlannedAction[],
  work: Work,
): PlanViolation {
  const types = involved.map((place) => `'${actions[place].type}'`);
  const said = pyTruth(description) ? description : `Forbidden sequence '${pyStr(name, work)}': ${types.join(' → ')}`;
  return { ruleName: name, description: said, involved, approval, risk };
}

function tooMuchRisk({ cumulativeRisk }: PlanRules, actions: readonly PlannedAction[]): PlanViolation[] {
  if (cumulativeRisk === undefined || cumulativeRisk.most <= 0n) return [];
  const { name, most, approval } = cumulativeRisk;
  const total = actions.reduce((sum, { risk }) => sum + RISK_LEVELS.indexOf(risk) + 1, 0);
  if (BigInt(total) <= most) return [];
  const description = `Cumulative risk ${total} exceeds threshold ${most}`;
  return [{ ruleName: name, description, involved: actions.map((_, i) => i), approval, risk: 'CRITICAL' }];
}
