import { ANYTHING, testOf, type CharacterTest } from './characterTest';
import { flagsWithin } from './flags';
import { bodiesOf, isUnit, type Node, type Sequence } from './syntax';

/**
 * What a match can begin with: the tests of which its first character passes at least one; undefined where it may take
 * nothing.
 */
export function firstCharactersOf(sequence: Sequence, flags: number): readonly CharacterTest[] | undefined {
  const tests: CharacterTest[] = [];
  return addSequence(tests, sequence, flags) ? undefined : tests;
}

/** @returns whether what comes after it may be the first as well */
function addSequence(tests: CharacterTest[], { nodes }: Sequence, flags: number): boolean {
  for (const node of nodes) if (!addNode(tests, node, flags)) return false;
  return true;
}

function addNode(tests: CharacterTest[], node: Node, flags: number): boolean {
  if (isUnit(node)) {
    tests.push(testOf(node, flags));
    return false;
  }
  switch (node.op) {
    case 'at':
    case 'look':
      return true;
    case 'reference':
      // What a group took within a lookahead can be the first, whatever it is. It may also be nothing.
      tests.push(ANYTHING);
      return true;
    case 'group':
      return addSequence(tests, node.body, flagsWithin(flags, node.add, node.remove));
    case 'atomic':
      return addSequence(tests, node.body, flags);
    case 'repeat':
      return addSequence(tests, node.body, flags) || node.min === 0;
    case 'branch':
      return addEach(tests, node.alternatives, flags);
    case 'condition':
      return addEach(tests, bodiesOf(node), flags) || node.no === undefined;
  }
}

function addEach(tests: CharacterTest[], sequences: readonly Sequence[], flags: number): boolean {
  let isOpen = false;
  // Each has to be gone through, also after one that may take nothing.
  for (const sequence of sequences) if (addSequence(tests, sequence, flags)) isOpen = true;
  return isOpen;
}
