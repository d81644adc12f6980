import type { EntryFacts } from '../facts';

/**
 * A stretch of entries that stand one after the other in the file and each commit to the one before. What happened to a
 * chain is told in segments: which commits to which, and which stand where they should.
 */
export interface Segment {
  /** Places of its first and last entry among the entries of the file. */
  readonly from: number;
  readonly to: number;
  readonly head: EntryFacts;
  readonly tail: EntryFacts;
  /** What its head commits to: the end of another segment, or something that is not in the file. */
  parent: Segment | Missing;
  readonly children: Segment[];
}

/** A hash that a segment commits to and no entry of the file has; 64 zeros for the start of a chain. */
export interface Missing {
  /** Canonical JSON. */
  readonly hash: string;
  readonly isGenesis: boolean;
  readonly children: Segment[];
}

export function isMissing(parent: Segment | Missing): parent is Missing {
  return 'isGenesis' in parent;
}

/** Entries of a segment. */
export function weight(segment: Segment): number {
  return segment.to - segment.from + 1;
}

export function totalWeight(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + weight(segment), 0);
}
