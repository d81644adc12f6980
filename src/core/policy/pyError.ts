/** What Python raises where the reference loads or evaluates a policy, and the same for a person. */
export class PyError extends Error {
  /**
   * @param type the exception's name: `TypeError`.
   * @param said its text, as `str(error)` gives it.
   * @param plain why, in plain words: a clause without a full stop. Text out of a policy or a log in it is made visible.
   */
  constructor(
    readonly type: string,
    readonly said: string,
    readonly plain: string,
  ) {
    super(`${type}: ${said}`);
  }
}

/** A value was so large, or held others so often, that working on it was given up. The reference would still be at it. */
export class TooMuchWork extends Error {
  constructor() {
    super('More work than is done for one action.');
  }
}

/**
 * What may still be done for one action. Aliases make a small document stand for a value of any size, and a log can hold texts of
 * any length, so whatever walks them pays for each step.
 */
export class Work {
  constructor(private left = MOST_STEPS) {}

  /** @throws TooMuchWork where there is nothing left. */
  spend(steps = 1): void {
    this.left -= steps;
    if (this.left < 0) throw new TooMuchWork();
  }
}

/** A second or so. */
const MOST_STEPS = 20_000_000;

/** Python gives up at its recursion limit of 1,000 calls, a few of which are taken before the first value. */
export const MOST_NESTED = 980;
