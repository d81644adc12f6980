import { heaviestOrdered } from './heaviestOrdered';
import { sequenceNumber } from '../sequence';
import { totalWeight, weight, type Segment } from './segment';
import type { Piece } from './trees';

/** The pieces of a chain put in the order in which they were written. */
export interface Arrangement {
  /** All segments of the chain in the order in which they were written. */
  readonly written: readonly { readonly segment: Segment; readonly piece: Piece; readonly startsAnew: boolean }[];
  /** Those of them that stand elsewhere than they belong. */
  readonly moved: ReadonlySet<Segment>;
  /** Pieces of something else that stand in the file. */
  readonly foreign: readonly Piece[];
}

/**
 * Orders the pieces of a file. Links order the segments of a piece; between pieces, where the hashes that would link them
 * are gone, the sequence ids do. A piece that stands where the chain goes on without a gap, or whose sequence ids the
 * chain already has, is foreign to it.
 */
export function arrange(pieces: readonly Piece[]): Arrangement {
  const foreign = new Set<Piece>();
  const byWeight = [...pieces].sort((a, b) => totalWeight(b.path) - totalWeight(a.path));
  byWeight.forEach((piece, i) => {
    if (!foreign.has(piece)) findStandingWithin(piece, byWeight.slice(i + 1), foreign);
  });
  const epochs = chainStarts(pieces.filter((piece) => !foreign.has(piece)));
  for (const epoch of epochs) findOverlapping(epoch, foreign);

  const written = epochs.flatMap((epoch, e) =>
    inSequence(epoch.filter((piece) => !foreign.has(piece))).flatMap((piece) =>
      piece.path.map((segment, i) => ({ segment, piece, startsAnew: e > 0 && i === 0 && piece.origin.isGenesis })),
    ),
  );
  const rank = new Map(written.map(({ segment }, i) => [segment, i]));
  const standing = written.map(({ segment }) => segment).sort((a, b) => a.from - b.from);
  const stays = heaviestOrdered(
    standing.map((segment) => rank.get(segment)!),
    standing.map(weight),
  );
  return { written, moved: new Set(standing.filter((_, i) => !stays[i])), foreign: [...foreign] };
}

/** Marks as foreign what stands between two neighbours of `piece` that commit one to the other. */
function findStandingWithin(piece: Piece, lighter: readonly Piece[], foreign: Set<Piece>): void {
  const standing = [...piece.path].sort((a, b) => a.from - b.from);
  const order = new Map(piece.path.map((segment, i) => [segment, i]));
  const stays = heaviestOrdered(
    standing.map((segment) => order.get(segment)!),
    standing.map(weight),
  );
  const kept = standing.filter((_, i) => stays[i]);
  const startsChain = piece.origin.isGenesis;
  if (kept.length === 1 && !startsChain) return;
  for (const other of lighter) {
    if (foreign.has(other)) continue;
    const from = other.path.reduce((least, segment) => Math.min(least, segment.from), Infinity);
    const to = other.path.reduce((most, segment) => Math.max(most, segment.to), 0);
    // The first of the kept segments that stands behind all of the other piece; it must also be the first behind its start.
    const next = kept.findIndex((segment) => segment.from > from);
    if (next < 0 || kept[next].from <= to) continue;
    // Before the start of a chain, one entry is taken for foreign, but a whole start for a chain of its own.
    if (next > 0 || (startsChain && (!other.origin.isGenesis || totalWeight(other.path) === 1))) foreign.add(other);
  }
}

/** Splits the pieces where a chain starts anew: each start takes what stands after it. */
function chainStarts(pieces: readonly Piece[]): Piece[][] {
  const standing = [...pieces].sort((a, b) => a.path[0].from - b.path[0].from);
  const firstStart = standing.find((piece) => piece.origin.isGenesis);
  const epochs: Piece[][] = [[]];
  for (const piece of standing) {
    const isFurtherStart =
      piece.origin.isGenesis && (piece !== firstStart || epochs[0].some((other) => overlap(piece, other)));
    if (isFurtherStart) epochs.push([]);
    epochs.at(-1)!.push(piece);
  }
  return epochs.filter((epoch) => epoch.length > 0);
}

/** Marks as foreign, of pieces that hold the same sequence ids, the lighter one. */
function findOverlapping(epoch: readonly Piece[], foreign: Set<Piece>): void {
  const byWeight = epoch
    .map((piece) => ({ piece, range: sequenceRange(piece) }))
    .sort((a, b) => totalWeight(b.piece.path) - totalWeight(a.piece.path));
  /** Apart from each other, ascending. */
  const kept: Range[] = [];
  for (const { piece, range } of byWeight) {
    if (range === undefined) continue;
    const at = kept.findIndex(({ last }) => last >= range.first);
    if (at >= 0 && kept[at].first <= range.last) foreign.add(piece);
    else kept.splice(at < 0 ? kept.length : at, 0, range);
  }
}

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

function overlap(a: Piece, b: Piece): boolean {
  const x = sequenceRange(a);
  const y = sequenceRange(b);
  return x !== undefined && y !== undefined && x.first <= y.last && y.first <= x.last;
}

/**
 * The sequence ids that a piece holds, as far as they can be trusted: an id at its end that does not follow on is left
 * out. Undefined where they are no integers or do not ascend.
 */
function sequenceRange({ path }: Piece): Range | undefined {
  const first = sequenceNumber(path[0].head.sequence);
  const trusted = path.findLast((segment) => weight(segment) > 1 || segment.head.consecutive) ?? path[0];
  const last = sequenceNumber(trusted.tail.consecutive ? trusted.tail.sequence : trusted.head.sequence);
  return first === undefined || last === undefined || last < first ? undefined : { first, last };
}

/** Pieces by the sequence id of their first entry; one without an integer goes with the one before it in the file. */
function inSequence(epoch: readonly Piece[]): Piece[] {
  let key = -1n;
  const keyed = epoch.map((piece) => {
    key = sequenceNumber(piece.path[0].head.sequence) ?? key;
    return { piece, key };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ piece }) => piece);
}
