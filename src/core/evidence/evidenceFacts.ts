import type { ChainReport } from '../chain/report';
import type { Reconciliation } from '../log/reconcile/reconciliation';
import type { EntryFigures } from './entryFigures';

/** All that a package's summary, controls and report are made of. Nothing in it depends on when, where or by whom it was built. */
export interface EvidenceFacts {
  readonly selection: Selection;
  /** What was read; null where it was not given. */
  readonly sources: {
    readonly database: SourceFile | null;
    readonly chain: SourceFile | null;
    readonly policy: SourceFile | null;
  };
  /** Of the rows of the database; null where none was given. */
  readonly rows: EntryFigures | null;
  /** Of the chain's entries that are in the package whole; null where no chain was given. */
  readonly entries: EntryFigures | null;
  readonly chain: ChainEvidence | null;
  readonly reconciliation: Reconciliation | null;
  readonly policy: PolicyEvidence | null;
}

/** Which actions the package is about; null means all. Times as they are compared: ISO texts, both inclusive. */
export interface Selection {
  readonly session: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

export interface SourceFile {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: number;
  /** Of the bytes that were read, lower-case hex. */
  readonly sha256: string;
}

export interface ChainEvidence {
  /** The verdict on the whole chain as it was read. */
  readonly report: ChainReport;
  /** Entries in the package with all that they say. */
  readonly whole: number;
  /** Entries that are in it as hashes alone, for they belong to others. */
  readonly withheld: number;
  /** Of the links between the package's lines, how many it proves by itself, and how many it cannot. */
  readonly provenLinks: number;
  readonly unprovenLinks: number;
}

export interface PolicyEvidence {
  readonly sha256: string;
  /** Why the policy does not load; null where it does. */
  readonly error: string | null;
  readonly rules: readonly PolicyRule[];
  readonly defaults: { readonly risk: string; readonly approval: string } | null;
  readonly errors: number;
  readonly warnings: number;
}

export interface PolicyRule {
  readonly name: string;
  readonly type: string;
  readonly target: string;
  readonly agent: string;
  readonly risk: string;
  readonly approval: string;
  /** Whether it holds under conditions only. */
  readonly conditional: boolean;
}
