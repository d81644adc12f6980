import { CHANGE_KINDS, type ChangeKind, type Impact, type Reason } from '../core/policy/impact/impact';
import type { LogSource } from './logSource';
import type { LoggedActions } from './recordedActions';

/** What an edit of a policy would have changed in a recorded history, as far as that was gone through. */
export interface ImpactFigures {
  /** Of the history, and entries of its log: an action that was attempted has two in a chain. */
  readonly actions: number;
  readonly entries: number;
  /** Actions that were gone through so far; all other numbers of actions are of these. */
  readonly done: number;
  readonly changes: Readonly<Record<ChangeKind, number>>;
  /** By rule of the policy after the edit, how many actions it decides. */
  readonly byRule: readonly number[];
  readonly byDefaults: number;
  /** Of which it is not known what decides: it may be one rule or another, or none can. */
  readonly unknown: number;
  /** The earliest and the latest time of the history, in milliseconds since 1970; null where none of its times can be read. */
  readonly from: number | null;
  readonly to: number | null;
  /** What has to be known of the log, in sentences; where there is something, not all of it was read. */
  readonly warnings: readonly string[];
  /** Actions that are not evaluable because their log does not say whose they are, and because a parameter is redacted. */
  readonly withoutAgent: number;
  readonly redacted: number;
  /** Why actions are not evaluable: the reasons of the most of them. `reasonsOf` were asked for theirs, which is all. */
  readonly reasons: readonly Reason[];
  readonly reasonsOf: number;
}

/** Of a history, whatever a policy makes of it. */
export type Extent = Pick<ImpactFigures, 'actions' | 'entries' | 'from' | 'to'>;

export function extentOf({ index }: LogSource, actions: LoggedActions): Extent {
  let [from, to] = [Infinity, -Infinity];
  for (let action = 0; action < actions.size; action++) {
    // (No time compares with one that cannot be read.)
    const time = index.times[actions.positionOf(action)];
    if (time < from) from = time;
    if (time > to) to = time;
  }
  const times = from > to ? { from: null, to: null } : { from: from / 1000, to: to / 1000 };
  return { actions: actions.size, entries: actions.entries, ...times };
}

/** Reasons that are told. */
const MOST_REASONS = 5;

export function figuresOf(impact: Impact, extent: Extent, { warnings }: LogSource): ImpactFigures {
  const { byRule, byDefaults, unknown } = impact.decided('after');
  const changes = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, impact.count(kind)]));
  return {
    ...extent,
    done: impact.done,
    changes: changes as Record<ChangeKind, number>,
    byRule: [...byRule],
    byDefaults,
    unknown,
    warnings,
    withoutAgent: impact.lacking('agent'),
    redacted: impact.lacking('redacted'),
    reasons: impact.reasons(MOST_REASONS),
    reasonsOf: impact.count('not_evaluable'),
  };
}
