import type { ContentFault, EntryFacts, MalformedLine, ScanFacts } from '../facts';
import { arrange, type Arrangement } from './arrange';
import { MAX_BREAKS, type Break, type Explanation } from './break';
import { contentFault, malformedLine } from './contentFindings';
import * as breaks from './findings';
import { buildSegments, hashesToFind, runsOf, type Landmark, type Run } from './runs';
import { isMissing, weight, type Segment } from './segment';
import { takeApart, type Branch } from './trees';
import { sequenceDistance } from '../sequence';

/** Looks things up in the file that the facts are of, in a reading of its own. */
export interface ChainLookup {
  /** The entries that state one of these hashes (canonical JSON), by hash, in file order. */
  find(hashes: ReadonlySet<string>): ReadonlyMap<string, readonly Landmark[]>;
  /** The entries at these places among the entries. */
  entries(indexes: ReadonlySet<number>): ReadonlyMap<number, EntryFacts>;
}

/**
 * Names every break of a chain for what happened and puts it on its line. Nothing is looked up, and no time spent, where
 * the scan found no fault.
 */
export function explain(facts: ScanFacts, lookup: ChainLookup): Explanation {
  const report = new Report(facts);
  report.malformedLines();
  if (!facts.faults.some((fault) => fault.type === 'link')) {
    report.contentFaults(new Set());
    return report.result();
  }
  const runs = runsOf(facts);
  const contents = facts.faults.filter((fault) => fault.type === 'content');
  const landmarks = lookup.find(hashesToFind(runs, contents));
  const segments = buildSegments(runs, landmarks, contents);
  const { pieces, branches } = takeApart(segments);
  const arrangement = arrange(pieces);

  report.joins(arrangement, foundBeyond(runs, landmarks));
  for (const branch of branches) report.branch(branch, landmarks);
  report.foreign(arrangement);
  report.moved(arrangement);
  const wanted = report.unknownPlaces();
  report.contentFaults(report.strangers);
  return report.result(wanted.size > 0 ? lookup.entries(wanted) : new Map());
}

/** Entries that follow each other in the file; of the first and the last the facts may be known. */
type Places = Pick<Segment, 'from' | 'to' | 'head'> & Partial<Pick<Segment, 'tail'>>;

/** What makes the break of an entry once its facts are known. */
type Finding = (entry: EntryFacts, place: number) => Break;

class Report {
  /** Entries that do not belong to the chain, by place: a changed content is not told of them as well. */
  readonly strangers = new Set<number>();

  private readonly found: Break[] = [];
  private readonly ranges: { places: Places; finding: Finding }[] = [];
  private total = 0;
  private readonly contents: readonly ContentFault[];
  private readonly malformed: readonly MalformedLine[];

  constructor(private readonly facts: ScanFacts) {
    this.contents = facts.faults.filter((fault) => fault.type === 'content');
    this.malformed = facts.faults.filter((fault) => fault.type === 'malformed');
    const { dropped } = facts;
    this.total = dropped.content + dropped.link + dropped.malformed;
  }

  private add(finding: Break): void {
    this.total++;
    if (this.found.length < 2 * MAX_BREAKS) this.found.push(finding);
  }

  malformedLines(): void {
    for (const fault of this.malformed) this.add(malformedLine(fault));
  }

  contentFaults(except: ReadonlySet<number>): void {
    this.facts.faults.forEach((fault, i) => {
      if (fault.type !== 'content' || except.has(fault.entry.index)) return;
      // The link fault of the same entry, if it has one, comes right before.
      const before = this.facts.faults[i - 1];
      const isUnlinked = before?.type === 'link' && before.entry.index === fault.entry.index;
      this.add(contentFault(fault, isUnlinked ? before.before : undefined));
    });
  }

  /** Where one piece of the chain follows another, the hash that should link them is gone: says why. */
  joins({ written, moved }: Arrangement, beyond: ReadonlyMap<string, EntryFacts>): void {
    written.forEach(({ segment, startsAnew }, i) => {
      if (!isMissing(segment.parent)) return;
      const before = i > 0 ? written[i - 1].segment : undefined;
      if (startsAnew) return this.add(breaks.restarted(segment.head, before?.tail));
      if (segment.parent.isGenesis && before === undefined) return;
      const elsewhere = beyond.get(segment.head.previousHash);
      if (elsewhere !== undefined) {
        if (!moved.has(segment)) this.add(breaks.reordered(segment.head, elsewhere, undefined, true, false));
        return;
      }
      const lost = moved.has(segment) || (before && moved.has(before)) ? 0 : this.malformedBetween(before, segment);
      this.join(before, segment, lost);
    });
  }

  private join(before: Segment | undefined, after: Segment, lost: number): void {
    const head = after.head;
    const distance =
      before === undefined
        ? sequenceDistance('-1', head.sequence)
        : sequenceDistance(before.tail.sequence, head.sequence);
    const gone = distance === undefined ? undefined : distance - 1n - BigInt(lost);
    if (before !== undefined && gone !== undefined && gone < 0n && lost === 0 && !tailFollows(before)) {
      // The entry before has an id that fits neither neighbour, and nobody commits to it.
      this.add(breaks.unlinkedTail(before.tail, head));
      const earlier = entryBefore(before);
      const skipped = earlier === undefined ? undefined : sequenceDistance(earlier, head.sequence);
      if (skipped !== undefined && skipped > 1n)
        this.add(breaks.deleted(head, before.tail, countOf(skipped - 1n), 'likely'));
      return;
    }
    if (gone !== undefined && gone > 0n) {
      const certain = head.holds && lost === 0 && (before === undefined || before.tail.holds);
      this.add(breaks.deleted(head, before?.tail, countOf(gone), certain ? 'certain' : 'likely'));
      return;
    }
    // A line that cannot be read, or one whose content was changed with its hashes, is reported and explains the gap.
    if (lost > 0 || !head.holds || before?.tail.holds === false) return;
    if (gone === 0n && before !== undefined) this.add(breaks.rehashed(before.tail, head));
    else this.add(breaks.deleted(head, before?.tail, null, 'likely'));
  }

  private malformedBetween(before: Segment | undefined, after: Segment): number {
    const from = before === undefined ? 0 : before.to + 1;
    return countUpTo(this.malformed, after.from) - countUpTo(this.malformed, from - 1);
  }

  branch({ segments, copyOf, instead }: Branch, landmarks: Landmarks): void {
    const [first] = segments;
    if (copyOf !== undefined && segments.length === 1 && repeats(first, copyOf) && isCopyOf(first, copyOf, landmarks)) {
      // Twice the same right after each other: the second time is the copy.
      const copy = { from: copyOf.from, to: copyOf.from + weight(first) - 1, head: copyOf.head };
      return this.range(copy, (entry, place) => breaks.duplicated(entry, place === copy.from ? first.head : undefined));
    }
    const size = segments.reduce((sum, segment) => sum + weight(segment), 0);
    const parent = segments[0].parent;
    const origin = isMissing(parent) ? undefined : parent.tail;
    for (const segment of segments) {
      // Who has the hash of another entry commits to what that one commits to: up to a copy, all of a segment are copies.
      const original = originalOf(segment.head, segments, landmarks);
      const isWholeCopy = originalOf(segment.tail, segments, landmarks) !== undefined;
      this.range(segment, (entry, place) => {
        if (place === segment.from && original !== undefined) return breaks.duplicated(entry, original);
        if (isWholeCopy) return breaks.duplicated(entry, undefined);
        return size === 1
          ? breaks.insertedBranch(entry, origin, instead.head)
          : breaks.forked(entry, origin, instead.head, size);
      });
    }
  }

  foreign({ written, foreign }: Arrangement): void {
    const standing = written.map(({ segment }) => segment).sort((a, b) => a.from - b.from);
    for (const segment of foreign.flatMap(({ path }) => path)) {
      const after = standing.findLast((other) => other.to < segment.from);
      const before = standing.find((other) => other.from > segment.to);
      this.range(segment, (entry) => breaks.insertedForeign(entry, after?.tail, before?.head));
    }
  }

  moved({ written, moved }: Arrangement): void {
    written.forEach(({ segment }, i) => {
      if (!moved.has(segment)) return;
      const before = written[i - 1]?.segment;
      const after = written[i + 1]?.segment;
      const passed = written.reduce(
        (sum, other, k) =>
          sum +
          (k !== i && k < i !== other.segment.from < segment.from && !moved.has(other.segment)
            ? weight(other.segment)
            : 0),
        0,
      );
      const likely = passed <= weight(segment) || isMissing(segment.parent);
      this.range(
        segment,
        (entry) => breaks.reordered(entry, before?.tail, after?.head, likely, isMissing(segment.parent)),
        false,
      );
    });
  }

  /** Puts a finding on every entry between two places. */
  private range(places: Places, finding: Finding, isStranger = true): void {
    this.total += places.to - places.from + 1;
    this.ranges.push({ places, finding });
    if (!isStranger) return;
    for (const { entry } of this.contents) {
      if (entry.index >= places.from && entry.index <= places.to) this.strangers.add(entry.index);
    }
  }

  /** The entries of which a break is to be told but only the place is known. */
  unknownPlaces(): Set<number> {
    const unknown = new Set<number>();
    for (const { places } of this.ranges) {
      const to = places.tail === undefined ? places.to : places.to - 1;
      for (let place = places.from + 1; place <= to && unknown.size < MAX_BREAKS; place++) unknown.add(place);
    }
    return unknown;
  }

  result(known: ReadonlyMap<number, EntryFacts> = new Map()): Explanation {
    for (const { places, finding } of this.ranges) {
      for (let place = places.from; place <= places.to && this.found.length < 3 * MAX_BREAKS; place++) {
        const entry =
          place === places.from
            ? places.head
            : place === places.to
              ? (places.tail ?? known.get(place))
              : known.get(place);
        if (entry === undefined) break;
        this.found.push(finding(entry, place));
      }
    }
    const sorted = this.found.sort((a, b) => a.line - b.line);
    return { breaks: sorted.slice(0, MAX_BREAKS), total: this.total };
  }
}

/** A number of entries, null where it is so large that a sequence id must be false. */
function countOf(number: bigint): number | null {
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : null;
}

/** Of malformed lines, sorted, how many have at most `index` entries before them. */
function countUpTo(lines: readonly MalformedLine[], index: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].index <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Entries that runs commit to and that stand behind what is explained, where there is too much to explain. */
function foundBeyond(runs: readonly Run[], landmarks: Landmarks): Map<string, EntryFacts> {
  const end = runs.at(-1)!.tail.index;
  const found = [...landmarks].flatMap(([hash, places]) =>
    places.length > 0 && places.every(({ entry }) => entry.index > end) ? [[hash, places[0].entry] as const] : [],
  );
  return new Map(found);
}

type Landmarks = ReadonlyMap<string, readonly Landmark[]>;

/** Whether all of a branch are copies, one after the other, of what starts with `original`. */
function isCopyOf(branch: Segment, original: Segment, landmarks: Landmarks): boolean {
  const last = original.from + weight(branch) - 1;
  return landmarks.get(branch.tail.entryHash)?.some(({ entry }) => entry.index === last) ?? false;
}

/** The entry outside of a branch that one in it is a copy of. */
function originalOf(entry: EntryFacts, branch: readonly Segment[], landmarks: Landmarks): EntryFacts | undefined {
  const isOutside = ({ index }: EntryFacts): boolean => !branch.some(({ from, to }) => index >= from && index <= to);
  if (!entry.holds) return undefined;
  return landmarks.get(entry.entryHash)?.find((other) => other.entry.holds && isOutside(other.entry))?.entry;
}

/** Whether a copy stands right between what both follow on and its original. */
function repeats(copy: Segment, original: Segment): boolean {
  const before = isMissing(copy.parent) ? -1 : copy.parent.to;
  return copy.from === before + 1 && original.from === copy.to + 1;
}

/** Whether the sequence id of a segment's last entry follows on from the entry before it in the chain. */
function tailFollows(segment: Segment): boolean {
  if (segment.from !== segment.to) return segment.tail.consecutive;
  if (isMissing(segment.parent)) return true;
  return sequenceDistance(segment.parent.tail.sequence, segment.tail.sequence) === 1n;
}

/** The sequence id of the entry before a segment's last one, as far as it is known. */
function entryBefore(segment: Segment): string | undefined {
  if (segment.from === segment.to) return isMissing(segment.parent) ? undefined : segment.parent.tail.sequence;
  return segment.to === segment.from + 1 ? segment.head.sequence : undefined;
}
