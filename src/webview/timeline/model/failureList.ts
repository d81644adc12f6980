/** A sentence of the host's that nobody has put away yet. */
export interface Failure {
  readonly id: number;
  readonly message: string;
}

const MOST = 3;

/** What could not be done; the newest few. */
export class FailureList {
  items: readonly Failure[] = [];
  private count = 0;

  add(message: string): void {
    this.items = [...this.items, { id: this.count++, message }].slice(-MOST);
  }

  dismiss(id: number): void {
    this.items = this.items.filter((failure) => failure.id !== id);
  }
}
