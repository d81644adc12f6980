import type { Malformation } from './malformation';
import type { Member } from './entry';

/**
 * What one reading of a chain finds out about it, entry by entry, before anybody says what happened. Verdict and
 * explanation are made from these. Hashes, sequence ids and timestamps are canonical JSON texts, so that `1`, `1.0` and
 * `"1"` stay apart and a text has its quotes; `computedHash` alone is plain hex.
 */
export interface EntryFacts {
  /** 1-based. */
  readonly line: number;
  /** Place among the entries, from 0; blank and malformed lines do not count. */
  readonly index: number;
  /** Byte of the file at which the line starts. */
  readonly offset: number;
  readonly sequence: string;
  readonly timestamp: string;
  readonly previousHash: string;
  readonly entryHash: string;
  /** Undefined where the format defines none (see `EntryReader.computeHash`). */
  readonly computedHash: string | undefined;
  /** Whether the stated hash is the computed one. */
  readonly holds: boolean;
  /** Whether its sequence id is one more than that of the entry before it in the file. */
  readonly consecutive: boolean;
  /** Members that the line lacks and that reading fills in. */
  readonly absent: readonly Member[];
}

/** An entry whose content does not match its own hash. */
export interface ContentFault {
  readonly type: 'content';
  readonly entry: EntryFacts;
  /** The next entry commits to the computed hash: what was altered is the stated hash alone. */
  onlyHashAltered?: boolean;
}

/** Two neighbours of which the later does not commit to the earlier, neither to its stated hash nor to its computed one. */
export interface LinkFault {
  readonly type: 'link';
  /** Undefined for the first entry of the file, which must commit to 64 zeros. */
  readonly before: EntryFacts | undefined;
  readonly entry: EntryFacts;
}

export interface MalformedLine {
  readonly type: 'malformed';
  readonly line: number;
  readonly offset: number;
  /** Entries before it. */
  readonly index: number;
  readonly malformation: Malformation;
}

export type Fault = ContentFault | LinkFault | MalformedLine;

export type NoteCode = 'bom' | 'duplicate_key' | 'sequence_gap' | 'default_filled' | 'time_backwards';

/** Something true and worth knowing that breaks nothing. */
export interface Note {
  readonly code: NoteCode;
  readonly line: number;
  readonly message: string;
}

/** Faults kept of each type; beyond it they are counted. */
export const MAX_CONTENT_FAULTS = 20_000;
export const MAX_MALFORMED_LINES = 20_000;
/** What explanation works on, in time that grows with their square at worst. */
export const MAX_LINK_FAULTS = 3_000;
/** Notes kept of each code. */
export const MAX_NOTES = 1_000;

/** What a scan of a whole file, or of a stretch of whole lines, found. */
export interface ScanFacts {
  readonly lines: number;
  readonly entries: number;
  readonly malformedLines: number;
  readonly first: EntryFacts | undefined;
  readonly last: EntryFacts | undefined;
  /** In file order. Capped: `dropped` counts what is not among them. */
  readonly faults: readonly Fault[];
  readonly dropped: Readonly<Record<Fault['type'], number>>;
  /** The first line that keeps the reference from reading the file at all. */
  readonly unreadable: MalformedLine | undefined;
  readonly notes: readonly Note[];
  readonly noteTotals: Readonly<Partial<Record<NoteCode, number>>>;
  /** Indexes of the entries whose computed hash is the one looked for. */
  readonly sought: readonly number[];
}
