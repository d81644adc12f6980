import { ascii } from '../json/canonicalText';
import { specialBytes } from '../json/plainBytes';
import { utf8 } from '../json/utf8';
import { MEMBERS } from './entry';
import { EntryReader, LineKind } from './entryReader';
import { HASH_LENGTH, type HashHex } from './hash';

/**
 * Some ASCII of at least eight bytes, compared and written eight at a time; the last eight may overlap the ones before.
 * Eight bytes are handled as a double: as long as one side is ASCII, which is neither zero nor NaN, two doubles are equal
 * exactly where their bytes are.
 */
interface Literal {
  readonly length: number;
  /** All whole eights, and the last eight bytes. */
  readonly eights: Float64Array;
  readonly last: number;
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

/** Lengths up to which views of the output are kept. */
const KEPT_VIEWS = 4096;

/** More than one step reads or writes without looking at the end of a buffer. */
const MARGIN = 128;

function literal(text: string): Literal {
  const bytes = utf8(text);
  const view = new DataView(bytes.buffer);
  const eights = Array.from({ length: bytes.length >> 3 }, (_, i) => view.getFloat64(8 * i, true));
  return { length: bytes.length, eights: Float64Array.from(eights), last: view.getFloat64(bytes.length - 8, true) };
}

/** What a byte is worth as a lower-case hexadecimal digit; -1, which no sum of digits gives, where it is none. */
const DIGITS = new Int16Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit;

const UTC = new DataView(utf8('+00:00"').buffer);

function endsInUtc(words: DataView, end: number): boolean {
  return words.getInt32(end - 7) === UTC.getInt32(0) && words.getInt32(end - 4) === UTC.getInt32(3);
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
  /** Where `isFollowing`: its sequence id. */
  sequence = NaN;

  private previousHashStart = 0;
  private viewed: Uint8Array | undefined;
  private views: (Uint8Array | undefined)[] = [];

  /** Like `read`, for a line that is not held against another entry. */
  readAlone(src: Uint8Array, start: number, limit: number): LineKind {
    this.isFollowing = false;
    return this.read(src, start, limit);
  }

  /** Like `read`, for a line that may follow on the entry that `before` read last and whose hash holds. */
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
      const { eights, last, length } = step.written;
      for (let i = 0; i < eights.length; i++) if (srcWords.getFloat64(p + 8 * i, true) !== eights[i]) return false;
      if (srcWords.getFloat64(p + length - 8, true) !== last) return false;
      p += length;
      if (step.value === Value.EntryHash) {
        if (src[p] !== 0x22 || src[p + HASH_TEXT - 1] !== 0x22) return false;
        this.takeEntryHash(srcWords, p);
        p += HASH_TEXT;
        continue;
      }
      const key = step.canonical;
      for (let i = 0; i < key.eights.length; i++) outWords.setFloat64(o + 8 * i, key.eights[i], true);
      outWords.setFloat64(o + key.length - 8, key.last, true);
      o += key.length;
      const valueStart = o;
      switch (step.value) {
        case Value.PreviousHash: {
          this.previousHashStart = o;
          const expected = before.entryHashWords;
          for (let i = 0; i < HASH_LENGTH; i += 8) {
            const eight = expected.getFloat64(i, true);
            if (srcWords.getFloat64(p + i, true) !== eight) return false;
            outWords.setFloat64(o + i, eight, true);
          }
          const end = expected.getInt16(HASH_LENGTH);
          if (srcWords.getInt16(p + HASH_LENGTH) !== end) return false;
          outWords.setInt16(o + HASH_LENGTH, end);
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

  /** Bytes that are not ASCII may be changed on the way, but then they are not those of a digest either way. */
  private takeEntryHash(srcWords: DataView, at: number): void {
    const to = this.entryHashWords;
    for (let i = 0; i < HASH_LENGTH; i += 8) to.setFloat64(i, srcWords.getFloat64(at + i, true), true);
    to.setInt16(HASH_LENGTH, srcWords.getInt16(at + HASH_LENGTH));
  }

  /** Whether the entry has the hash it states. What it states was not looked at so far: equal to a digest, it is one. */
  private holds(previous: DataView, hash: HashHex): boolean {
    const { outWords } = this.writer;
    const end = this.canonicalLength;
    for (let i = 0; i < HASH_LENGTH; i += 8) outWords.setFloat64(end + i, previous.getFloat64(1 + i, true), true);
    const bytes = this.view(end + HASH_LENGTH);
    return hash.binary === undefined ? this.statesHash(hash(bytes)) : this.statesDigest(hash.binary(bytes));
  }

  /** Whether the stated `entry_hash` is the hex of a digest given byte by byte. */
  private statesDigest(digest: string): boolean {
    const stated = this.entryHash;
    for (let i = 0; i < HASH_LENGTH / 2; i++) {
      const byte = (DIGITS[stated[2 * i + 1]] << 4) | DIGITS[stated[2 * i + 2]];
      if (byte !== digest.charCodeAt(i)) return false;
    }
    return true;
  }

  /** Whether the entry is not earlier than the one before it, where both are spelt alike and in UTC; else undefined. */
  followsInTime(before: FollowingReader): boolean | undefined {
    const length = this.timestampEnd - this.timestampStart;
    if (
      !this.isFollowing ||
      !before.isFollowing ||
      length < 16 ||
      before.timestampEnd - before.timestampStart !== length
    )
      return undefined;
    const now = this.writer.outWords;
    const then = before.writer.outWords;
    const a = before.timestampStart;
    const b = this.timestampStart;
    if (!endsInUtc(then, a + length) || !endsInUtc(now, b + length)) return undefined;
    let i = 0;
    while (i <= length - 8 && then.getFloat64(a + i, true) === now.getFloat64(b + i, true)) i += 8;
    for (; i < length; i++) {
      const difference = now.getUint8(b + i) - then.getUint8(a + i);
      if (difference !== 0) return difference > 0 ? true : undefined;
    }
    return true;
  }

  /** The first bytes of the output. Entries are of few lengths, and a view costs as much as a tenth of a digest. */
  private view(length: number): Uint8Array {
    const { out } = this.writer;
    if (length >= KEPT_VIEWS) return out.subarray(0, length);
    if (this.viewed !== out) {
      this.viewed = out;
      this.views = [];
    }
    return (this.views[length] ??= out.subarray(0, length));
  }

  override previousHashText(limit?: number): string {
    if (!this.isFollowing) return super.previousHashText(limit);
    return ascii(this.canonical, this.previousHashStart, this.previousHashStart + HASH_TEXT);
  }
}
