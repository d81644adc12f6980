import { heaviestOrdered } from './heaviestOrdered';
import { sequenceDistance, sequenceNumber } from '../sequence';
import { isMissing, totalWeight, weight, type Segment } from './segment';
import type { Piece } from './trees';

/** The pieces of a chain put in the order in which they were written. */
export interface Arrangement {
  /** All segments of the chain in the order in which they were written. */
  readonly written: readonly { readonly segment: Segment; readonly startsAnew: boolean }[];
  /** Those of them that stand elsewhere than they belong. */
  readonly moved: ReadonlySet<Segment>;
  /** Pieces of something else that stand in the file. */
  readonly foreign: readonly Piece[];
}

/**
 * Orders the pieces of a file. Links order the segments of a piece; between pieces, where the hashes that would link them
 * are gone, the sequence ids do. Foreign to the chain is a piece whose sequence ids the chain already has, and one that
 * fits into no gap of it and stands where it goes on without one.
 */
export function arrange(pieces: readonly Piece[]): Arrangement {
  const foreign = new Set<Piece>();
  const ranges: Ranges = new Map(pieces.map((piece) => [piece, sequenceRange(piece)]));
  const byWeight = [...pieces].sort(
    (a, b) => totalWeight(b.path) - totalWeight(a.path) || Number(b.origin.isGenesis) - Number(a.origin.isGenesis),
  );
  byWeight.forEach((piece, i) => {
    if (!foreign.has(piece)) findStandingWithin(piece, byWeight, i + 1, ranges, foreign);
  });
  const epochs = chainStarts(
    pieces.filter((piece) => !foreign.has(piece)),
    ranges,
  );
  for (const epoch of epochs) findOverlapping(epoch, ranges, foreign);

  const inOrder = (): Arrangement['written'] =>
    epochs.flatMap((epoch, e) =>
      inSequence(epoch.filter((piece) => !foreign.has(piece))).flatMap((piece) =>
        piece.path.map((segment, i) => ({ segment, startsAnew: e > 0 && i === 0 && piece.origin.isGenesis })),
      ),
    );
  const written = inOrder();
  const rank = new Map(written.map(({ segment }, i) => [segment, i]));
  const moved = outOfOrder(
    written.map(({ segment }) => segment),
    rank,
  );
  for (const epoch of epochs) findMisplaced(epoch, moved, ranges, foreign);
  return { written: inOrder(), moved, foreign: [...foreign] };
}

/** More than there are segments, and little enough that products with a number of entries are exact. */
const LINK = 1 << 16;

/** Of segments and their ranks, the fewest (by entries) that do not stand in the order of the ranks. */
function outOfOrder(segments: readonly Segment[], rank: ReadonlyMap<Segment, number>): Set<Segment> {
  const standing = [...segments].sort((a, b) => a.from - b.from);
  // Of two choices with as many entries, the one of segments that hang together by their links.
  const weights = standing.map((segment) => weight(segment) * LINK + Number(!isMissing(segment.parent)));
  const stays = heaviestOrdered(
    standing.map((segment) => rank.get(segment)!),
    weights,
  );
  return new Set(standing.filter((_, i) => !stays[i]));
}

/**
 * Marks as foreign what stands inside of `piece` and has the same sequence ids, and before its start, unless it is a whole
 * start too: else what stands there would be taken for another chain, and `piece` for one that begins behind it.
 */
function findStandingWithin(
  piece: Piece,
  byWeight: readonly Piece[],
  lighter: number,
  ranges: Ranges,
  foreign: Set<Piece>,
): void {
  const moved = outOfOrder(piece.path, new Map(piece.path.map((segment, i) => [segment, i])));
  const kept = piece.path.filter((segment) => !moved.has(segment));
  if (kept.length === 1 && !piece.origin.isGenesis) return;
  for (let i = lighter; i < byWeight.length; i++) {
    const other = byWeight[i];
    if (foreign.has(other) || !overlap(ranges.get(piece), ranges.get(other))) continue;
    const isWholeStart = other.origin.isGenesis && totalWeight(other.path) > 1;
    if (standsWithin(other, kept, piece.origin.isGenesis && !isWholeStart)) foreign.add(other);
  }
}

/**
 * Marks as foreign what stands between two entries of a piece that commit one to the other, or before the start of the
 * chain, and whose sequence ids fit into no gap of the chain either: it was not moved there but put in.
 */
function findMisplaced(
  epoch: readonly Piece[],
  moved: ReadonlySet<Segment>,
  ranges: Ranges,
  foreign: Set<Piece>,
): void {
  const chain = epoch.filter((piece) => !foreign.has(piece));
  const fits = gapsOf(chain, ranges);
  const hosts = chain
    .map((host) => ({ host, kept: host.path.filter((segment) => !moved.has(segment)) }))
    .filter(({ host, kept }) => kept.length > 1 || host.origin.isGenesis);
  for (const piece of chain) {
    const isOutOfOrder = ranges.get(piece) === undefined || piece.path.every((segment) => moved.has(segment));
    if (!isOutOfOrder || fits(piece)) continue;
    if (hosts.some(({ host, kept }) => host !== piece && standsWithin(piece, kept, host.origin.isGenesis)))
      foreign.add(piece);
  }
}

/** Tells of a piece whether, by its sequence ids, the chain has a place for it. */
function gapsOf(chain: readonly Piece[], ranges: Ranges): (piece: Piece) => boolean {
  const all = chain.map((piece) => ranges.get(piece)).filter((range) => range !== undefined);
  let lowest = all.at(0)?.last ?? 0n;
  let highest = lowest;
  for (const { first, last } of all) {
    if (last < lowest) lowest = last;
    if (first > highest) highest = first;
  }
  return (piece) => {
    const range = ranges.get(piece);
    if (range === undefined) return false;
    if (piece.origin.isGenesis && range.first === 0n) return true;
    if (highest > range.last) return lowest < range.first;
    const before = all.filter(({ last }) => last < range.first);
    // Behind the end: two that hang together may be what is left of entries that are gone, if not too many would be.
    const last = before.reduce((most, each) => (each.last > most ? each.last : most), -1n);
    return size(range) > 1n && range.first - last <= before.reduce((sum, each) => sum + size(each), 0n);
  };
}

/**
 * Whether a piece stands among some segments that follow one on the other: between two of them, or some of it before and
 * some behind; or, where that counts too, all of it before the first.
 *
 * @param kept in the order in which they stand.
 */
function standsWithin({ path }: Piece, kept: readonly Segment[], countsBefore: boolean): boolean {
  const next = path.map(({ from }) => kept.findIndex((segment) => segment.from > from));
  if (next.every((place) => place === 0)) return countsBefore;
  return next.some((place) => place >= 0);
}

/** Splits the pieces where a chain starts anew: each start takes what stands after it. */
function chainStarts(pieces: readonly Piece[], ranges: Ranges): Piece[][] {
  const standing = [...pieces].sort((a, b) => heaviest(a).from - heaviest(b).from);
  const firstStart = standing.find((piece) => piece.origin.isGenesis);
  const epochs: Piece[][] = [[]];
  for (const piece of standing) {
    // What is heavier and has the same sequence ids is a chain of its own that has lost its start.
    const isFurtherStart =
      piece.origin.isGenesis &&
      (piece !== firstStart ||
        epochs[0].some(
          (other) =>
            totalWeight(other.path) >= totalWeight(piece.path) && overlap(ranges.get(piece), ranges.get(other)),
        ));
    if (isFurtherStart) epochs.push([]);
    epochs.at(-1)!.push(piece);
  }
  return epochs.filter((epoch) => epoch.length > 0);
}

/** Where most of a piece stands. */
function heaviest({ path }: Piece): Segment {
  return path.reduce((most, segment) => (weight(segment) > weight(most) ? segment : most));
}

/**
 * Marks as foreign, of pieces that hold the same sequence ids, the lighter one. Where one goes on behind the other it stays:
 * what both hold is false in one of them, and its rest is not.
 */
function findOverlapping(epoch: readonly Piece[], ranges: Ranges, foreign: Set<Piece>): void {
  const byWeight = epoch
    .map((piece) => ({ piece, range: ranges.get(piece) }))
    .sort((a, b) => totalWeight(b.piece.path) - totalWeight(a.piece.path));
  const kept: Range[] = [];
  for (const { piece, range } of byWeight) {
    if (range === undefined) continue;
    if (kept.every((other) => isApart(range, other))) kept.push(range);
    else foreign.add(piece);
  }
}

/** Whether two ranges share nothing, or little: one goes on behind the other and has more of its own than they share. */
function isApart(a: Range, b: Range): boolean {
  const [before, after] = a.first < b.first ? [a, b] : [b, a];
  const shared = before.last - after.first + 1n;
  if (shared <= 0n) return true;
  const isStaggered = before.first < after.first && before.last < after.last;
  return isStaggered && shared < size(a) && shared < size(b);
}

function size({ first, last }: Range): bigint {
  return last - first + 1n;
}

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

type Ranges = ReadonlyMap<Piece, Range | undefined>;

/** Whether two pieces with these sequence ids cannot both be of one chain. */
function overlap(a: Range | undefined, b: Range | undefined): boolean {
  return a !== undefined && b !== undefined && !isApart(a, b);
}

/**
 * The sequence ids that a piece holds, as far as they can be trusted: an id at its end that does not follow on is left
 * out. Undefined where they are no integers or do not ascend.
 */
function sequenceRange({ path }: Piece): Range | undefined {
  const first = sequenceNumber(path[0].head.sequence);
  const end = path.findLastIndex((segment, i) => weight(segment) > 1 || (i > 0 && followsOn(path[i - 1], segment)));
  const trusted = path[Math.max(end, 0)];
  const isWhole = weight(trusted) === 1 || trusted.tail.consecutive;
  const last = sequenceNumber(isWhole ? trusted.tail.sequence : trusted.head.sequence);
  return first === undefined || last === undefined || last < first ? undefined : { first, last };
}

function followsOn(before: Segment, after: Segment): boolean {
  return sequenceDistance(before.tail.sequence, after.head.sequence) === 1n;
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
