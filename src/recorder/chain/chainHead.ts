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
