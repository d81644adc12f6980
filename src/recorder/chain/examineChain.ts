import { GENESIS_HASH, type HashHex } from '../../core/chain/hash';
import { LinkReader, type Link } from '../../core/chain/linkReader';
import { readJsonValue } from '../../core/policy/jsonValue';
import type { PyValue } from '../../core/policy/yamlTree';
import type { AppendFile, LastLine } from '../files/appendFile';
import { rotatedFrom, type Rotated } from './ownEntries';

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

/** What stands behind the head, or why the chain is not the one that the head is of. */
export interface Examination {
  /** The head's own count where the chain goes on from there, 0 where all of it was read. */
  readonly entriesBefore: number;
  /** Hashes of the complete, linked entries behind it. */
  readonly hashes: readonly string[];
  /** What is wrong, as a clause for people; nothing behind it is taken up. */
  readonly problem: string | undefined;
  /** An unterminated last line: to be ended where it is an entry that is linked, else to be set aside from where it starts. */
  readonly torn: { readonly start: number; readonly isEntry: boolean } | undefined;
  /** A rotation that was done but for the head: the chain begins with an entry that names it. */
  readonly rotation: Rotated | undefined;
}

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
 * Looks at a chain that does not end where the head says.
 *
 * @param head undefined where nothing is known of the chain: it is read from its start.
 * @param onEntry gets each linked entry that the head does not know and that may be about an action, in order.
 */
export function examineChain(
  file: AppendFile,
  head: ChainHead | undefined,
  hash: HashHex,
  onEntry: (entry: PyValue) => void,
): Examination {
  const rotation = head && rotationAfter(file, head);
  const isNew = head === undefined || rotation !== undefined;
  const goesOn = isNew || head.bytes === 0 || (file.size >= head.bytes && linkAt(file, head, hash) !== undefined);
  if (!goesOn)
    return { entriesBefore: 0, hashes: [], problem: differs(file, head), torn: tornEnd(file, hash), rotation };
  const walk = new Walk(isNew ? GENESIS_HASH : head.hash, hash, onEntry);
  for (const line of file.lines(isNew ? 0 : head.bytes)) if (!walk.goesOnWith(line)) break;
  const { hashes, problem } = walk;
  // Where something is wrong, what comes last was not reached.
  const torn = problem === undefined ? walk.torn : tornEnd(file, hash);
  return { entriesBefore: isNew ? 0 : head.entries, hashes, problem, torn, rotation };
}

/** How many lines there are with something on them. */
export function countEntries(file: AppendFile): number {
  let count = 0;
  for (const { bytes } of file.lines(0)) if (bytes.length > 0) count++;
  return count;
}

class Walk {
  readonly hashes: string[] = [];
  problem: string | undefined;
  torn: Examination['torn'];
  private readonly reader = new LinkReader();

  constructor(
    private previous: string,
    private readonly hash: HashHex,
    private readonly onEntry: (entry: PyValue) => void,
  ) {}

  goesOnWith(line: LastLine): boolean {
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

/** The head's entry, where the line that ends at the head is it. */
function linkAt(file: AppendFile, { bytes, hash: expected }: ChainHead, hash: HashHex): Link | undefined {
  const line = file.lastLine(bytes);
  if (line?.isTerminated !== true) return undefined;
  const link = new LinkReader().read(line.bytes, hash);
  return typeof link === 'object' && link.isIntact && link.entryHash === expected ? link : undefined;
}

/** What the chain's first entry says, where it names the head. */
function rotationAfter(file: AppendFile, head: ChainHead): Rotated | undefined {
  const [first] = file.lines(0);
  if (first === undefined || head.entries === 0) return undefined;
  const reading = readJsonValue(Buffer.from(first.bytes).toString('utf8'));
  const rotation = 'value' in reading ? rotatedFrom(reading.value) : undefined;
  return rotation?.hash === head.hash ? rotation : undefined;
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
