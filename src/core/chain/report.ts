import type { Explanation } from './explain/break';
import type { Note, NoteCode, ScanFacts } from './facts';
import { GENESIS_HASH, type Algorithm, type HashHex } from './hash';
import { hashOf, type PinVerdict } from './pins/judgePin';
import { referenceAnswer, type ReferenceAnswer } from './referenceVerdict';

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
  /** How the chain stands to what was pinned of it; null where it was held against no pin. */
  readonly pin: PinVerdict | null;
  /** The hash of the first entry's content; null where there is none. It tells one chain from another. */
  readonly genesis: string | null;
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

/**
 * The report of a chain that has grown by entries that all hold: what was found of the part before stays as it was.
 *
 * @param facts of the whole chain, as far as it was read.
 * @param unreadBytes behind the last whole line.
 */
export function withAppended(report: ChainReport, facts: ScanFacts, unreadBytes: number, hash: HashHex): ChainReport {
  const more = facts.entries - report.entries;
  return {
    ...report,
    entries: facts.entries,
    lines: facts.lines,
    reference: referenceAnswer(facts, hash),
    chainHash: textOf(facts.last?.entryHash),
    appended: report.appended === null ? null : report.appended + more,
    pin: report.pin && { ...report.pin, entries: facts.entries },
    genesis: hashOf(facts.first) ?? null,
    holding: report.holding + more,
    unreadBytes,
    notes: facts.notes,
    noteTotals: facts.noteTotals,
  };
}

/** The report of a pinned chain of which there is no file. */
export function reportOfGone(pin: PinVerdict): ChainReport {
  return {
    algorithm: pin.pin.algorithm,
    valid: false,
    entries: 0,
    lines: 0,
    malformedLines: 0,
    reference: { verdict: null, accepts: false, error: 'not known: there is no file' },
    chainHash: null,
    tail: 'truncated',
    pin,
    genesis: null,
    isHeadKnown: true,
    holding: 0,
    appended: null,
    explanation: { breaks: [], total: 0 },
    unreadBytes: 0,
    notes: [],
    noteTotals: {},
  };
}

/** A stated hash of a report as hex, null where it is no text. */
export function textOf(hash: string | undefined): string | null {
  return hash?.startsWith('"') ? (JSON.parse(hash) as string) : null;
}
