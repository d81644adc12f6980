import type { SearchStart } from './searchStart';
import type { SearchText, Steps } from './searchText';
import { StateOp, type LookProgram, type StateProgram } from './stateProgram';

/**
 * One pass over a text in all states at once: no more steps than states times characters, whatever the pattern.
 * What matches is asked, not what it takes, so there is no order among states.
 */
export class StateScan {
  private current: Int32Array;
  private following: Int32Array;
  private count = 0;
  /** The round in which a state was last reached. */
  private readonly reached: Int32Array;
  private round = 0;
  private readonly pending: number[] = [];
  private isMatch = false;
  /** For each look, where in the text it holds; found out when first needed. */
  private readonly holds: (Uint8Array | undefined)[] = [];

  constructor(
    private readonly program: StateProgram,
    private readonly text: SearchText,
    private readonly steps: Steps,
  ) {
    const size = program.ops.length;
    this.current = new Int32Array(size);
    this.following = new Int32Array(size);
    this.reached = new Int32Array(size);
  }

  /** Whether something in the text matches. @throws OutOfSteps */
  search(start: SearchStart): boolean {
    const { length } = this.text;
    for (let at = 0; ; at++) {
      this.arrive(at, start.admits(this.text, at));
      if (this.isMatch || at === length) return this.isMatch;
      this.take(this.text[at], at + 1);
    }
  }

  /** For each place in the text, whether a match ends there. @throws OutOfSteps */
  ends(): Uint8Array {
    const { length } = this.text;
    const found = new Uint8Array(length + 1);
    for (let at = 0; ; at++) {
      this.arrive(at, true);
      if (this.isMatch) found[at] = 1;
      if (at === length) return found;
      this.take(this.text[at], at + 1);
    }
  }

  /** The same for a program that takes the text backwards: whether a match begins there. @throws OutOfSteps */
  starts(): Uint8Array {
    const found = new Uint8Array(this.text.length + 1);
    for (let at = this.text.length; ; at--) {
      this.arrive(at, true);
      if (this.isMatch) found[at] = 1;
      if (at === 0) return found;
      this.take(this.text[at - 1], at - 1);
    }
  }

  private arrive(at: number, mayStart: boolean): void {
    if (this.round === 0) this.round = 1;
    if (mayStart) this.reach(0, at);
    this.steps.take(1);
  }

  private take(point: number, next: number): void {
    const { a, tests } = this.program;
    const { current, count } = this;
    this.current = this.following;
    this.following = current;
    this.count = 0;
    this.round++;
    this.isMatch = false;
    this.steps.take(count);
    for (let i = 0; i < count; i++) if (tests[a[current[i]]].has(point)) this.reach(current[i] + 1, next);
  }

  /** Is in this state from here, and in all that follow without taking a character. */
  private reach(start: number, at: number): void {
    const { ops, a, b, places } = this.program;
    const { pending, reached, round } = this;
    pending.push(start);
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (reached[state] === round) continue;
      reached[state] = round;
      this.steps.take(1);
      switch (ops[state]) {
        case StateOp.test:
          this.current[this.count++] = state;
          break;
        case StateOp.split:
          pending.push(b[state], a[state]);
          break;
        case StateOp.jump:
          pending.push(a[state]);
          break;
        case StateOp.place:
          if (places[a[state]](this.text, at)) pending.push(state + 1);
          break;
        case StateOp.look:
          if (this.lookHolds(a[state], at) !== (b[state] === 1)) pending.push(state + 1);
          break;
        case StateOp.match:
          this.isMatch = true;
      }
    }
  }

  private lookHolds(index: number, at: number): boolean {
    const holds = (this.holds[index] ??= placesOf(this.program.looks[index], this.text, this.steps));
    return holds[at] === 1;
  }
}

function placesOf({ isBehind, program }: LookProgram, text: SearchText, steps: Steps): Uint8Array {
  const scan = new StateScan(program, text, steps);
  return isBehind ? scan.ends() : scan.starts();
}
