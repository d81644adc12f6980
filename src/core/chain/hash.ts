/** The two algorithms of the format, under the names that the reference gives them. */
export type Algorithm = 'sha256' | 'sha3_256';

export const ALGORITHMS: readonly Algorithm[] = ['sha256', 'sha3_256'];

/** Lower-case hex of the digest of some bytes. The runtime's own where it has it; `core` is handed one. */
export interface HashHex {
  (bytes: Uint8Array): string;
  /** The digest as a text of as many characters as it has bytes: cheaper to compare than hex. Not every runtime gives it. */
  readonly binary?: (bytes: Uint8Array) => string;
}

/** One for each algorithm. */
export type Hashes = Readonly<Record<Algorithm, HashHex>>;

/** Characters of a hash in hex, for both algorithms. */
export const HASH_LENGTH = 64;

/** What the first entry of a chain carries as the hash before it. */
export const GENESIS_HASH = '0'.repeat(HASH_LENGTH);
