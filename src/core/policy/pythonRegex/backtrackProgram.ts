import { testOf, type CharacterTest } from './characterTest';
import { flagsWithin } from './flags';
import { foldOf, type Fold } from './letterCase';
import { placeTestOf, type PlaceTest } from './placeTest';
import { isUnit, type Node, type Repeat, type Sequence } from './syntax';

/** Marks in the text: the start of group n is mark 2n - 2, its end the next. */
export type Mark = number;

/** A pattern as steps that are tried one after the other. Numbers called `…At` are places in the program. */
export type Instruction =
  | { readonly op: 'test'; readonly test: CharacterTest }
  | { readonly op: 'place'; readonly test: PlaceTest }
  | { readonly op: 'mark'; readonly mark: Mark }
  | { readonly op: 'skip' }
  | { readonly op: 'branch'; readonly targetsAt: readonly number[] }
  | { readonly op: 'jump'; readonly toAt: number }
  | RunInstruction
  /** Begins a repeat; all else is up to its `until`, behind the body. */
  | { readonly op: 'repeat'; readonly untilAt: number }
  | UntilInstruction
  /** The body follows and ends in `success`. */
  | { readonly op: 'possessive'; readonly min: number; readonly max: number; readonly endAt: number }
  | { readonly op: 'atomic'; readonly endAt: number }
  | { readonly op: 'look'; readonly back: number; readonly isNegated: boolean; readonly endAt: number }
  | { readonly op: 'reference'; readonly start: Mark; readonly fold: Fold | undefined }
  | { readonly op: 'condition'; readonly start: Mark; readonly noAt: number }
  | { readonly op: 'success' };

/** A repeat of one character. */
export interface RunInstruction extends Pick<Repeat, 'kind' | 'min' | 'max'> {
  readonly op: 'run';
  readonly test: CharacterTest;
}

export interface UntilInstruction extends Pick<Repeat, 'min' | 'max'> {
  readonly op: 'until';
  readonly isLazy: boolean;
  readonly bodyAt: number;
}

/** Source: `_compile` of Python 3.11's re/_compiler.py. */
export function backtrackProgramOf(sequence: Sequence, flags: number): readonly Instruction[] {
  const program: Instruction[] = [];
  addSequence(program, sequence, flags);
  program.push({ op: 'success' });
  const asksForMarks = program.some(({ op }) => op === 'reference' || op === 'condition');
  return asksForMarks ? program : program.map((each) => (each.op === 'mark' ? NO_MARK : each));
}

/** Remembering what nobody asks for would only take time. */
const NO_MARK: Instruction = { op: 'skip' };

function addSequence(program: Instruction[], { nodes }: Sequence, flags: number): void {
  for (const node of nodes) addNode(program, node, flags);
}

function addNode(program: Instruction[], node: Node, flags: number): void {
  switch (node.op) {
    case 'literal':
    case 'any':
    case 'set':
      program.push({ op: 'test', test: testOf(node, flags) });
      return;
    case 'at':
      program.push({ op: 'place', test: placeTestOf(node.place, flags) });
      return;
    case 'group': {
      const start = node.number === undefined ? undefined : 2 * node.number - 2;
      if (start !== undefined) program.push({ op: 'mark', mark: start });
      addSequence(program, node.body, flagsWithin(flags, node.add, node.remove));
      if (start !== undefined) program.push({ op: 'mark', mark: start + 1 });
      return;
    }
    case 'branch':
      addBranch(program, node.alternatives, flags);
      return;
    case 'repeat':
      addRepeat(program, node, flags);
      return;
    case 'atomic':
      addApart(program, node.body, flags, (endAt) => ({ op: 'atomic', endAt }));
      return;
    case 'look': {
      const { isNegated, isBehind, body } = node;
      const back = isBehind ? body.width.min : 0;
      addApart(program, body, flags, (endAt) => ({ op: 'look', back, isNegated, endAt }));
      return;
    }
    case 'reference':
      program.push({ op: 'reference', start: 2 * node.group - 2, fold: foldOf(flags) });
      return;
    case 'condition': {
      const at = reserve(program);
      addSequence(program, node.yes, flags);
      const jumpAt = reserve(program);
      program[at] = { op: 'condition', start: 2 * node.group - 2, noAt: program.length };
      if (node.no !== undefined) addSequence(program, node.no, flags);
      program[jumpAt] = { op: 'jump', toAt: program.length };
    }
  }
}

function addBranch(program: Instruction[], alternatives: readonly Sequence[], flags: number): void {
  const at = reserve(program);
  const targetsAt: number[] = [];
  const jumpsAt: number[] = [];
  for (const alternative of alternatives) {
    targetsAt.push(program.length);
    addSequence(program, alternative, flags);
    jumpsAt.push(reserve(program));
  }
  program[at] = { op: 'branch', targetsAt };
  for (const jumpAt of jumpsAt) program[jumpAt] = { op: 'jump', toAt: program.length };
}

function addRepeat(program: Instruction[], { kind, min, max, body }: Repeat, flags: number): void {
  const test = oneCharacterTest(body, flags);
  if (test !== undefined) program.push({ op: 'run', kind, min, max, test });
  else if (kind === 'possessive') addApart(program, body, flags, (endAt) => ({ op: 'possessive', min, max, endAt }));
  else {
    const at = reserve(program);
    addSequence(program, body, flags);
    program[at] = { op: 'repeat', untilAt: program.length };
    program.push({ op: 'until', isLazy: kind === 'lazy', min, max, bodyAt: at + 1 });
  }
}

/** What is matched on its own: once it has matched, there is no way back into it. */
function addApart(
  program: Instruction[],
  body: Sequence,
  flags: number,
  instruction: (endAt: number) => Instruction,
): void {
  const at = reserve(program);
  addSequence(program, body, flags);
  program.push({ op: 'success' });
  program[at] = instruction(program.length);
}

/** A place that is filled in once what follows is there. */
function reserve(program: Instruction[]): number {
  return program.push({ op: 'success' }) - 1;
}

/** Python repeats one character in another way than anything else, and what groups took may then differ. */
function oneCharacterTest({ nodes }: Sequence, flags: number): CharacterTest | undefined {
  const [node] = nodes;
  if (nodes.length !== 1) return undefined;
  if (isUnit(node)) return testOf(node, flags);
  if (node.op !== 'group' || node.number !== undefined) return undefined;
  return oneCharacterTest(node.body, flagsWithin(flags, node.add, node.remove));
}
