import { EntryReader, LineKind } from '../entryReader';
import type { ContentFault, EntryFacts, ScanFacts } from '../facts';
import type { LineConsumer } from '../lineConsumer';
import { startOfNextLine } from '../lines';
import { sequenceDistance } from '../sequence';
import type { Landmark } from './runs';

/** What is looked for in a chain: entries that state certain hashes, and entries at certain places. */
export interface Wanted {
  /** Canonical JSON. */
  readonly hashes: ReadonlySet<string>;
  readonly indexes: ReadonlySet<number>;
}

/** Places of one hash that are told; copies beyond it are all the same. */
const MAX_PLACES = 8;

/**
 * Finds entries of a chain again, reading it once more from the start without hashing anything. It stands on the facts
 * of a scan, which know the entries whose hash does not hold.
 */
export class ChainLocator implements LineConsumer {
  readonly landmarks = new Map<string, Landmark[]>();
  readonly entries = new Map<number, EntryFacts>();

  private line = 0;
  private index = 0;
  private last: string | undefined;
  private awaiting: { entry: EntryFacts; places: Landmark[] } | undefined;
  private readonly reader = new EntryReader();
  private readonly faults: ReadonlyMap<number, ContentFault>;
  private readonly hashes: ReadonlySet<string>;
  private readonly indexes: ReadonlySet<number>;

  constructor(wanted: Wanted, facts: ScanFacts) {
    this.hashes = wanted.hashes;
    this.indexes = wanted.indexes;
    const contents = facts.faults.filter((fault) => fault.type === 'content');
    this.faults = new Map(contents.map((fault) => [fault.entry.index, fault]));
  }

  push(src: Uint8Array, start: number, limit: number, fileOffset: number): void {
    let at = start;
    while (at < limit) {
      const kind = this.reader.read(src, at, limit);
      this.line++;
      if (kind === LineKind.Entry) this.entry(fileOffset + at);
      at = startOfNextLine(src, this.reader.lineEnd);
    }
  }

  pushMalformed(): void {
    this.line++;
  }

  private entry(offset: number): void {
    const hash = this.reader.entryHashText();
    const isWanted = this.hashes.has(hash);
    if (isWanted || this.awaiting !== undefined || this.indexes.has(this.index)) this.keep(offset, hash, isWanted);
    this.last = this.reader.sequenceText();
    this.index++;
  }

  private keep(offset: number, hash: string, isWanted: boolean): void {
    const { reader, index } = this;
    const fault = this.faults.get(index);
    const sequence = reader.sequenceText();
    const entry: EntryFacts = fault?.entry ?? {
      line: this.line,
      index,
      offset,
      sequence,
      timestamp: reader.timestampText(),
      previousHash: reader.previousHashText(),
      entryHash: hash,
      computedHash: undefined,
      holds: true,
      consecutive: this.last !== undefined && sequenceDistance(this.last, sequence) === 1n,
      absent: reader.absent,
    };
    if (this.indexes.has(index)) this.entries.set(index, entry);
    this.awaiting?.places.push({ entry: this.awaiting.entry, next: entry });
    this.awaiting = undefined;
    if (!isWanted) return;
    const places = this.landmarks.get(hash) ?? [];
    this.landmarks.set(hash, places);
    if (places.length < MAX_PLACES) this.awaiting = { entry, places };
  }

  /** To be called once at the end of the file. */
  finish(): void {
    this.awaiting?.places.push({ entry: this.awaiting.entry, next: undefined });
    this.awaiting = undefined;
  }
}
