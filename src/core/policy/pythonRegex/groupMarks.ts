import type { Mark } from './backtrackProgram';

/** What was remembered of the marks, to go back to. */
export interface SavedMarks {
  readonly last: Mark;
  /** Undefined where only the number of the last one was kept. */
  readonly places: readonly number[] | undefined;
}

/**
 * Where in the text groups began and ended. Marks beyond the last one are not set, whatever stands there.
 *
 * Python does not always remember all of them before it tries something, so that a try that failed can leave its marks
 * behind: `(?:(a)|b)*+\1` finds nothing in "aba". So it is done here.
 */
export class GroupMarks {
  private readonly places: number[];
  private last: Mark = -1;

  /** @param groupCount one more than the highest number of a group */
  constructor(groupCount: number) {
    this.places = new Array<number>(2 * groupCount).fill(-1);
  }

  clear(): void {
    this.last = -1;
  }

  set(mark: Mark, at: number): void {
    if (mark > this.last) {
      this.places.fill(-1, this.last + 1, mark);
      this.last = mark;
    }
    this.places[mark] = at;
  }

  /** Where a group lies in the text; undefined where it took no part. @param start its first mark */
  rangeOf(start: Mark): readonly [start: number, end: number] | undefined {
    if (start >= this.last) return undefined;
    const from = this.places[start];
    const to = this.places[start + 1];
    return from === -1 || to === -1 || to < from ? undefined : [from, to];
  }

  save(isWhole: boolean): SavedMarks {
    return { last: this.last, places: isWhole ? this.places.slice(0, this.last + 1) : undefined };
  }

  restore({ last, places }: SavedMarks): void {
    this.last = last;
    places?.forEach((at, mark) => (this.places[mark] = at));
  }

  /** How much there is to remember. */
  get size(): number {
    return this.last + 1;
  }
}
