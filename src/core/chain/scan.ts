import { JsonProblem } from '../json/jsonProblem';
import { firstInvalidUtf8 } from '../json/utf8';
import type { HashHex } from './hash';
import { LineKind } from './entryReader';
import { FollowingReader } from './followingReader';
import type { LineConsumer } from './lineConsumer';
import { endOfLine, startOfNextLine } from './lines';
import { FaultList } from './faultList';
import type { ContentFault, EntryFacts, ScanFacts } from './facts';
import type { Malformation } from './malformation';
import { Notes } from './notes';
import { sequenceDistance, smallInteger } from './sequence';
import { followsInTime } from './timestamps';

export interface ScanOptions {
  readonly hash: HashHex;
  /** Report the entries whose computed hash this is. */
  readonly seek?: string;
}

/** An entry that was read: its reader still holds it. */
interface Read {
  reader: FollowingReader;
  line: number;
  offset: number;
  index: number;
  computed: string | undefined;
  holds: boolean;
  sequence: number;
  consecutive: boolean;
}

/**
 * Checks entries as they come: each against its own hash and against the entry before it. It works on stretches of
 * whole lines, keeps nothing of an entry that is fine, and allocates nothing for it but the digest.
 *
 * The first entry of the stretch is held against nothing: who joins stretches does that (`joinScans`).
 */
export class ChainScan implements LineConsumer {
  private readonly hash: HashHex;
  private readonly seek: string | undefined;

  private lines = 0;
  private entries = 0;
  private malformedLines = 0;
  private first: EntryFacts | undefined;
  private readonly faults = new FaultList();
  private readonly notes = new Notes();
  private readonly sought: number[] = [];
  private lastContentFault: ContentFault | undefined;
  private hasFault = false;

  /** Two readers take turns, so that the entry read last is still there when the next is held against it. */
  private now: Read = newRead();
  private last: Read = newRead();

  constructor(options: ScanOptions) {
    this.hash = options.hash;
    this.seek = options.seek;
  }

  push(src: Uint8Array, start: number, limit: number, fileOffset: number): void {
    let at = start;
    while (at < limit) {
      const reader = this.now.reader;
      // Only an entry whose hash holds is known to state a digest, which is what the guess is about.
      const kind = this.last.holds
        ? reader.readAfter(this.last.reader, src, at, limit, this.hash)
        : reader.readAlone(src, at, limit);
      this.lines++;
      if (kind === LineKind.Entry) this.entry(fileOffset + at);
      else if (kind === LineKind.Malformed) this.malformed(fileOffset + at, reader.malformation!);
      at = startOfNextLine(src, reader.lineEnd);
    }
  }

  /** Takes the line at `start` for malformed, if it is UTF-8 at all; returns where the next one starts. */
  refuseLine(src: Uint8Array, start: number, limit: number, fileOffset: number, malformation: Malformation): number {
    const end = endOfLine(src, start, limit);
    const undecodable = firstInvalidUtf8(src, start, end);
    const isText = undecodable < 0;
    const at = { char: undecodable - start, byte: undecodable - start };
    this.pushMalformed(
      fileOffset + start,
      isText ? malformation : { kind: 'json', problem: JsonProblem.InvalidUtf8, ...at },
    );
    return startOfNextLine(src, end);
  }

  pushMalformed(offset: number, malformation: Malformation): void {
    this.lines++;
    this.malformed(offset, malformation);
  }

  private malformed(offset: number, malformation: Malformation): void {
    this.malformedLines++;
    this.faults.add({ type: 'malformed', line: this.lines, offset, index: this.entries, malformation });
  }

  private entry(offset: number): void {
    const now = this.now;
    const last = this.last;
    const reader = now.reader;
    const isFirst = this.entries === 0;
    // What follows on has the hash that it states.
    const computed = reader.isFollowing ? undefined : reader.computeHash(this.hash);
    now.line = this.lines;
    now.offset = offset;
    now.index = this.entries++;
    now.computed = computed;
    now.holds = reader.isFollowing || (computed !== undefined && reader.statesHash(computed));
    now.sequence = reader.isFollowing
      ? reader.sequence
      : smallInteger(reader.canonical, reader.sequenceStart, reader.sequenceEnd);
    now.consecutive = !isFirst && follows(last, now);
    if (this.seek !== undefined && (now.holds ? reader.statesHash(this.seek) : computed === this.seek)) {
      this.sought.push(now.index);
    }

    const link = isFirst || reader.isFollowing ? Link.ToStated : links(last, now);
    const linked = link !== Link.None;
    if (link === Link.ToComputed && this.lastContentFault?.entry.index === last.index) {
      this.lastContentFault.onlyHashAltered = true;
    }
    if (isFirst) this.first = facts(now);
    // The reference's message quotes the first fault in full.
    const limit = this.hasFault ? undefined : Infinity;
    this.hasFault ||= !linked || !now.holds;
    if (!linked) this.faults.add({ type: 'link', before: facts(last, limit), entry: facts(now, limit) });
    if (!now.holds) {
      this.lastContentFault = { type: 'content', entry: facts(now, limit) };
      this.faults.add(this.lastContentFault);
    } else if (linked && !isFirst && last.holds) this.noteOrder();
    if (reader.absent.length > 0) this.notes.absent(now.line, reader.absent);
    if (reader.duplicateKey) this.notes.duplicateKey(now.line);

    this.now = last;
    this.last = now;
  }

  private noteOrder(): void {
    const { last, now } = this;
    if (!now.consecutive) this.notes.sequenceGap(facts(last), facts(now));
    if (!timeFollows(last.reader, now.reader)) this.notes.timeBackwards(facts(last), facts(now));
  }

  facts(): ScanFacts {
    return {
      lines: this.lines,
      entries: this.entries,
      malformedLines: this.malformedLines,
      first: this.first,
      last: this.entries > 0 ? facts(this.last) : undefined,
      faults: this.faults.list,
      dropped: this.faults.dropped,
      unreadable: this.faults.unreadable,
      notes: this.notes.list,
      noteTotals: this.notes.totals,
      sought: this.sought,
    };
  }
}

function newRead(): Read {
  return {
    reader: new FollowingReader(),
    line: 0,
    offset: 0,
    index: 0,
    computed: undefined,
    holds: true,
    sequence: NaN,
    consecutive: false,
  };
}

/** @param limit of the length of a text, if it is not the usual one. */
function facts(read: Read, limit?: number): EntryFacts {
  const { reader } = read;
  return {
    line: read.line,
    index: read.index,
    offset: read.offset,
    sequence: reader.sequenceText(limit),
    timestamp: reader.timestampText(limit),
    previousHash: reader.previousHashText(limit),
    entryHash: reader.entryHashText(limit),
    computedHash: read.holds ? reader.entryHashText().slice(1, -1) : read.computed,
    holds: read.holds,
    consecutive: read.consecutive,
    absent: reader.absent,
  };
}

const enum Link {
  None,
  ToStated,
  /** To the hash that the entry before should state but does not. */
  ToComputed,
}

function links(last: Read, now: Read): Link {
  const stated = last.reader.entryHash;
  const length = last.reader.entryHashLength;
  const { previousHash, previousHashLength } = now.reader;
  if (length === previousHashLength) {
    let i = 0;
    while (i < length && stated[i] === previousHash[i]) i++;
    if (i === length) return Link.ToStated;
  }
  if (last.holds || last.computed === undefined) return Link.None;
  return now.reader.previousHashText() === `"${last.computed}"` ? Link.ToComputed : Link.None;
}

function follows(last: Read, now: Read): boolean {
  if (now.sequence === last.sequence + 1) return true;
  // NaN stands for what is no small integer; only then is it worth a second look.
  if (now.sequence === now.sequence && last.sequence === last.sequence) return false;
  return sequenceDistance(last.reader.sequenceText(), now.reader.sequenceText()) === 1n;
}

function timeFollows(last: FollowingReader, now: FollowingReader): boolean {
  const isLater = now.followsInTime(last);
  if (isLater !== undefined) return isLater;
  return followsInTime(
    last.canonical,
    last.timestampStart,
    last.timestampEnd,
    now.canonical,
    now.timestampStart,
    now.timestampEnd,
  );
}
