import type { GroupMarks, SavedMarks } from './groupMarks';
import { OutOfSteps, type SearchText, type Steps } from './searchText';

/** A repeat that is going on. */
export interface Loop {
  /** Turns that are over; -1 before the first. */
  readonly count: number;
  /** Where the last turn began that was more than had to be; -1 before. A turn that takes nothing is the last one. */
  readonly turnAt: number;
  /** The repeat around it. */
  readonly outer: Loop | undefined;
}

/** A way that was not taken, to come back to. */
export interface Choice {
  /** The instruction that left it. */
  readonly pc: number;
  readonly at: number;
  readonly loop: Loop | undefined;
  readonly marks: SavedMarks;
  /** Which alternative is next, or how many characters were taken. */
  readonly count: number;
}

/** More are not worth their memory. */
const MAX_CHOICES = 300_000;

/** Where the matching stands, and the ways that it has left. */
export class BacktrackState {
  /** In the program. */
  pc = 0;
  /** In the text. */
  at = 0;
  loop: Loop | undefined;
  private readonly choices: Choice[] = [];

  constructor(
    readonly text: SearchText,
    readonly marks: GroupMarks,
    readonly steps: Steps,
  ) {}

  get choiceCount(): number {
    return this.choices.length;
  }

  /**
   * Remembers a way. Python remembers all marks only within a repeat.
   *
   * @throws OutOfSteps
   */
  leave(count: number, hasAllMarks = this.loop !== undefined): void {
    const { pc, at, loop } = this;
    if (hasAllMarks) this.steps.take(this.marks.size);
    this.push({ pc, at, loop, marks: this.marks.save(hasAllMarks), count });
  }

  /** Remembers another way of a choice that was come back to. @throws OutOfSteps */
  leaveAgain({ pc, at, loop, marks }: Choice, count: number): void {
    this.push({ pc, at, loop, marks, count });
  }

  /** Comes back to the last way that was left; undefined where only `floor` are. */
  goBack(floor: number): Choice | undefined {
    if (this.choices.length === floor) return undefined;
    const choice = this.choices.pop()!;
    this.pc = choice.pc;
    this.at = choice.at;
    this.loop = choice.loop;
    this.marks.restore(choice.marks);
    return choice;
  }

  /** Forgets the ways that were left since there were so many. */
  forget(floor: number): void {
    this.choices.length = floor;
  }

  private push(choice: Choice): void {
    if (this.choices.length === MAX_CHOICES) throw new OutOfSteps();
    this.choices.push(choice);
  }
}
