/** What bench/host.mjs asks for, and what is measured inside the extension host. Times are milliseconds. */

export interface Plan {
  readonly part: Part;
  readonly rounds: number;
  /** A long chain without breaks. */
  readonly longChain: string;
  /** A chain with many breaks that the editor can hold. */
  readonly brokenChain: string;
  readonly breaks: number;
  /** A chain that the editor can hold, to be followed there. */
  readonly shortChain: string;
  /** An audit database of as many rows. */
  readonly database: string;
  readonly cli: string;
  /** bench/append.mjs. */
  readonly appendScript: string;
  readonly pace: Pace;
  /** How long VS Code's own document is waited for. */
  readonly editorPatienceMs: number;
  /** The file that the result of the part is written to, as JSON. */
  readonly result: string;
}

/** How a chain that is followed is written. */
export interface Pace {
  readonly entries: number;
  readonly batch: number;
  readonly everyMs: number;
}

/** For how long the extension host's main thread did not get to anything else, at most. */
export interface Block {
  readonly wall: number;
  /** The most that the thread itself worked at one go: less than `wall` where the machine was busy with something else. */
  readonly work: number;
}

export interface Timed {
  readonly time: number;
  readonly block: Block;
}

/** Each is measured in a VS Code of its own, for what one leaves behind would slow the next. */
export interface Results {
  /** The long chain in the host and with the command line, in turns. */
  readonly verifying: { readonly inHost: readonly Timed[]; readonly commandLine: readonly Timed[] };
  /** `time` is that of reading the database; what is blocked is watched until its timeline is open. */
  readonly sessions: readonly Timed[];
  /** The chain with many breaks, open in an editor and not. */
  readonly brokenOpen: readonly Timed[];
  readonly brokenClosed: readonly Timed[];
  /** `time` is the lag: from the last entry written to the lens that counts it. */
  readonly followingLong: readonly Timed[];
  /** The same for a chain that is open; and not followed: there `time` is the lag of VS Code's own document. */
  readonly followingOpen: { readonly followed: readonly Timed[]; readonly notFollowed: readonly Timed[] };
}

export type Part = keyof Results;
