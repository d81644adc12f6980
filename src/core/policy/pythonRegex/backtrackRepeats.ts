import type { RunInstruction, UntilInstruction } from './backtrackProgram';
import type { BacktrackState, Choice } from './backtrackState';

/**
 * Repeats that can give back what they took. Each function goes on from an instruction, or from a choice that it left;
 * false where that way ends.
 *
 * Source: REPEAT_ONE, MIN_REPEAT_ONE, MAX_UNTIL and MIN_UNTIL of Python 3.11's _sre module.
 */

/** A repeat of one character. */
export function beginRun(state: BacktrackState, { kind, min, max, test }: RunInstruction): boolean {
  const { text, at } = state;
  const end = Math.min(text.length, at + (kind === 'lazy' ? min : max));
  let next = at;
  while (next < end && test.has(text[next])) next++;
  const count = next - at;
  // Looking at a character costs less than an instruction.
  state.steps.take(count >> 3);
  if (count < min) return false;
  if (kind === 'lazy' ? count < max : kind === 'greedy' && count > min) state.leave(count);
  state.at = next;
  state.pc++;
  return true;
}

export function resumeRun(state: BacktrackState, instruction: RunInstruction, choice: Choice): boolean {
  const { text } = state;
  const { kind, min, max, test } = instruction;
  const isLazy = kind === 'lazy';
  const taken = state.at + choice.count;
  if (isLazy && (taken === text.length || !test.has(text[taken]))) return false;
  const count = isLazy ? choice.count + 1 : choice.count - 1;
  if (isLazy ? count < max : count > min) state.leaveAgain(choice, count);
  state.at += count;
  state.pc++;
  return true;
}

/** A repeat of anything else, after a turn or before the first. */
export function turn(state: BacktrackState, instruction: UntilInstruction): boolean {
  const { min, isLazy, bodyAt } = instruction;
  const loop = state.loop!;
  const count = loop.count + 1;
  if (count < min) {
    state.loop = { count, turnAt: loop.turnAt, outer: loop.outer };
    state.pc = bodyAt;
    return true;
  }
  if (isLazy) {
    // What the rest is tried within is what counts for what is remembered.
    state.leave(count, loop.outer !== undefined);
    return goOn(state);
  }
  if (!mayTurn(state, instruction)) return goOn(state);
  state.leave(count, true);
  return turnAgain(state, instruction);
}

export function resumeTurn(state: BacktrackState, instruction: UntilInstruction): boolean {
  if (!instruction.isLazy) return goOn(state);
  return mayTurn(state, instruction) && turnAgain(state, instruction);
}

function mayTurn({ loop, at }: BacktrackState, { max }: UntilInstruction): boolean {
  return loop!.count + 1 < max && at !== loop!.turnAt;
}

function turnAgain(state: BacktrackState, { bodyAt }: UntilInstruction): boolean {
  const { count, outer } = state.loop!;
  state.loop = { count: count + 1, turnAt: state.at, outer };
  state.pc = bodyAt;
  return true;
}

/** Goes on to what follows the repeat. */
function goOn(state: BacktrackState): boolean {
  state.loop = state.loop!.outer;
  state.pc++;
  return true;
}
