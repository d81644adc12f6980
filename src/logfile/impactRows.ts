import {
  DEFAULTS,
  UNKNOWN,
  type ChangeKind,
  type Impact,
  type Judged,
  type Outcome,
} from '../core/policy/impact/impact';
import { ruleTitle, type Approval, type Policy } from '../core/policy/policy';
import { entryFacts, type EntryFacts } from './entryFacts';
import type { LogSource } from './logSource';
import type { LoggedActions } from './recordedActions';

/** What a policy makes of a recorded action, as far as the record tells. */
export interface ImpactSide {
  /** null where it may be several. */
  readonly approval: Approval | null;
  /** The rule's index, DEFAULTS or UNKNOWN. */
  readonly rule: number;
  readonly ruleTitle: string;
}

/** A recorded action, and what two policies make of it. */
export interface ImpactRow extends EntryFacts {
  readonly change: ChangeKind;
  readonly before: ImpactSide;
  readonly after: ImpactSide;
  /** Why it is not evaluable; null where it is. */
  readonly reason: string | null;
}

/** Two policies and a history that was held against them. */
export interface Compared {
  readonly source: LogSource;
  readonly before: Policy;
  readonly after: Policy;
  readonly actions: LoggedActions;
  readonly impact: Impact;
}

/** @param newest positions of actions, the last first. */
export async function impactRows(
  { source, before, after, actions, impact }: Compared,
  newest: readonly number[],
  pause: () => Promise<void>,
): Promise<ImpactRow[]> {
  const rows: ImpactRow[] = [];
  // In the log's order, for contents are read forward.
  for (const action of newest.toReversed()) {
    const judged = impact.details(action);
    rows.push({ ...entryFacts(source.index, actions.positionOf(action)), ...verdictOf(judged, before, after) });
    if (rows.length % ROWS === 0) await pause();
  }
  return rows.reverse();
}

/** Rows between two pauses. */
const ROWS = 100;

function verdictOf(
  { kind, before, after, reason }: Judged,
  old: Policy,
  edited: Policy,
): Pick<ImpactRow, 'change' | 'before' | 'after' | 'reason'> {
  return { change: kind, before: sideOf(old, before), after: sideOf(edited, after), reason: reason ?? null };
}

function sideOf({ rules }: Policy, { rule, approval }: Outcome): ImpactSide {
  const title =
    rule === DEFAULTS ? 'the defaults' : rule === UNKNOWN ? 'a rule that is not known' : ruleTitle(rules[rule]);
  return { approval: approval ?? null, rule, ruleTitle: title };
}
