/** What is remembered of an attempt until its outcome comes. */
interface Open {
  readonly position: number;
  /** Number of the session's name: what another session tells of the same id is about something else. */
  readonly session: number;
}

/** An id of ours has 36 characters; what is far longer pairs nothing. */
const MOST_ID = 200;

/**
 * Which entries of a chain are attempts whose outcome stands in an entry of its own, further on: the two are one action. An outcome that comes
 * a second time, before its attempt, or from another session stays an entry by itself, and its attempt an open one.
 */
export class Attempts {
  private readonly open = new Map<string, Open>();
  /** 1 by position where the outcome is known. */
  private ended = new Uint8Array(0);
  /** How many there are of these. */
  endedCount = 0;
  /** What the newest entry did, so that it can be taken back. */
  private newest: { readonly id: string; readonly attempt: Open; readonly outcome: number | undefined } | undefined;

  /** @param phase and id as the entry's metadata has them. */
  take(position: number, session: number, phase: unknown, id: unknown): void {
    if (typeof id !== 'string' || id.length > MOST_ID) return;
    const open = this.open.get(id);
    if (phase === 'attempt' && open === undefined) {
      const attempt = { position, session };
      this.open.set(id, attempt);
      this.newest = { id, attempt, outcome: undefined };
    } else if (phase === 'outcome' && open?.session === session) {
      this.open.delete(id);
      this.setEnded(open.position, 1);
      this.newest = { id, attempt: open, outcome: position };
    }
  }

  hasEnded(position: number): boolean {
    return this.ended[position] === 1;
  }

  /** Forgets the entry at `size`, the newest: a line that is being written is the only one that is ever taken back. */
  truncate(size: number): void {
    if (this.newest === undefined) return;
    const { id, attempt, outcome = attempt.position } = this.newest;
    if (outcome < size) return;
    this.newest = undefined;
    if (outcome === attempt.position) {
      this.open.delete(id);
      return;
    }
    this.setEnded(attempt.position, 0);
    this.open.set(id, attempt);
  }

  private setEnded(position: number, value: 0 | 1): void {
    if (position >= this.ended.length) {
      const longer = new Uint8Array(Math.max(1024, position * 2));
      longer.set(this.ended);
      this.ended = longer;
    }
    this.ended[position] = value;
    this.endedCount += value === 1 ? 1 : -1;
  }
}
