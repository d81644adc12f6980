/**
 * A pattern as Python's parser leaves it. Shapes follow Python's own, since what it takes for "multiple repeat", for one
 * character or for the start of a search depends on them.
 *
 * Source: `SubPattern` of Python 3.11's re/_parser.py.
 */

export type ClassName = 'digit' | 'space' | 'word';

/** What may stand in a set. Numbers are code points, a range includes both ends. */
export type SetItem =
  | { readonly op: 'literal'; readonly point: number }
  | { readonly op: 'range'; readonly low: number; readonly high: number }
  | { readonly op: 'class'; readonly name: ClassName; readonly isNegated: boolean };

/** What matches exactly one character. */
export type Unit =
  | { readonly op: 'literal'; readonly point: number; readonly isNegated: boolean }
  | { readonly op: 'any' }
  | { readonly op: 'set'; readonly items: readonly SetItem[]; readonly isNegated: boolean };

export type Place = 'start' | 'start-of-text' | 'end' | 'end-of-text' | 'boundary' | 'no-boundary';

export interface Repeat {
  readonly op: 'repeat';
  readonly kind: 'greedy' | 'lazy' | 'possessive';
  readonly min: number;
  /** Infinity where there is no limit. */
  readonly max: number;
  readonly body: Sequence;
  /** The place of the quantifier, in code points. */
  readonly at: number;
}

export interface Group {
  readonly op: 'group';
  /** From 1; undefined for a group that keeps nothing. */
  readonly number: number | undefined;
  readonly add: number;
  readonly remove: number;
  readonly body: Sequence;
}

export interface Look {
  readonly op: 'look';
  readonly isBehind: boolean;
  readonly isNegated: boolean;
  readonly body: Sequence;
  /** The place of its parenthesis, in code points. */
  readonly at: number;
}

export type Node =
  | Unit
  | Repeat
  | Group
  | Look
  | { readonly op: 'at'; readonly place: Place }
  | { readonly op: 'branch'; readonly alternatives: readonly Sequence[] }
  | { readonly op: 'atomic'; readonly body: Sequence }
  /** `width` is that of the group. */
  | { readonly op: 'reference'; readonly group: number; readonly width: Width }
  | { readonly op: 'condition'; readonly group: number; readonly yes: Sequence; readonly no: Sequence | undefined };

/** How many characters something can match; up to `UNBOUNDED`. */
export interface Width {
  readonly min: number;
  readonly max: number;
}

const UNBOUNDED = 2 ** 64;

/** Items one after another. */
export class Sequence {
  private known: Width | undefined;

  constructor(readonly nodes: Node[] = []) {}

  /** Is asked only once the sequence is whole. */
  get width(): Width {
    return (this.known ??= widthOf(this.nodes));
  }
}

function widthOf(nodes: readonly Node[]): Width {
  let min = 0;
  let max = 0;
  for (const node of nodes) {
    const width = widthOfNode(node);
    min += width.min;
    max += width.max;
  }
  return { min: Math.min(min, UNBOUNDED), max: Math.min(max, UNBOUNDED) };
}

const NOTHING: Width = { min: 0, max: 0 };
const ONE: Width = { min: 1, max: 1 };

function widthOfNode(node: Node): Width {
  switch (node.op) {
    case 'literal':
    case 'any':
    case 'set':
      return ONE;
    case 'at':
    case 'look':
      return NOTHING;
    case 'group':
    case 'atomic':
      return node.body.width;
    case 'reference':
      return node.width;
    case 'branch': {
      let { width } = node.alternatives[0];
      for (const alternative of node.alternatives) width = either(width, alternative.width);
      return width;
    }
    case 'condition':
      return either(node.yes.width, node.no?.width ?? NOTHING);
    case 'repeat': {
      const { min, max } = node.body.width;
      return { min: min * node.min, max: max === 0 ? 0 : node.max === Infinity ? UNBOUNDED : max * node.max };
    }
  }
}

function either(a: Width, b: Width): Width {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

export function isUnit(node: Node): node is Unit {
  return node.op === 'literal' || node.op === 'any' || node.op === 'set';
}

/** A group that only holds things together. */
export function isPlainGroup(node: Node): node is Group {
  return node.op === 'group' && node.number === undefined && node.add === 0 && node.remove === 0;
}

/** What a node holds, in the order in which it is written. */
export function bodiesOf(node: Node): readonly Sequence[] {
  switch (node.op) {
    case 'repeat':
    case 'group':
    case 'look':
    case 'atomic':
      return [node.body];
    case 'branch':
      return node.alternatives;
    case 'condition':
      return node.no === undefined ? [node.yes] : [node.yes, node.no];
    default:
      return [];
  }
}
