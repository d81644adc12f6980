import type { HashHex } from '../../core/chain/hash';
import { LinkReader, type Link } from '../../core/chain/linkReader';
import type { AppendFile } from '../files/appendFile';

/** The entry that the next one commits to. */
export interface ChainEnd {
  readonly sequence_id: number;
  readonly entry_hash: string;
}

/** What a head says of a chain; `entries` and `hash` of an empty one are 0 and 64 zeros. */
export interface ChainHead {
  readonly entries: number;
  readonly bytes: number;
  readonly hash: string;
}

/** The head's entry, where the line that ends at the head is it. */
export function linkAt(file: AppendFile, { bytes, hash: expected }: ChainHead, hash: HashHex): Link | undefined {
  const line = file.lastLine(bytes);
  if (line?.isTerminated !== true) return undefined;
  const link = new LinkReader().read(line.bytes, hash);
  return typeof link === 'object' && link.isIntact && link.entryHash === expected ? link : undefined;
}

/** The last line that this process wrote to a chain, to be known again: cheaper than to read the entry and hash it. */
export class WrittenEnd {
  private readonly line: Buffer;

  /** @param line of this entry, without its line end. */
  constructor(
    readonly end: ChainEnd,
    line: string,
  ) {
    this.line = Buffer.from(`\n${line}\n`);
  }

  /** Whether the chain ends with it, to the byte, and the head is its. What says no must be looked at closely. */
  isAt(file: AppendFile, { bytes, hash }: ChainHead): boolean {
    const { end, line } = this;
    if (end.entry_hash !== hash || file.size !== bytes) return false;
    // The first line has no line end before it.
    const expected = bytes < line.length ? line.subarray(1) : line;
    return bytes >= expected.length && expected.equals(file.read(bytes - expected.length, bytes));
  }
}
