import type { Instruction } from './backtrackProgram';
import { beginRun, resumeRun, resumeTurn, turn } from './backtrackRepeats';
import { BacktrackState, type Choice } from './backtrackState';
import { GroupMarks } from './groupMarks';
import type { SearchStart } from './searchStart';
import type { SearchText, Steps } from './searchText';

type InstructionOf<Op> = Extract<Instruction, { op: Op }>;

/**
 * Tries a pattern way by way, in Python's order, which decides where a pattern remembers what a group took or takes a
 * choice for final. That can take any time, so steps are counted.
 *
 * Source: `SRE(match)` and `SRE(search)` of Python 3.11's _sre module.
 */
export class Backtracker {
  private readonly state: BacktrackState;
  private readonly marks: GroupMarks;

  /** @param groupCount one more than the highest number of a group */
  constructor(
    private readonly program: readonly Instruction[],
    groupCount: number,
    private readonly text: SearchText,
    private readonly steps: Steps,
  ) {
    this.marks = new GroupMarks(groupCount);
    this.state = new BacktrackState(text, this.marks, steps);
  }

  /** Whether something in the text matches. @throws OutOfSteps */
  search(start: SearchStart): boolean {
    for (let at = 0; at <= this.text.length; at++) {
      this.steps.take(1);
      if (!start.admits(this.text, at)) continue;
      this.marks.clear();
      this.state.at = at;
      if (this.run(0)) return true;
    }
    return false;
  }

  /** Goes on from here to `success`; ways that are left within are forgotten then. */
  private run(pc: number): boolean {
    const { state } = this;
    const { loop, choiceCount } = state;
    state.pc = pc;
    for (;;) {
      this.steps.take(1);
      const instruction = this.program[state.pc];
      if (instruction.op === 'success') break;
      let goesOn = this.step(instruction);
      while (!goesOn) {
        const choice = state.goBack(choiceCount);
        if (choice === undefined) {
          state.loop = loop;
          return false;
        }
        this.steps.take(1);
        goesOn = this.resume(choice);
      }
    }
    state.forget(choiceCount);
    state.loop = loop;
    return true;
  }

  /** @returns false where this way ends */
  private step(instruction: Exclude<Instruction, { op: 'success' }>): boolean {
    const { state, text } = this;
    switch (instruction.op) {
      case 'test':
        if (state.at === text.length || !instruction.test.has(text[state.at])) return false;
        state.at++;
        state.pc++;
        return true;
      case 'place':
        state.pc++;
        return instruction.test(text, state.at);
      case 'mark':
        this.marks.set(instruction.mark, state.at);
        state.pc++;
        return true;
      case 'skip':
        state.pc++;
        return true;
      case 'jump':
        state.pc = instruction.toAt;
        return true;
      case 'branch':
        if (instruction.targetsAt.length > 1) state.leave(1);
        state.pc = instruction.targetsAt[0];
        return true;
      case 'run':
        return beginRun(state, instruction);
      case 'repeat':
        state.loop = { count: -1, turnAt: -1, outer: state.loop };
        state.pc = instruction.untilAt;
        return true;
      case 'until':
        return turn(state, instruction);
      case 'possessive':
        return this.repeatPossessively(instruction);
      case 'atomic':
        if (!this.run(state.pc + 1)) return false;
        state.pc = instruction.endAt;
        return true;
      case 'look':
        return this.look(instruction);
      case 'reference':
        return this.takeAgain(instruction);
      case 'condition':
        state.pc = this.marks.rangeOf(instruction.start) === undefined ? instruction.noAt : state.pc + 1;
        return true;
    }
  }

  private resume(choice: Choice): boolean {
    const { state } = this;
    const instruction = this.program[choice.pc];
    switch (instruction.op) {
      case 'run':
        return resumeRun(state, instruction, choice);
      case 'until':
        return resumeTurn(state, instruction);
      case 'branch': {
        const { targetsAt } = instruction;
        if (choice.count + 1 < targetsAt.length) state.leaveAgain(choice, choice.count + 1);
        state.pc = targetsAt[choice.count];
        return true;
      }
      default:
        throw new TypeError(`No way is left by "${instruction.op}".`);
    }
  }

  private repeatPossessively({ min, max, endAt }: InstructionOf<'possessive'>): boolean {
    const { state } = this;
    const bodyAt = state.pc + 1;
    for (let i = 0; i < min; i++) if (!this.run(bodyAt)) return false;
    let before = -1;
    // A turn that takes nothing is the last one.
    for (let i = min; i < max && state.at !== before; i++) {
      const marks = this.marks.save(true);
      this.steps.take(this.marks.size);
      before = state.at;
      if (this.run(bodyAt)) continue;
      this.marks.restore(marks);
      state.at = before;
      break;
    }
    state.pc = endAt;
    return true;
  }

  private look({ back, isNegated, endAt }: InstructionOf<'look'>): boolean {
    const { state } = this;
    const { at } = state;
    let holds = false;
    if (at >= back) {
      const marks = this.marks.save(isNegated && state.loop !== undefined);
      state.at = at - back;
      holds = this.run(state.pc + 1);
      if (isNegated && !holds) this.marks.restore(marks);
    }
    state.at = at;
    state.pc = endAt;
    return holds !== isNegated;
  }

  /** What a group took has to come once more. */
  private takeAgain({ start, fold }: InstructionOf<'reference'>): boolean {
    const { state, text } = this;
    const range = this.marks.rangeOf(start);
    if (range === undefined) return false;
    const [from, to] = range;
    this.steps.take((to - from) >> 3);
    for (let i = from; i < to; i++, state.at++) {
      if (state.at === text.length) return false;
      const a = text[i];
      const b = text[state.at];
      if (a !== b && (fold === undefined || fold.lower(a) !== fold.lower(b))) return false;
    }
    state.pc++;
    return true;
  }
}
