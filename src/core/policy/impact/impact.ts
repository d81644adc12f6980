import type { RegexSearch } from '../conditions/condition';
import type { Policy } from '../policy';
import { CHANGE_KINDS, type ChangeKind } from './change';
import { Judge, type Judged } from './judge';
import { DEFAULTS } from './judgedPolicy';
import type { RecordedActions } from './recordedAction';

export { CHANGE_KINDS, type ChangeKind } from './change';
export { UNKNOWN, type Judged, type Outcome } from './judge';
export { DEFAULTS } from './judgedPolicy';
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
  private next = 0;

  /** @param after the same policy as before, where only its decisions are of interest. */
  constructor(
    private readonly before: Policy,
    private readonly after: Policy,
    private readonly actions: RecordedActions,
    regex: RegexSearch,
  ) {
    this.judge = new Judge(before, after, regex);
    this.kinds = new Uint8Array(actions.size);
    this.rules = { before: new Int32Array(actions.size), after: new Int32Array(actions.size) };
  }

  /** Goes on with at most so many actions. @returns whether there are more. */
  advance(most: number): boolean {
    const end = Math.min(this.actions.size, this.next + most);
    for (; this.next < end; this.next++) {
      const { kind, before, after } = this.judge.judge(this.actions.at(this.next));
      const number = CHANGE_KINDS.indexOf(kind);
      this.kinds[this.next] = number;
      this.kindCounts[number]++;
      this.rules.before[this.next] = before.rule;
      this.rules.after[this.next] = after.rule;
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

  /** Which of the recorded actions have this change, from 0; at most `most` of them. */
  positions(kind: ChangeKind, most = Infinity): number[] {
    const number = CHANGE_KINDS.indexOf(kind);
    return this.found((position) => this.kinds[position] === number, most);
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
    const rules = this.rules[side];
    return this.found((position) => rules[position] === rule, most);
  }

  /** All about one action. */
  details(position: number): Judged {
    return this.judge.judge(this.actions.at(position));
  }

  private found(isIt: (position: number) => boolean, most: number): number[] {
    const positions: number[] = [];
    for (let position = 0; position < this.next && positions.length < most; position++) {
      if (isIt(position)) positions.push(position);
    }
    return positions;
  }
}
