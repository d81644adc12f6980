import { isMissing, weight, type Missing, type Segment } from './segment';
import { parentsFirst } from './runs';

/** A line of segments, each committing to the one before: what is taken for the chain, or for a piece of it. */
export interface Piece {
  /** What its first segment commits to. */
  readonly origin: Missing;
  /** In the order of the links, which is the order in which they were written. */
  readonly path: readonly Segment[];
}

/** Segments beside the chain: they commit to an entry that the chain goes on from elsewhere. */
export interface Branch {
  readonly segments: readonly Segment[];
  /** The segment of the chain that its first entry is a copy of, or undefined. */
  readonly copyOf: Segment | undefined;
  /** What the chain goes on with instead. */
  readonly instead: Segment;
}

/**
 * Takes the trees of segments apart: of everything that commits to one entry, what has most entries behind it is the
 * chain, and the rest are branches.
 */
export function takeApart(segments: readonly Segment[]): { pieces: Piece[]; branches: Branch[] } {
  const origins = new Set<Missing>();
  for (const { parent } of segments) if (isMissing(parent)) origins.add(parent);
  const order = parentsFirst([...origins].flatMap((origin) => origin.children));

  /** Entries on the heaviest path from a segment on. */
  const reach = new Map<Segment, number>();
  for (const segment of order.toReversed()) {
    const beyond = segment.children.reduce((most, child) => Math.max(most, reach.get(child)!), 0);
    reach.set(segment, weight(segment) + beyond);
  }
  const byReach = (a: Segment, b: Segment): number =>
    reach.get(b)! - reach.get(a)! || (isCopy(a, b) ? a.from - b.from : b.from - a.from);

  const branches: Branch[] = [];
  const choose = (children: readonly Segment[]): Segment | undefined => {
    if (children.length < 2) return children[0];
    const [chosen, ...others] = [...children].sort(byReach);
    for (const other of others) {
      branches.push({
        segments: parentsFirst([other]),
        copyOf: children.find(
          (child) => child !== other && isCopy(child, other) && !(others.includes(child) && child.from > other.from),
        ),
        instead: chosen,
      });
    }
    return chosen;
  };

  const pieces: Piece[] = [];
  for (const origin of origins) {
    for (const rivals of origin.isGenesis ? copiesTogether(origin.children) : [origin.children]) {
      const path: Segment[] = [];
      for (let next = choose(rivals); next !== undefined; next = choose(next.children)) path.push(next);
      pieces.push({ origin, path });
    }
  }
  return { pieces, branches };
}

/** Two entries with one hash, which holds: the same entry twice. */
function isCopy(a: Segment, b: Segment): boolean {
  return a.head.entryHash === b.head.entryHash && a.head.holds && b.head.holds;
}

/** Each start of a chain is one of its own; only copies of a start are rivals. */
function copiesTogether(starts: readonly Segment[]): Segment[][] {
  const groups: Segment[][] = [];
  for (const start of starts) {
    const group = groups.find(([first]) => isCopy(first, start));
    if (group === undefined) groups.push([start]);
    else group.push(start);
  }
  return groups;
}
