/** Does something when it was asked for no more for a while: the last that was asked for. */
export class Delay {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private task: (() => void) | undefined;

  constructor(private readonly milliseconds: number) {}

  get isWaiting(): boolean {
    return this.task !== undefined;
  }

  run(task: () => void): void {
    clearTimeout(this.timer);
    this.task = task;
    this.timer = setTimeout(() => this.flush(), this.milliseconds);
  }

  /** Does it now, where something waits. */
  flush(): void {
    const task = this.task;
    this.cancel();
    task?.();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.task = undefined;
  }
}
