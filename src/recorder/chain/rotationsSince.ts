import * as fs from 'node:fs';
import * as path from 'node:path';
import type { HashHex } from '../../core/chain/hash';
import { readJsonValue } from '../../core/policy/jsonValue';
import { AppendFile } from '../files/appendFile';
import { linkAt, type ChainHead } from './chainHead';
import { rotatedFrom, type Rotated } from './ownEntries';

/** A chain that was put away, with entries that a head does not know. */
export interface PutAwayChain {
  readonly file: string;
  /** The head, where it is in this chain; else all of it is unknown. */
  readonly head: ChainHead | undefined;
}

/** What was put away since a head was committed. */
export interface RotationsSince {
  /** Oldest first; none where the head is the end of the chain before. */
  readonly chains: readonly PutAwayChain[];
  /** What the chain's own first entry says. */
  readonly last: Rotated;
  /** The last rotation that put JSON lines away, where one of them did. */
  readonly jsonLines: Rotated | undefined;
}

/** Who rotates more often than this between two commits of a database does something else. */
const MOST_CHAINS = 1000;

/**
 * Goes from a chain to the one that its first entry names, until one holds the head or ends with it. Each of them ends with the hash by
 * which the next one names it, and is only read.
 *
 * @returns undefined where that leads nowhere: the chain is not a successor of the head's.
 */
export function rotationsSince(chain: AppendFile, head: ChainHead, hash: HashHex): RotationsSince | undefined {
  const last = rotationOf(chain);
  if (last === undefined || head.entries === 0) return undefined;
  const chains: PutAwayChain[] = [];
  const rotations: Rotated[] = [];
  let isFound = false;
  for (let rotation: Rotated | undefined = last; !isFound;) {
    if (rotation === undefined || chains.length === MOST_CHAINS) return undefined;
    rotations.push(rotation);
    if (rotation.hash === head.hash) break;
    const before: Before | undefined = chainBefore(rotation, chain.file, head, hash);
    if (before === undefined) return undefined;
    chains.unshift({ file: before.file, head: before.holdsHead ? head : undefined });
    isFound = before.holdsHead;
    rotation = before.rotation;
  }
  return { chains, last, jsonLines: rotations.find(({ jsonLines }) => jsonLines !== undefined) };
}

interface Before {
  readonly file: string;
  readonly holdsHead: boolean;
  readonly rotation: Rotated | undefined;
}

/** Undefined where it is not there, or does not end with the entry that it was named by. */
function chainBefore(
  { chain: name, hash: lastHash }: Rotated,
  beside: string,
  head: ChainHead,
  hash: HashHex,
): Before | undefined {
  // Beside the chain, whatever path is written there.
  if (name === undefined || name === '' || name !== path.basename(name)) return undefined;
  const file = path.join(path.dirname(beside), name);
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const chain = AppendFile.openToRead(file);
  try {
    if (linkAt(chain, { entries: 0, bytes: chain.size, hash: lastHash }, hash) === undefined) return undefined;
    const holdsHead = chain.size >= head.bytes && linkAt(chain, head, hash) !== undefined;
    return { file, holdsHead, rotation: rotationOf(chain) };
  } finally {
    chain.close();
  }
}

function rotationOf(chain: AppendFile): Rotated | undefined {
  for (const { bytes } of chain.lines(0)) {
    const reading = readJsonValue(Buffer.from(bytes).toString('utf8'));
    return 'value' in reading ? rotatedFrom(reading.value) : undefined;
  }
  return undefined;
}
