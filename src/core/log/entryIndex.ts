import { Attempts } from './attempts';
import { Dictionary } from './dictionary';
import { isoOfMicroseconds, microsecondsOf, plainMicrosecondsOf } from './timestamp';

/** The columns that lists, counts and filters look at; each is a dictionary and a number an entry. */
export const INDEXED = [
  'session',
  'type',
  'target',
  'risk',
  'approval',
  'rule',
  'human',
  'status',
  'agent',
  'parent',
  'chain',
] as const;
export type Indexed = (typeof INDEXED)[number];

export interface Column {
  readonly dictionary: Dictionary;
  /** By entry; only the first `size` count. */
  ids: Uint32Array;
}

/**
 * The entries of a log, as far as lists, counts and filters need them, in the log's order: about 60 bytes each, and each different text
 * once. What is long and read rarely (parameters, result) stays where it is.
 */
export class EntryIndex {
  size = 0;
  readonly columns: Readonly<Record<Indexed, Column>>;
  /** Microseconds since 1970 by entry; NaN where the timestamp is no time. */
  times = new Float64Array(FIRST);
  /** Row id or line number by entry. */
  private keys = new Float64Array(FIRST);
  /** Depth of delegation by entry, -1 where none was recorded. */
  depths = new Int32Array(FIRST);
  /** Keys that are no exact number of JavaScript's, and timestamps not spelt as the reference spells them. */
  private readonly oddKeys = new Map<number, string>();
  private readonly oddTimestamps = new Map<number, string>();
  /** Only chains of a recorder have any. */
  private attempts: Attempts | undefined;

  /** @param decode UTF-8 to text; what is none becomes U+FFFD. */
  constructor(private readonly decode: (bytes: Uint8Array) => string) {
    const columns = INDEXED.map((name) => [
      name,
      { dictionary: new Dictionary(decode), ids: new Uint32Array(FIRST) },
    ]) as [Indexed, Column][];
    this.columns = Object.fromEntries(columns) as Record<Indexed, Column>;
  }

  /** Begins the next entry; its columns are set with `set`, its time with `setTimestamp`. Returns its position. */
  add(key: number | bigint): number {
    if (this.size === this.keys.length) this.grow();
    const position = this.size++;
    this.keys[position] = Number(key);
    if (!Number.isSafeInteger(Number(key))) this.oddKeys.set(position, String(key));
    this.times[position] = NaN;
    this.depths[position] = -1;
    return position;
  }

  /** What an entry's metadata says of it: whether it is an attempt or an outcome, and of which action. After its session was set. */
  setPhase(position: number, phase: unknown, actionId: unknown): void {
    if (actionId === undefined) return;
    this.attempts ??= new Attempts();
    this.attempts.take(position, this.columns.session.ids[position], phase, actionId);
  }

  /** Whether it is an attempt whose outcome stands in an entry of its own. */
  isEndedAttempt(position: number): boolean {
    return this.attempts?.hasEnded(position) === true;
  }

  /** How many there are of these. */
  get endedAttempts(): number {
    return this.attempts?.endedCount ?? 0;
  }

  set(position: number, column: Indexed, id: number): void {
    this.columns[column].ids[position] = id;
  }

  setTimestamp(position: number, text: string): void {
    const time = microsecondsOf(text);
    this.times[position] = time;
    if (isoOfMicroseconds(time) !== text) this.oddTimestamps.set(position, text);
  }

  /** The same for a timestamp as bytes. */
  setTimestampBytes(position: number, source: Uint8Array, start: number, end: number): void {
    const time = plainMicrosecondsOf(source, start, end);
    // Beyond the years 1685 to 2255 a number does not hold the microseconds.
    if (!(Math.abs(time) <= Number.MAX_SAFE_INTEGER))
      this.setTimestamp(position, this.decode(source.subarray(start, end)));
    else this.times[position] = time;
  }

  /** In decimal. */
  key(position: number): string {
    return this.oddKeys.get(position) ?? String(this.keys[position]);
  }

  /** The key as a number, rounded beyond 2^53. */
  keyNumber(position: number): number {
    return this.keys[position];
  }

  timestamp(position: number): string {
    return this.oddTimestamps.get(position) ?? isoOfMicroseconds(this.times[position]);
  }

  text(position: number, column: Indexed): string | null {
    const { dictionary, ids } = this.columns[column];
    return dictionary.values[ids[position]];
  }

  /** Where the entry of that key stands; undefined where there is none. Keys rise in all but damaged logs. */
  positionOf(key: string): number | undefined {
    const wanted = Number(key);
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.keys[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < this.size && this.keys[i] === wanted; i++) if (this.key(i) === key) return i;
    return undefined;
  }

  /** Forgets the entries from a position on. */
  truncate(size: number): void {
    if (size < this.size) this.attempts?.truncate(size);
    this.size = Math.min(size, this.size);
    for (const odd of [this.oddKeys, this.oddTimestamps]) {
      for (const position of odd.keys()) if (position >= this.size) odd.delete(position);
    }
  }

  private grow(): void {
    const length = this.keys.length * 2;
    const longer = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.keys = longer(new Float64Array(length), this.keys);
    this.times = longer(new Float64Array(length), this.times);
    this.depths = longer(new Int32Array(length), this.depths);
    for (const column of Object.values(this.columns)) column.ids = longer(new Uint32Array(length), column.ids);
  }
}

const FIRST = 1024;
