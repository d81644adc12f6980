import { ascii, specialBytes } from '../json/canonicalWriter';
import { utf8 } from '../json/utf8';
import { MEMBERS } from './entry';
import { EntryReader, LineKind } from './entryReader';
import { HASH_LENGTH, type HashHex } from './hash';

/** Some ASCII, compared and written four bytes at a time; the last four may overlap the ones before. */
interface Literal {
  readonly length: number;
  readonly words: readonly number[];
  readonly places: readonly number[];
}

const enum Value {
  Text,
  EntryHash,
  PreviousHash,
  Metadata,
  Sequence,
  Timestamp,
}

/** A member as the reference writes it: what stands before its value in the file, and in the canonical form. */
interface Step {
  readonly value: Value;
  readonly written: Literal;
  readonly canonical: Literal;
}

const VALUES: Readonly<Partial<Record<string, Value>>> = {
  entry_hash: Value.EntryHash,
  previous_hash: Value.PreviousHash,
  metadata: Value.Metadata,
  sequence_id: Value.Sequence,
  timestamp: Value.Timestamp,
};

const STEPS: readonly Step[] = MEMBERS.map((name, i) => ({
  value: VALUES[name] ?? Value.Text,
  written: literal(`${i === 0 ? '{' : ', '}"${name}": `),
  canonical: literal(`${i === 0 ? '{' : ','}"${name}":`),
}));

/** A hash with its quotes. */
const HASH_TEXT = HASH_LENGTH + 2;

/** More than one step reads or writes without looking at the end of a buffer. */
const MARGIN = 128;

function literal(text: string): Literal {
  const bytes = utf8(text);
  const view = new DataView(bytes.buffer);
  const places: number[] = [];
  for (let i = 0; i + 4 <= bytes.length; i += 4) places.push(i);
  if (bytes.length % 4 !== 0) places.push(bytes.length - 4);
  return { length: bytes.length, places, words: places.map((place) => view.getInt32(place, true)) };
}

/**
 * A reader that guesses: nearly every line of a chain has the members in the order and with the spaces that the
 * reference's writer gives them, plain texts, and the hash before it right. Such a line is read in big steps. The guess
 * is only ever about the spelling: at the first byte that differs, the line is read again from its start in the ordinary
 * way, so that both ways give the same result for every line.
 */
export class FollowingReader extends EntryReader {
  /** Whether the line read last was as guessed: an entry that commits to the one before it and has the hash it states. */
  isFollowing = false;
  /** Where `isFollowing`: its sequence id, and its hash. */
  sequence = NaN;
  computedHash = '';

  private previousHashStart = 0;

  private entryHashWords = new DataView(this.entryHash.buffer);

  /** Like `read`, for a line that may follow on the entry that `before` read last. */
  readAfter(before: FollowingReader, src: Uint8Array, start: number, limit: number, hash: HashHex): LineKind {
    this.isFollowing =
      before.entryHashLength === HASH_TEXT &&
      this.follow(before, src, start) &&
      this.holds(before.entryHashWords, hash);
    return this.isFollowing ? LineKind.Entry : this.read(src, start, limit);
  }

  private follow(before: FollowingReader, src: Uint8Array, start: number): boolean {
    const writer = this.writer;
    writer.begin(src, start);
    writer.sawDuplicateKey = false;
    const { srcWords, out, outWords } = writer;
    const srcEnd = src.length - MARGIN;
    const outEnd = out.length - MARGIN;
    let p = start;
    let o = 0;
    for (const step of STEPS) {
      if (p > srcEnd || o > outEnd) return false;
      const { places, words, length } = step.written;
      for (let i = 0; i < places.length; i++) if (srcWords.getInt32(p + places[i], true) !== words[i]) return false;
      p += length;
      if (step.value === Value.EntryHash) {
        if (src[p] !== 0x22 || src[p + HASH_TEXT - 1] !== 0x22) return false;
        this.takeEntryHash(srcWords, p);
        p += HASH_TEXT;
        continue;
      }
      const key = step.canonical;
      for (let i = 0; i < key.places.length; i++) outWords.setInt32(o + key.places[i], key.words[i], true);
      o += key.length;
      const valueStart = o;
      switch (step.value) {
        case Value.PreviousHash: {
          this.previousHashStart = o;
          const expected = before.entryHashWords;
          for (let i = 0; i < HASH_TEXT - 2; i += 4) {
            const word = srcWords.getInt32(p + i, true);
            if (word !== expected.getInt32(i, true)) return false;
            outWords.setInt32(o + i, word, true);
          }
          if (srcWords.getInt16(p + HASH_TEXT - 2) !== expected.getInt16(HASH_TEXT - 2)) return false;
          out[o + HASH_TEXT - 2] = src[p + HASH_TEXT - 2];
          out[o + HASH_TEXT - 1] = src[p + HASH_TEXT - 1];
          p += HASH_TEXT;
          o += HASH_TEXT;
          break;
        }
        case Value.Sequence: {
          let sequence = 0;
          let digit = src[p] - 0x30;
          const first = p;
          while (digit >= 0 && digit <= 9) {
            sequence = sequence * 10 + digit;
            out[o++] = src[p++];
            digit = src[p] - 0x30;
          }
          // A leading zero is no JSON, and more digits need another arithmetic.
          if (p === first || p - first > 15 || (src[first] === 0x30 && p - first > 1)) return false;
          this.sequence = sequence;
          this.sequenceStart = valueStart;
          this.sequenceEnd = o;
          break;
        }
        case Value.Metadata: {
          writer.pos = p;
          writer.len = o;
          if (!writer.value(1) || writer.len > outEnd) return false;
          p = writer.pos;
          o = writer.len;
          break;
        }
        default: {
          if (src[p] !== 0x22) return false;
          out[o++] = 0x22;
          p++;
          for (;;) {
            if (p > srcEnd || o > outEnd) return false;
            const word = srcWords.getInt32(p, true);
            const special = specialBytes(word);
            outWords.setInt32(o, word, true);
            if (special !== 0) {
              const plain = (31 - Math.clz32(special & -special)) >> 3;
              p += plain;
              o += plain;
              break;
            }
            p += 4;
            o += 4;
          }
          if (src[p] !== 0x22) return false;
          out[o++] = 0x22;
          p++;
          if (step.value === Value.Timestamp) {
            this.timestampStart = valueStart;
            this.timestampEnd = o;
          }
        }
      }
    }
    if (src[p] !== 0x7d || (src[p + 1] !== 0x0a && src[p + 1] !== 0x0d)) return false;
    out[o++] = 0x7d;
    this.forget();
    this.duplicateKey = writer.sawDuplicateKey;
    this.lineEnd = p + 1;
    this.canonical = out;
    this.canonicalLength = o;
    this.entryHashLength = HASH_TEXT;
    return true;
  }

  private takeEntryHash(srcWords: DataView, at: number): void {
    if (this.entryHashWords.buffer !== this.entryHash.buffer) this.entryHashWords = new DataView(this.entryHash.buffer);
    const to = this.entryHashWords;
    for (let i = 0; i < HASH_TEXT - 2; i += 4) to.setInt32(i, srcWords.getInt32(at + i, true), true);
    to.setInt16(HASH_TEXT - 2, srcWords.getInt16(at + HASH_TEXT - 2));
  }

  /** Whether the entry has the hash it states. What it states was not looked at so far: equal to a digest, it is one. */
  private holds(previous: DataView, hash: HashHex): boolean {
    const { outWords } = this.writer;
    const end = this.canonicalLength;
    for (let i = 0; i < HASH_LENGTH; i += 4) outWords.setInt32(end + i, previous.getInt32(1 + i, true), true);
    this.computedHash = hash(this.canonical.subarray(0, end + HASH_LENGTH));
    return this.statesHash(this.computedHash);
  }

  override previousHashText(): string {
    if (!this.isFollowing) return super.previousHashText();
    return ascii(this.canonical, this.previousHashStart, this.previousHashStart + HASH_TEXT);
  }
}
