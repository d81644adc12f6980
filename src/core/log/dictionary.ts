/**
 * The different values of a column, each under a number. Most columns of a log have few: an entry then costs four bytes, and a
 * filter looks at each value once instead of at each entry. Texts that come as bytes are told apart by their bytes, so that a
 * million rows do not become a million strings.
 */
export class Dictionary {
  /** Value by number; null stands for nothing recorded. */
  readonly values: (string | null)[] = [];
  private readonly byText = new Map<string, number>();
  private nothing = -1;
  /** Open addressing: a value's number + 1 by the hash of its bytes, 0 where there is none. */
  private slots = new Uint32Array(64);
  private readonly seen: { readonly hash: number; readonly bytes: Uint8Array; readonly id: number }[] = [];

  /** @param decode UTF-8 to text; what is none becomes U+FFFD. */
  constructor(private readonly decode: (bytes: Uint8Array) => string) {}

  idOfNothing(): number {
    if (this.nothing === -1) this.nothing = this.values.push(null) - 1;
    return this.nothing;
  }

  idOfText(text: string): number {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const id = this.values.push(text) - 1;
    this.byText.set(text, id);
    return id;
  }

  /** The number of the text that stands in `source` from `start` to `end`. */
  idOfBytes(source: Uint8Array, start: number, end: number): number {
    const hash = hashOf(source, start, end);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const one = this.seen[this.slots[slot] - 1];
      if (one.hash === hash && isSame(one.bytes, source, start, end)) return one.id;
    }
    const bytes = source.slice(start, end);
    const id = this.idOfText(this.decode(bytes));
    this.seen.push({ hash, bytes, id });
    if (this.seen.length * 2 > this.slots.length) this.grow();
    else this.place(this.seen.length - 1);
    return id;
  }

  private grow(): void {
    this.slots = new Uint32Array(this.slots.length * 4);
    for (let i = 0; i < this.seen.length; i++) this.place(i);
  }

  private place(i: number): void {
    const mask = this.slots.length - 1;
    let slot = this.seen[i].hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = i + 1;
  }
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash >>> 0;
}

function isSame(bytes: Uint8Array, source: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== source[start + i]) return false;
  return true;
}
