import { MATCH_PARTS, type PolicyRule } from '../../policy';
import { constraintsOf } from './conditionConstraints';
import type { Constraint } from './constraint';
import { both, isNone } from './parameterSet';
import { intersection } from './ranges';
import { MINUTES } from './region';
import type { PatternBook } from './patternBook';
import type { Shapes } from './shape';

/** A rule as all that has to hold for it to match: exactly then, so long as nothing fails that is asked before. */
export interface Box {
  readonly rule: PolicyRule;
  readonly constraints: readonly Constraint[];
}

/**
 * Whether two rules may have an action in common, as far as a quick look at their conditions tells. (That of patterns with different
 * starts has been taken already.)
 */
export function mayMeet(a: Box, b: Box): boolean {
  return !a.constraints.some(
    (one) => one.kind !== 'glob' && b.constraints.some((other) => excludeEachOther(one, other)),
  );
}

function excludeEachOther(one: Constraint, other: Constraint): boolean {
  if (one.kind === 'parameter')
    return other.kind === 'parameter' && one.key === other.key && isNone(both(one.set, other.set));
  if (one.kind === 'days') return other.kind === 'days' && (one.days & other.days) === 0;
  return one.kind === 'time' && other.kind === 'time' && intersection(MINUTES, one.minutes, other.minutes).length === 0;
}

/** undefined for a rule of which a condition alone already says that it can never match, or cannot be evaluated. */
export function boxOf(rule: PolicyRule, shapes: Shapes, patterns: PatternBook): Box | undefined {
  const constraints: Constraint[] = [];
  for (const part of MATCH_PARTS) {
    const shape = shapes.shapeOf(rule.match[part].glob);
    if (!shape.isEverything) constraints.push({ kind: 'glob', part, shape });
  }
  if (rule.conditions.kind === 'not-a-mapping') return undefined;
  for (const condition of rule.conditions.conditions) {
    const asked = constraintsOf(condition, (pattern) => patterns.isDead(pattern));
    if (asked === 'never' || asked === 'fails') return undefined;
    constraints.push(...asked);
  }
  return { rule, constraints };
}
