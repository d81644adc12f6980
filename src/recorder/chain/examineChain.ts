import * as path from 'node:path';
import { GENESIS_HASH, type HashHex } from '../../core/chain/hash';
import { LinkReader, type Link } from '../../core/chain/linkReader';
import { readJsonValue } from '../../core/policy/jsonValue';
import type { PyValue } from '../../core/policy/yamlTree';
import { AppendFile, type LastLine } from '../files/appendFile';
import { linkAt, type ChainEnd, type ChainHead } from './chainHead';
import type { Rotated } from './ownEntries';
import { rotationsSince, type PutAwayChain } from './rotationsSince';

/** What stands behind the head, or why the chain is not the one that the head is of. */
export interface Examination {
  /** How many entries the chain has; undefined where something is wrong with it. */
  readonly entries: number | undefined;
  /** Hashes of the complete, linked entries behind the head, those of chains that were put away since among them. */
  readonly hashes: readonly string[];
  /** What is wrong, as a clause for people; nothing behind it is taken up. */
  readonly problem: string | undefined;
  /** An unterminated last line: to be ended where it is an entry that is linked, else to be set aside from where it starts. */
  readonly torn: { readonly start: number; readonly isEntry: boolean } | undefined;
  /** How the files are called since a rotation that the head knows nothing of. */
  readonly rotation: Rotated | undefined;
}

/**
 * Gets a linked entry that the head does not know and that may be about an action.
 *
 * @param putAway the rotation that put the JSON lines away after it was written; undefined where none did.
 */
export type OnUnknownEntry = (entry: PyValue, putAway: Rotated | undefined) => void;

/** Where a chain ends that stands as the head says, to the byte; undefined where it does not. */
export function standingEnd(
  file: AppendFile,
  head: ChainHead,
  hash: HashHex,
): { readonly end: ChainEnd | undefined } | undefined {
  if (file.size !== head.bytes) return undefined;
  if (head.bytes === 0) return { end: undefined };
  const link = linkAt(file, head, hash);
  return link && { end: { sequence_id: link.sequenceId ?? head.entries - 1, entry_hash: head.hash } };
}

/**
 * Looks at a chain that does not end where the head says. Chains that were put away since the head was committed, by a process that does
 * not write to this database or after the time of a copy that was put back, are read too.
 *
 * @param head undefined where nothing is known of the chain: it is read from its start.
 * @param onEntry gets them in order.
 */
export function examineChain(
  file: AppendFile,
  head: ChainHead | undefined,
  hash: HashHex,
  onEntry: OnUnknownEntry,
): Examination {
  const since = head && rotationsSince(file, head, hash);
  const isNew = head === undefined || since !== undefined;
  const goesOn = isNew || head.bytes === 0 || (file.size >= head.bytes && linkAt(file, head, hash) !== undefined);
  const rotation = since?.jsonLines ?? since?.last;
  if (!goesOn)
    return { entries: undefined, hashes: [], problem: differs(file, head), torn: tornEnd(file, hash), rotation };
  const hashes: string[] = [];
  for (const chain of since?.chains ?? []) {
    const problem = problemIn(chain, hash, hashes, (entry) => onEntry(entry, since?.jsonLines));
    if (problem !== undefined) return { entries: undefined, hashes, problem, torn: tornEnd(file, hash), rotation };
  }
  const from = isNew ? undefined : head;
  const before = hashes.length;
  const walk = new Walk(from?.hash, hash, hashes, (entry) => onEntry(entry, undefined));
  walk.through(file, from?.bytes);
  const { problem } = walk;
  // Where something is wrong, what comes last was not reached.
  if (problem !== undefined) return { entries: undefined, hashes, problem, torn: tornEnd(file, hash), rotation };
  return { entries: (from?.entries ?? 0) + hashes.length - before, hashes, problem, torn: walk.torn, rotation };
}

function problemIn(
  { file, head }: PutAwayChain,
  hash: HashHex,
  hashes: string[],
  onEntry: (entry: PyValue) => void,
): string | undefined {
  const chain = AppendFile.openToRead(file);
  try {
    const walk = new Walk(head?.hash, hash, hashes, onEntry);
    walk.through(chain, head?.bytes);
    return walk.problem && `in "${path.basename(file)}", ${walk.problem}`;
  } finally {
    chain.close();
  }
}

/** How many lines there are with something on them. */
export function countEntries(file: AppendFile): number {
  let count = 0;
  for (const { bytes } of file.lines(0)) if (bytes.length > 0) count++;
  return count;
}

class Walk {
  problem: string | undefined;
  torn: Examination['torn'];
  private readonly reader = new LinkReader();

  constructor(
    private previous: string = GENESIS_HASH,
    private readonly hash: HashHex,
    private readonly hashes: string[],
    private readonly onEntry: (entry: PyValue) => void,
  ) {}

  /** To its end, or to what is wrong. */
  through(file: AppendFile, start = 0): void {
    for (const line of file.lines(start)) if (!this.goesOnWith(line)) return;
  }

  private goesOnWith(line: LastLine): boolean {
    const link = this.reader.read(line.bytes, this.hash);
    if (link === 'blank') {
      if (!line.isTerminated) this.torn = { start: line.start, isEntry: false };
      return true;
    }
    const isLinked = link !== undefined && link.isIntact && link.previousHash === this.previous;
    if (!line.isTerminated) this.torn = { start: line.start, isEntry: isLinked };
    if (!isLinked) {
      if (line.isTerminated) this.problem = wrong(link, line);
      return false;
    }
    this.previous = link.entryHash!;
    this.hashes.push(this.previous);
    this.tell(Buffer.from(line.bytes));
    return true;
  }

  /** An entry without an action's id is none of ours, however long it is. */
  private tell(bytes: Buffer): void {
    if (!bytes.includes('"action_id"')) return;
    const reading = readJsonValue(bytes.toString('utf8'));
    if ('value' in reading) this.onEntry(reading.value);
  }
}

function wrong(link: Link | undefined, { start }: LastLine): string {
  const what =
    link === undefined
      ? 'is no entry'
      : link.isIntact
        ? 'does not follow on the one before'
        : 'does not have the hash that it states';
  return `the line at byte ${start} ${what}`;
}

function differs(file: AppendFile, head: ChainHead): string {
  if (file.size < head.bytes) return `the chain has ${file.size} bytes where it had ${head.bytes}`;
  return `the entry that ended at byte ${head.bytes} is not the one that was recorded`;
}

function tornEnd(file: AppendFile, hash: HashHex): Examination['torn'] {
  const last = file.lastLine();
  if (last === undefined || last.isTerminated) return undefined;
  const link = new LinkReader().read(last.bytes, hash);
  return { start: last.start, isEntry: typeof link === 'object' && link.isIntact };
}

/**
 * The last line that is an entry, whatever is wrong with it: what comes next is linked to what it states. Undefined where there is
 * none, and a chain begins.
 */
export function endOfChain(file: AppendFile, hash: HashHex): (ChainEnd & { readonly isIntact: boolean }) | undefined {
  const reader = new LinkReader();
  let isLast = true;
  for (let end = file.size; end > 0;) {
    const line = file.lastLine(end)!;
    const link = reader.read(line.bytes, hash);
    if (typeof link === 'object' && link.entryHash !== undefined)
      return { sequence_id: link.sequenceId ?? -1, entry_hash: link.entryHash, isIntact: link.isIntact && isLast };
    isLast &&= link === 'blank';
    end = line.start;
  }
  return undefined;
}
