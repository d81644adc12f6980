/** A log whose sessions are listed is counted by that: it is given so long. */
const PAUSE_MS = 100;

interface Count {
  readonly filter: string;
  /** undefined: it has not been counted. */
  readonly count: number | undefined;
  /** The log is another one since. */
  isOld: boolean;
}

/** How many sessions of each log a filter lets through, also of those whose sessions nobody lists. */
export class ShownSessions {
  private readonly counts = new Map<string, Count>();

  /**
   * @param find counts those of a log, with the filter that is set.
   * @param changed the figure of a log is another one.
   */
  constructor(
    private readonly find: (id: string) => Promise<number>,
    private readonly changed: (id: string) => void,
  ) {}

  /** What is known of a log; undefined where it has to be counted, which is told when it is done. */
  of(id: string, filter: string): number | undefined {
    const known = this.counts.get(id);
    if (known?.filter === filter && !known.isOld) return known.count;
    // A figure that was right a moment ago stands until the next one is here.
    const count = { filter, count: known?.filter === filter ? known.count : undefined, isOld: false };
    this.counts.set(id, count);
    void this.fill(id, count);
    return count.count;
  }

  /** So many are listed. */
  set(id: string, filter: string, count: number): void {
    const before = this.counts.get(id);
    this.counts.set(id, { filter, count, isOld: false });
    if (before?.filter !== filter || before.count !== count) this.changed(id);
  }

  /** A log is another one, or all may be. */
  expire(id?: string): void {
    for (const [key, count] of this.counts) if (id === undefined || key === id) count.isOld = true;
  }

  private async fill(id: string, asked: Count): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (this.counts.get(id) !== asked) return;
    try {
      const found = await this.find(id);
      if (this.counts.get(id) === asked) this.set(id, asked.filter, found);
    } catch {
      // What is wrong with the log stands on its node. Whoever asks next tries again.
      if (this.counts.get(id) === asked) this.counts.delete(id);
    }
  }
}
