import { GENESIS_HASH } from '../hash';
import type { ContentFault, EntryFacts, LinkFault, ScanFacts } from '../facts';
import { sequenceDistance } from '../sequence';
import { isMissing, type Missing, type Segment } from './segment';

const GENESIS = `"${GENESIS_HASH}"`;

/** An entry whose stated hash was looked for, and the entry after it in the file. */
export interface Landmark {
  readonly entry: EntryFacts;
  readonly next: EntryFacts | undefined;
}

/** Stretches between link faults: within one, every entry commits to the one before it. */
export interface Run {
  readonly head: EntryFacts;
  readonly tail: EntryFacts;
}

/** Where the runs of a file break off, from the faults of a scan. */
export function runsOf(facts: ScanFacts): Run[] {
  const links = facts.faults.filter((fault): fault is LinkFault => fault.type === 'link');
  if (facts.first === undefined || facts.last === undefined) return [];
  const startsBroken = links.length > 0 && links[0].before === undefined;
  const heads = [...(startsBroken ? [] : [facts.first]), ...links.map((fault) => fault.entry)];
  const tails = [...links.map((fault) => fault.before).filter((before) => before !== undefined), facts.last];
  const runs = heads.map((head, i) => ({ head, tail: tails[i] }));
  // Where link faults were only counted, nobody knows where the last run ends.
  return facts.dropped.link > 0 ? runs.slice(0, -1) : runs;
}

/** The hashes that must be looked for in the file before the runs can be put together. */
export function hashesToFind(runs: readonly Run[], contents: readonly ContentFault[]): Set<string> {
  const wanted = new Set<string>();
  for (const { head, tail } of runs) {
    wanted.add(head.previousHash);
    wanted.add(head.entryHash);
    wanted.add(tail.entryHash);
  }
  wanted.delete(GENESIS);
  for (const { entry } of committedTo(runs, contents).values()) wanted.add(entry.entryHash);
  return wanted;
}

/** Entries whose stated hash was altered but whose content is what the head of a run commits to, by that hash. */
function committedTo(runs: readonly Run[], contents: readonly ContentFault[]): Map<string, ContentFault> {
  const computed = new Map(contents.map((fault) => [`"${fault.entry.computedHash}"`, fault]));
  const named = runs.map(({ head }) => [head.previousHash, computed.get(head.previousHash)] as const);
  return new Map(named.filter((pair): pair is [string, ContentFault] => pair[1] !== undefined));
}

/**
 * Puts the runs together by what they commit to. A run that another one commits to in its middle is split there, so that
 * every segment's parent is the end of a segment or missing from the file.
 */
export function buildSegments(
  runs: readonly Run[],
  landmarks: ReadonlyMap<string, readonly Landmark[]>,
  contents: readonly ContentFault[],
): Segment[] {
  const altered = committedTo(runs, contents);
  const named = (hash: string): readonly Landmark[] => {
    const fault = altered.get(hash);
    if (landmarks.has(hash) || fault === undefined) return landmarks.get(hash) ?? [];
    return landmarks.get(fault.entry.entryHash)?.filter(({ entry }) => entry.index === fault.entry.index) ?? [];
  };
  const cuts = runs.map(() => new Map<number, Landmark>());
  const runAt = (index: number): number => {
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (runs[middle].head.index <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  /** For each run the index of the entry that its head commits to, or undefined. */
  const attachments = runs.map(({ head }, r) => {
    const target = attachment(runs, r, named(head.previousHash));
    if (target === undefined) return undefined;
    const to = runAt(target.entry.index);
    if (target.entry.index !== runs[to].tail.index) cuts[to].set(target.entry.index, target);
    return target.entry.index;
  });

  const segments: Segment[] = [];
  const endingAt = new Map<number, Segment>();
  const missing = new Map<string, Missing>();
  const nowhere = (hash: string): Missing => {
    const known = missing.get(hash) ?? { hash, isGenesis: hash === GENESIS, children: [] };
    missing.set(hash, known);
    return known;
  };
  const pending: { segment: Segment; to: number }[] = [];
  runs.forEach((run, r) => {
    let head = run.head;
    let parent: Segment | undefined;
    const ends = [...cuts[r].values()].sort((a, b) => a.entry.index - b.entry.index);
    for (const cut of [
      ...ends.map(({ entry, next }) => ({ tail: entry, next })),
      { tail: run.tail, next: undefined },
    ]) {
      const segment: Segment = {
        from: head.index,
        to: cut.tail.index,
        head,
        tail: cut.tail,
        parent: parent ?? nowhere(head.previousHash),
        children: [],
      };
      if (parent !== undefined) parent.children.push(segment);
      else if (attachments[r] !== undefined) pending.push({ segment, to: attachments[r] });
      else if (!head.holds && head.index === 0 && head.sequence === '0') segment.parent = nowhere(GENESIS);
      segments.push(segment);
      endingAt.set(segment.to, segment);
      parent = segment;
      if (cut.next !== undefined) head = cut.next;
    }
  });
  for (const { segment, to } of pending) {
    segment.parent = endingAt.get(to)!;
    segment.parent.children.push(segment);
  }
  for (const segment of segments) if (isMissing(segment.parent)) segment.parent.children.push(segment);
  cutRings(segments, nowhere);
  return segments;
}

/** Forged hashes can make segments commit to each other in a ring. Each ring is cut at its first segment in the file. */
function cutRings(segments: readonly Segment[], nowhere: (hash: string) => Missing): void {
  const reached = new Set<Segment>(parentsFirst(segments.filter((segment) => isMissing(segment.parent))));
  for (const segment of segments) {
    if (reached.has(segment)) continue;
    const first = firstOfRing(segment);
    const parent = first.parent as Segment;
    parent.children.splice(parent.children.indexOf(first), 1);
    first.parent = nowhere(first.head.previousHash);
    first.parent.children.push(first);
    for (const other of parentsFirst([first])) reached.add(other);
  }
}

/** Of the ring that a segment hangs on, the segment that stands first. */
function firstOfRing(segment: Segment): Segment {
  const passed = new Set<Segment>();
  let onRing = segment;
  while (!passed.has(onRing)) {
    passed.add(onRing);
    onRing = onRing.parent as Segment;
  }
  let first = onRing;
  for (let other = onRing.parent as Segment; other !== onRing; other = other.parent as Segment) {
    if (other.from < first.from) first = other;
  }
  return first;
}

/** The segments of the trees that start at `roots`, each after its parent. */
export function parentsFirst(roots: readonly Segment[]): Segment[] {
  const order = [...roots];
  for (let i = 0; i < order.length; i++) order.push(...order[i].children);
  return order;
}

/** The entry that the head of a run commits to. */
function attachment(runs: readonly Run[], r: number, found: readonly Landmark[]): Landmark | undefined {
  const { head } = runs[r];
  const before = r > 0 ? runs[r - 1].tail : undefined;
  const end = runs.at(-1)!.tail.index;
  const others = found.filter(
    ({ entry }) => entry.index !== head.index && entry.index <= end && !isWithin(entry, runs[r]),
  );
  // Of several copies the one counts that stands where its sequence id says, else the first; the others are then the
  // duplicates.
  const named = others.find(({ entry }) => entry.consecutive) ?? others.at(0);
  if (head.holds || (named !== undefined && sequenceDistance(named.entry.sequence, head.sequence) === 1n)) return named;
  if (before !== undefined && sequenceDistance(before.sequence, head.sequence) === 1n) {
    // Its content was changed, the hash before it perhaps too; its sequence id says that it stands where it should.
    return { entry: before, next: undefined };
  }
  return named;
}

/** An entry that commits to one after it in its own run would make a ring, which no hash function allows: the hash is forged. */
function isWithin(entry: EntryFacts, run: Run): boolean {
  return entry.index >= run.head.index && entry.index <= run.tail.index;
}
