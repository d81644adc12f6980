import type { Judged } from './judge';
import type { MissingPart } from './missing';

/** A reason why actions are not evaluable, and of how many it is the reason. */
export interface Reason {
  readonly sentence: string;
  readonly count: number;
}

/** Different reasons that are told apart: a log can be made to have any number, for names of parameters stand in them. */
const MOST_DIFFERENT = 1000;

/** Counts why actions are not evaluable. */
export class Reasons {
  private readonly counts = new Map<string, number>();
  private readonly missing = new Map<MissingPart, number>();

  add({ reason = '', missing }: Judged): void {
    const known = this.counts.get(reason);
    if (known !== undefined || this.counts.size < MOST_DIFFERENT) this.counts.set(reason, (known ?? 0) + 1);
    if (missing !== undefined) this.missing.set(missing, (this.missing.get(missing) ?? 0) + 1);
  }

  /** Those of the most actions, those of most first; of equal ones those that were met first. */
  top(most: number): Reason[] {
    const reasons = [...this.counts].map(([sentence, count]) => ({ sentence, count }));
    return reasons.sort((a, b) => b.count - a.count).slice(0, most);
  }

  /** Actions whose record lacks this, which would have decided. */
  lacking(what: MissingPart): number {
    return this.missing.get(what) ?? 0;
  }
}
