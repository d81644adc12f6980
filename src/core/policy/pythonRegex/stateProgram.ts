import { testOf, type CharacterTest } from './characterTest';
import { flagsWithin } from './flags';
import { placeTestOf, type PlaceTest } from './placeTest';
import { bodiesOf, isUnit, type Look, type Node, type Repeat, type Sequence } from './syntax';

/** What a state does. */
export const StateOp = {
  /** Takes a character that passes test `a`, to the next state. */
  test: 0,
  /** Goes on to both `a` and `b`. */
  split: 1,
  jump: 2,
  /** Goes on to the next state where place test `a` holds. */
  place: 3,
  /** Goes on to the next state where look `a` holds, or does not: `b` is 1. */
  look: 4,
  match: 5,
} as const;

/** The states of a pattern, which is matched by being in many of them at once. It begins in state 0. */
export interface StateProgram {
  readonly ops: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly tests: readonly CharacterTest[];
  readonly places: readonly PlaceTest[];
  readonly looks: readonly LookProgram[];
}

/** A lookahead's states take the text backwards, so that one pass tells all places where it holds. */
export interface LookProgram {
  readonly isBehind: boolean;
  readonly program: StateProgram;
}

/** A program beyond it is not worth its memory. */
const MAX_STATES = 50_000;

/** Whether states alone can tell what matches: they do not remember what a group took, nor take a choice for final. */
export function isRegular({ nodes }: Sequence): boolean {
  for (const node of nodes) {
    if (node.op === 'reference' || node.op === 'condition' || node.op === 'atomic') return false;
    if (node.op === 'repeat' && node.kind === 'possessive') return false;
    for (const body of bodiesOf(node)) if (!isRegular(body)) return false;
  }
  return true;
}

/** How many states a program has; counts are written out. */
export function hasFewStates(sequence: Sequence): boolean {
  return sizeOf(sequence) <= MAX_STATES;
}

function sizeOf({ nodes }: Sequence): number {
  let size = 0;
  for (const node of nodes) {
    let within = 0;
    for (const body of bodiesOf(node)) within += sizeOf(body);
    size += sizeOfNode(node, within);
  }
  return size;
}

/** @param within the states of what it holds, once */
function sizeOfNode(node: Node, within: number): number {
  if (node.op === 'branch') return within + 2 * node.alternatives.length;
  if (node.op === 'group') return within;
  if (node.op !== 'repeat') return within + 1;
  if (within === 0) return 0;
  return within * node.min + (node.max === Infinity ? within + 2 : (within + 1) * (node.max - node.min));
}

/** @param isBackward whether it takes the text from its end to its start */
export function stateProgramOf(sequence: Sequence, flags: number, isBackward: boolean): StateProgram {
  const builder = new StateBuilder(isBackward);
  builder.addSequence(sequence, flags);
  return builder.finish();
}

class StateBuilder {
  private readonly ops: number[] = [];
  private readonly a: number[] = [];
  private readonly b: number[] = [];
  private readonly tests: CharacterTest[] = [];
  private readonly places: PlaceTest[] = [];
  private readonly looks: LookProgram[] = [];
  /** A node that is written out several times has one test. */
  private readonly indexes = new Map<Node, number>();

  constructor(private readonly isBackward: boolean) {}

  finish(): StateProgram {
    this.add(StateOp.match);
    const { ops, a, b, tests, places, looks } = this;
    return { ops: Uint8Array.from(ops), a: Int32Array.from(a), b: Int32Array.from(b), tests, places, looks };
  }

  addSequence({ nodes }: Sequence, flags: number): void {
    for (const node of this.isBackward ? nodes.toReversed() : nodes) this.addNode(node, flags);
  }

  private addNode(node: Node, flags: number): void {
    if (isUnit(node))
      this.add(
        StateOp.test,
        this.indexOf(node, this.tests, () => testOf(node, flags)),
      );
    else if (node.op === 'at')
      this.add(
        StateOp.place,
        this.indexOf(node, this.places, () => placeTestOf(node.place, flags)),
      );
    else if (node.op === 'look') this.addLook(node, flags);
    else if (node.op === 'branch') this.addBranch(node.alternatives, flags);
    else if (node.op === 'repeat') this.addRepeat(node, flags);
    else if (node.op === 'group') this.addSequence(node.body, flagsWithin(flags, node.add, node.remove));
    else throw new TypeError('A pattern with memory has no states.');
  }

  private addLook(node: Look, flags: number): void {
    const { isBehind, isNegated, body } = node;
    let index = this.indexes.get(node);
    if (index === undefined) {
      index = this.looks.push({ isBehind, program: stateProgramOf(body, flags, !isBehind) }) - 1;
      this.indexes.set(node, index);
    }
    this.add(StateOp.look, index, isNegated ? 1 : 0);
  }

  private addBranch(alternatives: readonly Sequence[], flags: number): void {
    const ends: number[] = [];
    for (const alternative of alternatives.slice(0, -1)) {
      const split = this.add(StateOp.split, this.ops.length + 1);
      this.addSequence(alternative, flags);
      ends.push(this.add(StateOp.jump));
      this.b[split] = this.ops.length;
    }
    this.addSequence(alternatives.at(-1)!, flags);
    for (const end of ends) this.a[end] = this.ops.length;
  }

  private addRepeat({ min, max, body }: Repeat, flags: number): void {
    if (sizeOf(body) === 0) return;
    for (let i = 0; i < min; i++) this.addSequence(body, flags);
    const splits: number[] = [];
    const start = this.ops.length;
    for (let i = min; i < (max === Infinity ? min + 1 : max); i++) {
      splits.push(this.add(StateOp.split, this.ops.length + 1));
      this.addSequence(body, flags);
    }
    if (max === Infinity) this.add(StateOp.jump, start);
    for (const split of splits) this.b[split] = this.ops.length;
  }

  private indexOf<T>(node: Node, list: T[], make: () => T): number {
    let index = this.indexes.get(node);
    if (index === undefined) {
      index = list.push(make()) - 1;
      this.indexes.set(node, index);
    }
    return index;
  }

  private add(op: number, a = 0, b = 0): number {
    this.a.push(a);
    this.b.push(b);
    return this.ops.push(op) - 1;
  }
}
