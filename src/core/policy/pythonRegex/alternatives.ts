import { distinctItems, keyOf } from './parseSet';
import { Sequence, type Node, type SetItem } from './syntax';

/**
 * Alternatives as Python's parser leaves them: what they all begin with is moved before them, and where each is one
 * character they become a set.
 */
export function joinAlternatives(alternatives: readonly Sequence[]): Sequence {
  if (alternatives.length === 1) return alternatives[0];
  const shared = sharedStart(alternatives);
  const start = alternatives[0].nodes.slice(0, shared);
  const rests = alternatives.map(({ nodes }) => nodes.slice(shared));
  const items = itemsOf(rests);
  const last: Node =
    items === undefined
      ? { op: 'branch', alternatives: rests.map((nodes) => new Sequence(nodes)) }
      : { op: 'set', items: distinctItems(items), isNegated: false };
  return new Sequence([...start, last]);
}

function sharedStart(alternatives: readonly Sequence[]): number {
  const [first, ...others] = alternatives;
  let shared = 0;
  while (
    shared < first.nodes.length &&
    others.every(({ nodes }) => shared < nodes.length && areEqual(first.nodes[shared], nodes[shared]))
  )
    shared++;
  return shared;
}

/** To Python, nodes that hold others are never equal. */
function areEqual(a: Node, b: Node): boolean {
  if (a.op === 'any') return b.op === 'any';
  if (a.op === 'at') return b.op === 'at' && a.place === b.place;
  if (a.op === 'reference') return b.op === 'reference' && a.group === b.group;
  if (a.op === 'literal') return b.op === 'literal' && a.point === b.point && a.isNegated === b.isNegated;
  if (a.op !== 'set' || b.op !== 'set') return false;
  return (
    a.isNegated === b.isNegated &&
    a.items.length === b.items.length &&
    a.items.every((item, i) => keyOf(item) === keyOf(b.items[i]))
  );
}

function itemsOf(rests: readonly (readonly Node[])[]): SetItem[] | undefined {
  const items: SetItem[] = [];
  for (const nodes of rests) {
    const [node] = nodes;
    if (nodes.length !== 1) return undefined;
    if (node.op === 'literal' && !node.isNegated) items.push({ op: 'literal', point: node.point });
    else if (node.op === 'set' && !node.isNegated) for (const item of node.items) items.push(item);
    else return undefined;
  }
  return items;
}
