/** Whether rules overlap took more steps to find out than are spent on it. */
export class TooMuchEffort extends Error {
  constructor() {
    super('More work than is done for a file that is being written.');
  }
}

/** What may still be spent. Patterns can be made so that telling whether they overlap takes longer than anybody waits. */
export class Effort {
  constructor(private left: number) {}

  /** @throws TooMuchEffort where there is nothing left. */
  spend(steps = 1): void {
    this.left -= steps;
    if (this.left < 0) throw new TooMuchEffort();
  }

  /** A part of it for one question; what is spent of the part is spent of the whole. */
  part(most: number): Effort {
    return new Share(Math.min(most, this.left), this);
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }
}

class Share extends Effort {
  constructor(
    left: number,
    private readonly whole: Effort,
  ) {
    super(left);
  }

  override spend(steps = 1): void {
    this.whole.spend(steps);
    super.spend(steps);
  }
}
