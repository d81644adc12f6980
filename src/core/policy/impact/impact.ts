import type { RegexSearch } from '../conditions/condition';
import type { Policy } from '../policy';
import { CHANGE_KINDS, type ChangeKind } from './change';
import { Judge, type Judged } from './judge';
import { DEFAULTS } from './judgedPolicy';
import type { MissingPart } from './missing';
import { PatternAnswers } from './patternAnswers';
import { Reasons, type Reason } from './reasons';
import type { RecordedActions } from './recordedAction';

export { CHANGE_KINDS, type ChangeKind } from './change';
export { UNKNOWN, type Judged, type Outcome } from './judge';
export { DEFAULTS } from './judgedPolicy';
export type { MissingPart } from './missing';
export { PatternAnswers } from './patternAnswers';
export type { Reason } from './reasons';
export { REDACTED, type RecordedAction, type RecordedActions, type RecordedContent } from './recordedAction';

export type Side = 'before' | 'after';

/** How many recorded actions each rule of a policy decides. */
export interface Decided {
  /** By the rule's index. */
  readonly byRule: Uint32Array;
  readonly byDefaults: number;
  /** It may be one rule or another, or none can decide. */
  readonly unknown: number;
}

/** The actions behind a number: those with a change, or those that a rule of a policy decides (its index, DEFAULTS or UNKNOWN). */
export type Behind = { readonly change: ChangeKind } | { readonly side: Side; readonly rule: number };

/**
 * What an edit of a policy would have changed in the recorded history: each action is held against the policy before and after, at the
 * time at which it was recorded. Goes on step by step, so that it can be paused and given up; what is known so far can be asked for at
 * any time. Takes nine bytes an action.
 */
export class Impact {
  private readonly judge: Judge;
  private readonly kinds: Uint8Array;
  private readonly rules: Readonly<Record<Side, Int32Array>>;
  private readonly kindCounts = new Uint32Array(CHANGE_KINDS.length);
  private readonly notEvaluable = new Reasons();
  private next = 0;

  /**
   * @param after the same policy as before, where only its decisions are of interest.
   * @param answers what was found of the same actions' texts before, and is to be remembered.
   */
  constructor(
    private readonly before: Policy,
    private readonly after: Policy,
    private readonly actions: RecordedActions,
    regex: RegexSearch,
    answers = new PatternAnswers(),
  ) {
    this.judge = new Judge(before, after, actions, regex, answers);
    this.kinds = new Uint8Array(actions.size);
    this.rules = { before: new Int32Array(actions.size), after: new Int32Array(actions.size) };
  }

  /** Goes on with at most so many actions. @returns whether there are more. */
  advance(most: number): boolean {
    const end = Math.min(this.actions.size, this.next + most);
    for (; this.next < end; this.next++) {
      const judged = this.judge.judge(this.next);
      const number = CHANGE_KINDS.indexOf(judged.kind);
      this.kinds[this.next] = number;
      this.kindCounts[number]++;
      this.rules.before[this.next] = judged.before.rule;
      this.rules.after[this.next] = judged.after.rule;
      if (judged.kind === 'not_evaluable') this.notEvaluable.add(judged);
    }
    return this.next < this.actions.size;
  }

  /** Actions that were looked at so far. */
  get done(): number {
    return this.next;
  }

  count(kind: ChangeKind): number {
    return this.kindCounts[CHANGE_KINDS.indexOf(kind)];
  }

  /** Why actions are not evaluable: the reasons of the most actions, those of most first. */
  reasons(most: number): Reason[] {
    return this.notEvaluable.top(most);
  }

  /** How many actions are not evaluable because their record lacks this. */
  lacking(what: MissingPart): number {
    return this.notEvaluable.lacking(what);
  }

  /** Which of the recorded actions have this change, from 0; at most `most` of them. */
  positions(kind: ChangeKind, most = Infinity): number[] {
    return this.found({ change: kind }, most);
  }

  decided(side: Side): Decided {
    const rules = this.rules[side];
    const byRule = new Uint32Array({ before: this.before, after: this.after }[side].rules.length);
    let [byDefaults, unknown] = [0, 0];
    for (let position = 0; position < this.next; position++) {
      const rule = rules[position];
      if (rule >= 0) byRule[rule]++;
      else if (rule === DEFAULTS) byDefaults++;
      else unknown++;
    }
    return { byRule, byDefaults, unknown };
  }

  /** Which actions a rule decides, from 0. @param rule its index, DEFAULTS or UNKNOWN. */
  decidedBy(side: Side, rule: number, most = Infinity): number[] {
    return this.found({ side, rule }, most);
  }

  /** The actions behind a number, the last first: how many those are, and which are the `from`-th to before the `to`-th. */
  newest(behind: Behind, from: number, to: number): { readonly total: number; readonly positions: number[] } {
    const isIt = this.whether(behind);
    const positions: number[] = [];
    let total = 0;
    for (let position = this.next - 1; position >= 0; position--) {
      if (!isIt(position)) continue;
      if (total >= from && total < to) positions.push(position);
      total++;
    }
    return { total, positions };
  }

  /** All about one action. */
  details(position: number): Judged {
    return this.judge.judge(position);
  }

  private found(behind: Behind, most: number): number[] {
    const isIt = this.whether(behind);
    const positions: number[] = [];
    for (let position = 0; position < this.next && positions.length < most; position++) {
      if (isIt(position)) positions.push(position);
    }
    return positions;
  }

  private whether(behind: Behind): (position: number) => boolean {
    if ('change' in behind) {
      const number = CHANGE_KINDS.indexOf(behind.change);
      return (position) => this.kinds[position] === number;
    }
    const rules = this.rules[behind.side];
    return (position) => rules[position] === behind.rule;
  }
}
