/**
 * Numbers for byte strings, each under the same as before. All of them stand in one buffer, and what is compared first stands together, so
 * that a look-up seldom leaves the processor's cache.
 */
export class ByteTable {
  private count = 0;
  /** Open addressing: number + 1 of a string by its hash, 0 where there is none; and beside it the hash. */
  private slots = new Int32Array(64);
  private hashes = new Int32Array(64);
  private starts = new Uint32Array(64);
  private lengths = new Uint32Array(64);
  private numbers = new Uint32Array(64);
  private bytes = new Uint8Array(1024);
  private used = 0;
  /** Entry + 1 that was met last, by a few of its bytes: most values of a log are met again soon. */
  private readonly recent = new Int32Array(1 << RECENT_BITS);

  /**
   * The number of the string in `source` from `start` to `end`.
   *
   * @param numberOf gives the number of one that was not met before.
   */
  number(source: Uint8Array, start: number, end: number, numberOf: () => number): number {
    const length = end - start;
    const guess = length < 3 ? length : guessOf(source, start, end);
    const near = this.recent[guess] - 1;
    if (near !== -1 && this.isAt(near, source, start, length)) return this.numbers[near];
    const hash = hashOf(source, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let probes = 0; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = this.slots[slot] - 1;
      if (this.hashes[slot] === hash && this.isAt(entry, source, start, length)) {
        this.recent[guess] = entry + 1;
        return this.numbers[entry];
      }
      // Values that were made to meet in one place would make each look-up longer: they are told apart by whoever gives numbers.
      if (++probes === MOST_PROBES) return numberOf();
    }
    const number = numberOf();
    this.recent[guess] = this.add(source.subarray(start, end), number) + 1;
    this.place(this.count - 1, hash);
    return number;
  }

  private isAt(entry: number, source: Uint8Array, start: number, length: number): boolean {
    if (this.lengths[entry] !== length) return false;
    const { bytes } = this;
    const at = this.starts[entry];
    for (let i = 0; i < length; i++) if (bytes[at + i] !== source[start + i]) return false;
    return true;
  }

  private add(string: Uint8Array, number: number): number {
    const entry = this.count++;
    if (entry === this.starts.length) {
      this.starts = longer(this.starts, entry * 2);
      this.lengths = longer(this.lengths, entry * 2);
      this.numbers = longer(this.numbers, entry * 2);
    }
    if (this.used + string.length > this.bytes.length) {
      const more = new Uint8Array(Math.max(this.used + string.length, this.bytes.length * 2));
      more.set(this.bytes);
      this.bytes = more;
    }
    this.bytes.set(string, this.used);
    this.starts[entry] = this.used;
    this.lengths[entry] = string.length;
    this.numbers[entry] = number;
    this.used += string.length;
    return entry;
  }

  private place(entry: number, hash: number): void {
    if (this.count * 2 > this.slots.length) this.grow();
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = entry + 1;
    this.hashes[slot] = hash;
  }

  private grow(): void {
    const [slots, hashes] = [this.slots, this.hashes];
    this.slots = new Int32Array(slots.length * 4);
    this.hashes = new Int32Array(slots.length * 4);
    const mask = this.slots.length - 1;
    for (let i = 0; i < slots.length; i++) {
      if (slots[i] === 0) continue;
      let slot = hashes[i] & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = slots[i];
      this.hashes[slot] = hashes[i];
    }
  }
}

/** Places that are looked at for one string. */
const MOST_PROBES = 64;

function longer(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(length);
  more.set(array);
  return more;
}

/** 4,096 of them: 16 kB, which stay in the processor's nearest cache. */
const RECENT_BITS = 12;

/** Names that differ in a number have it at their end, most often. */
function guessOf(source: Uint8Array, start: number, end: number): number {
  const middle = (start + end) >> 1;
  const few =
    source[start] ^
    (source[middle] << 6) ^
    (source[end - 3] << 11) ^
    (source[end - 2] << 17) ^
    (source[end - 1] << 23) ^
    (end - start);
  return Math.imul(few, 0x9e3779b1) >>> (32 - RECENT_BITS);
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  // The low bits, by which a slot is chosen, take part of the high ones.
  return hash ^ (hash >>> 15);
}
