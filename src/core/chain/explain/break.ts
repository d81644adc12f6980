import type { Member } from '../entry';

/** What happened at a broken line. */
export type BreakKind =
  'modified' | 'rehashed' | 'deleted' | 'inserted' | 'reordered' | 'duplicated' | 'forked' | 'restarted' | 'malformed';

/** A line that helps to understand a finding on another one. */
export interface RelatedLine {
  /** 1-based. */
  readonly line: number;
  /** Byte of the file at which it starts. */
  readonly offset: number;
  /** What it has to do with the finding, in a few words. */
  readonly role: string;
}

/** One finding on one line. */
export interface Break {
  readonly kind: BreakKind;
  /** 1-based. */
  readonly line: number;
  /** Byte of the file at which the line starts. */
  readonly offset: number;
  /** Canonical JSON of the entry's sequence id; null for a line that is no entry. */
  readonly sequenceId: string | null;
  /** Entries gone, for `deleted`, where the sequence tells; null elsewhere. */
  readonly count: number | null;
  /** `likely` where the file alone cannot tell this account from the `alternatives`. */
  readonly certainty: 'certain' | 'likely';
  readonly alternatives: readonly BreakKind[];
  /** What happened, in a few words and without any text out of the log: `changed after it was recorded`. */
  readonly summary: string;
  /** A sentence. Text out of the log in it is made visible. */
  readonly message: string;
  /** Hex, or canonical JSON where what stands in the file is no text; null where there is nothing to compare. */
  readonly expectedHash: string | null;
  readonly actualHash: string | null;
  /** What the two hashes are, in a few words. */
  readonly expectedIs: string;
  readonly actualIs: string;
  /** Other lines of the file that the finding is about. */
  readonly related: readonly RelatedLine[];
  /** The member that is wrong; null where it is the whole line. */
  readonly member: Member | null;
}

/** Breaks that are listed; beyond it they are counted. */
export const MAX_BREAKS = 10_000;

export interface Explanation {
  /** Sorted by line. At most `MAX_BREAKS`. */
  readonly breaks: readonly Break[];
  readonly total: number;
}
