import type { Explanation } from './explain/break';
import type { Note, NoteCode, ScanFacts } from './facts';
import { GENESIS_HASH, type Algorithm } from './hash';
import type { ReferenceAnswer } from './referenceVerdict';

/** Where a chain should have got to: what somebody kept of it elsewhere. */
export interface Expectation {
  /** Entries. */
  readonly count?: number;
  /** Hash of the last of them, lower-case hex. */
  readonly lastHash?: string;
}

/**
 * What is known of a chain's end. `unpinned`: nothing was expected, and a chain alone cannot show that its end was cut
 * off.
 */
export type Tail = 'unpinned' | 'as_expected' | 'truncated' | 'differs';

/** The verdict on a chain and the account of what happened to it. */
export interface ChainReport {
  readonly algorithm: Algorithm;
  /** No breaks, and what was expected is there. */
  readonly valid: boolean;
  readonly entries: number;
  readonly lines: number;
  readonly malformedLines: number;
  readonly reference: ReferenceAnswer;
  /** The last entry's stated hash; null where there is no entry or it is no text. */
  readonly chainHash: string | null;
  readonly tail: Tail;
  /** Whether a hash was part of what was expected: a count alone says nothing of what the entries hold. */
  readonly isHeadKnown: boolean;
  /** Entries whose content has the hash that they state. */
  readonly holding: number;
  /** Entries after the expected head; null where nothing was expected or it is not there. */
  readonly appended: number | null;
  readonly explanation: Explanation;
  /** Bytes that came while the file was read and were not looked at; 0 for a file at rest. */
  readonly unreadBytes: number;
  /** Sorted by line, at most `MAX_NOTES` of each code. */
  readonly notes: readonly Note[];
  readonly noteTotals: Readonly<Partial<Record<NoteCode, number>>>;
}

/** Holds the end of a chain against what was expected of it. */
export function judgeTail(facts: ScanFacts, { count, lastHash }: Expectation): Pick<ChainReport, 'tail' | 'appended'> {
  if (count === undefined && lastHash === undefined) return { tail: 'unpinned', appended: null };
  if (count !== undefined && facts.entries < count) return { tail: 'truncated', appended: null };
  if (lastHash === undefined) return { tail: 'as_expected', appended: facts.entries - count! };
  // The head of a chain without entries is what a first entry follows on.
  if (count === 0 && lastHash === GENESIS_HASH) return { tail: 'as_expected', appended: facts.entries };
  const place = count === undefined ? facts.sought.at(-1) : facts.sought.find((index) => index === count - 1);
  if (place === undefined) return { tail: 'differs', appended: null };
  return { tail: 'as_expected', appended: facts.entries - 1 - place };
}

/** A stated hash of a report as hex, null where it is no text. */
export function textOf(hash: string | undefined): string | null {
  return hash?.startsWith('"') ? (JSON.parse(hash) as string) : null;
}
