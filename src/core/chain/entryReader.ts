import { ascii, boundedText, decodeCanonicalText } from '../json/canonicalText';
import { CanonicalWriter } from '../json/canonicalWriter';
import { JsonProblem } from '../json/jsonProblem';
import { MEMBERS, REQUIRED_MEMBERS, type Member } from './entry';
import { GENESIS_HASH, HASH_LENGTH, type HashHex } from './hash';
import { endOfLine, stripped } from './lines';
import type { Malformation } from './malformation';
import { firstInvalidUtf8, utf8 } from '../json/utf8';

export const enum LineKind {
  /** Nothing but white space: counted as a line, otherwise passed over. */
  Blank,
  Entry,
  Malformed,
}

const ENTRY_HASH = MEMBERS.indexOf('entry_hash');
const METADATA = MEMBERS.indexOf('metadata');
const PREVIOUS_HASH = MEMBERS.indexOf('previous_hash');
const SEQUENCE_ID = MEMBERS.indexOf('sequence_id');
const TIMESTAMP = MEMBERS.indexOf('timestamp');

const INDEX_OF = new Map<string, number>(MEMBERS.map((name, index) => [name, index]));
const REQUIRED = REQUIRED_MEMBERS.map((name) => MEMBERS.indexOf(name));

/** Each member's key in canonical form, with the colon. */
const KEYS = MEMBERS.map((name) => utf8(`"${name}":`));
const EMPTY_OBJECT = utf8('{}');
const GENESIS_TEXT = utf8(`"${GENESIS_HASH}"`);

const QUOTE = 0x22;
const REGULAR_HASH = HASH_LENGTH + 2;

/**
 * Reads one line after the other as chain entries and leaves, for the line read last, its canonical form and its stated
 * hashes. The result lies in the reader's own buffers, valid until the next line is read; nothing is allocated for an
 * entry in the form that Python writes.
 */
export class EntryReader {
  /** What the entry hashes over but for the hash before it: the canonical JSON of all members but `entry_hash`. */
  canonical: Uint8Array;
  canonicalLength = 0;

  /** The stated `entry_hash` and `previous_hash` in canonical JSON (a text has its quotes), defaults filled in. */
  entryHash = new Uint8Array(REGULAR_HASH);
  entryHashWords = new DataView(this.entryHash.buffer);
  entryHashLength = 0;
  previousHash = new Uint8Array(REGULAR_HASH);
  previousHashLength = 0;

  /** Where in `canonical` the texts of `sequence_id` and `timestamp` are. */
  sequenceStart = 0;
  sequenceEnd = 0;
  timestampStart = 0;
  timestampEnd = 0;

  /** Members that the line lacks and that reading fills in. */
  absent: readonly Member[] = [];
  duplicateKey = false;
  malformation: Malformation | undefined;

  /** After reading: where the line's terminator starts (or the limit). */
  lineEnd = 0;

  protected readonly writer = new CanonicalWriter();
  private readonly starts = new Int32Array(MEMBERS.length);
  private readonly ends = new Int32Array(MEMBERS.length);
  private assembled = new Uint8Array(1 << 12);
  private unknown: string | undefined;

  constructor() {
    this.canonical = this.writer.out;
  }

  /**
   * Reads the line that starts at `start`. `src[limit]` must be a line end: the end of what may be read.
   */
  read(src: Uint8Array, start: number, limit: number): LineKind {
    this.forget();
    // The usual line is an object from its first byte to its last; what is not takes the way with all the cases.
    if (src[start] === 0x7b && this.entry(src, start)) {
      const end = this.writer.pos;
      if (src[end] === 0x0a || src[end] === 0x0d) {
        this.lineEnd = end;
        return LineKind.Entry;
      }
    }
    return this.readUnusual(src, start, limit);
  }

  protected forget(): void {
    this.absent = NOTHING_ABSENT;
    this.duplicateKey = false;
    this.malformation = undefined;
  }

  private readUnusual(src: Uint8Array, start: number, limit: number): LineKind {
    const end = endOfLine(src, start, limit);
    this.lineEnd = end;
    const [from, to] = stripped(src, start, end);
    if (from === to) return LineKind.Blank;
    this.absent = NOTHING_ABSENT;
    this.duplicateKey = false;
    // Python reads what stripping leaves; where white space was behind it, an error would else be told from beyond its end.
    if (to === end) return this.readStripped(src, from, to);
    const text = new Uint8Array(to - from + 1).fill(0x0a);
    text.set(src.subarray(from, to));
    return this.readStripped(text, 0, to - from);
  }

  /** Reads the text between `from` and `to`, at which there is a line end. */
  private readStripped(src: Uint8Array, from: number, to: number): LineKind {
    if (startsWithByteOrderMark(src, from)) {
      // Python decodes a line before it looks at it.
      const undecodable = firstInvalidUtf8(src, from, to);
      if (undecodable >= 0) return this.malformedJson(JsonProblem.InvalidUtf8, undecodable, src, from, to);
      this.malformation = { kind: 'byte-order-mark' };
      return LineKind.Malformed;
    }
    if (src[from] === 0x7b) {
      if (this.entry(src, from)) {
        if (this.writer.pos === to) return LineKind.Entry;
        return this.extraData(src, from, to);
      }
      if (this.writer.problem === JsonProblem.None) {
        // Correct JSON so far, but no entry: what follows the object may still make it no JSON.
        if (this.writer.pos !== to) return this.extraData(src, from, to);
        return this.notAnEntry();
      }
      return this.malformedJson(this.writer.problem, this.writer.problemAt, src, from, to);
    }
    return this.notAnObject(src, from, to);
  }

  private notAnObject(src: Uint8Array, from: number, to: number): LineKind {
    const writer = this.writer;
    do {
      writer.begin(src, from);
      if (!writer.value(0) && writer.problem !== JsonProblem.Overflow) {
        return this.malformedJson(writer.problem, writer.problemAt, src, from, to);
      }
    } while (this.madeRoom());
    if (writer.pos !== to) return this.extraData(src, from, to);
    const type = pythonType(writer.out[0], ascii(writer.out, 0, Math.min(writer.len, 32)));
    this.malformation = { kind: 'not-an-object', pythonType: type };
    return LineKind.Malformed;
  }

  private extraData(src: Uint8Array, from: number, to: number): LineKind {
    this.writer.skipSpace();
    return this.malformedJson(JsonProblem.ExtraData, this.writer.pos, src, from, to);
  }

  private malformedJson(problem: JsonProblem, at: number, src: Uint8Array, from: number, to: number): LineKind {
    // Python decodes a line before it reads it: bytes that are no text come first, wherever they stand.
    const undecodable = firstInvalidUtf8(src, from, to);
    this.malformation =
      undecodable < 0
        ? { kind: 'json', problem, ...position(src, from, at) }
        : { kind: 'json', problem: JsonProblem.InvalidUtf8, ...position(src, from, undecodable) };
    return LineKind.Malformed;
  }

  private notAnEntry(): LineKind {
    const missing = REQUIRED.filter((index) => this.starts[index] < 0).map((index) => MEMBERS[index]);
    const ordered = REQUIRED_MEMBERS.filter((name) => missing.includes(name));
    this.malformation =
      this.unknown === undefined ? { kind: 'missing', members: ordered } : { kind: 'unknown', member: this.unknown };
    return LineKind.Malformed;
  }

  /** Reads the object at `start`. False where it is no JSON, or JSON but no entry (then the writer has no problem). */
  private entry(src: Uint8Array, start: number): boolean {
    let isEntry: boolean;
    do {
      this.writer.begin(src, start);
      this.writer.sawDuplicateKey = false;
      isEntry = this.members();
    } while (this.madeRoom());
    return isEntry;
  }

  /** Whether the output was too small; if so it no longer is, and the same must be read again. */
  private madeRoom(): boolean {
    const writer = this.writer;
    if (writer.len <= writer.out.length && writer.problem !== JsonProblem.Overflow) return false;
    writer.enlarge(writer.len);
    this.canonical = writer.out;
    return true;
  }

  private members(): boolean {
    const writer = this.writer;
    const src = writer.src;
    const starts = this.starts;
    starts.fill(-1);
    this.unknown = undefined;
    let inOrder = true;
    let count = 0;
    let expected = 0;
    writer.out[writer.len++] = 0x7b;
    writer.pos++;
    writer.skipSpace();
    if (src[writer.pos] !== 0x7d) {
      for (;;) {
        if (src[writer.pos] !== QUOTE) return writer.fail(JsonProblem.ExpectingPropertyName, writer.pos);
        const before = writer.len;
        let member = expected;
        if (expected < MEMBERS.length && this.isKey(expected)) {
          expected++;
        } else {
          if (!writer.text()) return false;
          const name = decodeCanonicalText(writer.out, before, writer.len);
          member = INDEX_OF.get(name) ?? -1;
          if (!writer.colon()) return false;
          if (member < 0) this.unknown ??= name;
          else if (starts[member] >= 0) this.duplicateKey = true;
          if (member < expected || member < 0) inOrder = false;
          else expected = member + 1;
        }
        const valueStart = writer.len;
        if (!writer.value(1)) return false;
        if (member >= 0) {
          if (member === ENTRY_HASH) {
            // Checked here, for the length is taken back below.
            if (writer.len > writer.out.length) return writer.fail(JsonProblem.Overflow, writer.pos);
            this.keepEntryHash(valueStart, writer.len);
            starts[member] = valueStart;
            // What was written of it goes, with its comma: the next member takes its place.
            writer.len = before;
          } else {
            starts[member] = valueStart;
            this.ends[member] = writer.len;
            count++;
          }
        }
        writer.skipSpace();
        const c = src[writer.pos];
        if (c === 0x7d) break;
        if (c !== 0x2c) return writer.fail(JsonProblem.ExpectingComma, writer.pos);
        if (member !== ENTRY_HASH) writer.out[writer.len++] = 0x2c;
        writer.pos++;
        writer.skipSpace();
      }
      if (writer.out[writer.len - 1] === 0x2c) writer.len--;
    }
    writer.out[writer.len++] = 0x7d;
    writer.pos++;
    if (writer.len > writer.out.length) return false;
    this.duplicateKey ||= writer.sawDuplicateKey;
    for (const index of REQUIRED) if (starts[index] < 0) return false;
    if (this.unknown !== undefined) return false;
    if (starts[ENTRY_HASH] < 0) {
      this.entryHash[0] = this.entryHash[1] = QUOTE;
      this.entryHashLength = 2;
    }
    if (inOrder && count === MEMBERS.length - 1 && starts[ENTRY_HASH] >= 0) {
      this.canonical = writer.out;
      this.canonicalLength = writer.len;
      this.takePlaces(starts, this.ends);
    } else {
      this.assemble();
    }
    return true;
  }

  /** Whether the bytes at the writer's place are the expected member's key, colon and usual space: then they are read. */
  private isKey(index: number): boolean {
    const key = KEYS[index];
    const writer = this.writer;
    const src = writer.src;
    const p = writer.pos;
    for (let i = 0; i < key.length; i++) if (src[p + i] !== key[i]) return false;
    const out = writer.out;
    let o = writer.len;
    for (let i = 0; i < key.length; i++) out[o++] = key[i];
    writer.len = o;
    writer.pos = p + key.length;
    writer.skipSpace();
    return true;
  }

  private keepEntryHash(start: number, end: number): void {
    const length = end - start;
    if (length > this.entryHash.length) {
      this.entryHash = new Uint8Array(length);
      this.entryHashWords = new DataView(this.entryHash.buffer);
    }
    for (let i = 0; i < length; i++) this.entryHash[i] = this.writer.out[start + i];
    this.entryHashLength = length;
  }

  private takePlaces(starts: Int32Array, ends: Int32Array): void {
    this.sequenceStart = starts[SEQUENCE_ID];
    this.sequenceEnd = ends[SEQUENCE_ID];
    this.timestampStart = starts[TIMESTAMP];
    this.timestampEnd = ends[TIMESTAMP];
    const length = ends[PREVIOUS_HASH] - starts[PREVIOUS_HASH];
    if (length > this.previousHash.length) this.previousHash = new Uint8Array(length);
    const start = starts[PREVIOUS_HASH];
    for (let i = 0; i < length; i++) this.previousHash[i] = this.canonical[start + i];
    this.previousHashLength = length;
  }

  /** Puts the members that came in another order, or not all of them, together in the order of the canonical form. */
  private assemble(): void {
    const { out, len } = this.writer;
    const starts = this.starts;
    const ends = this.ends;
    const needed = len + 2 * (KEYS[METADATA].length + KEYS[PREVIOUS_HASH].length + GENESIS_TEXT.length);
    if (this.assembled.length < needed) this.assembled = new Uint8Array(needed * 2);
    const to = this.assembled;
    const newStarts = new Int32Array(MEMBERS.length);
    const newEnds = new Int32Array(MEMBERS.length);
    const absent: Member[] = [];
    let o = 0;
    to[o++] = 0x7b;
    for (let index = 0; index < MEMBERS.length; index++) {
      if (starts[index] < 0) absent.push(MEMBERS[index]);
      if (index === ENTRY_HASH) continue;
      if (o > 1) to[o++] = 0x2c;
      to.set(KEYS[index], o);
      o += KEYS[index].length;
      newStarts[index] = o;
      const value =
        starts[index] >= 0
          ? out.subarray(starts[index], ends[index])
          : index === METADATA
            ? EMPTY_OBJECT
            : GENESIS_TEXT;
      to.set(value, o);
      o += value.length;
      newEnds[index] = o;
    }
    to[o++] = 0x7d;
    this.canonical = to;
    this.canonicalLength = o;
    this.absent = absent;
    this.takePlaces(newStarts, newEnds);
  }

  /**
   * The hash that the entry should have. Undefined where the format has none: the hash before it is no text, or one that
   * UTF-8 cannot hold (the reference raises).
   */
  computeHash(hash: HashHex): string | undefined {
    if (this.previousHash[0] !== QUOTE) return undefined;
    const previous = decodeCanonicalText(this.previousHash, 0, this.previousHashLength);
    if (!previous.isWellFormed()) return undefined;
    const bytes = utf8(previous);
    const end = this.canonicalLength + bytes.length;
    if (end > this.canonical.length) this.makeCanonicalRoom(end);
    this.canonical.set(bytes, this.canonicalLength);
    return hash(this.canonical.subarray(0, end));
  }

  private makeCanonicalRoom(needed: number): void {
    const grown = new Uint8Array(needed);
    grown.set(this.canonical.subarray(0, this.canonicalLength));
    this.canonical = grown;
  }

  /** Whether the stated `entry_hash` is the text `hex`. */
  statesHash(hex: string): boolean {
    const stated = this.entryHash;
    if (this.entryHashLength !== hex.length + 2 || stated[0] !== QUOTE) return false;
    for (let i = 0; i < hex.length; i++) if (stated[i + 1] !== hex.charCodeAt(i)) return false;
    return true;
  }

  /** The canonical JSON of the stated `entry_hash`, like the texts below cut where it is longer than any writer makes it. */
  entryHashText(limit = LONGEST_TEXT): string {
    return boundedText(this.entryHash, 0, this.entryHashLength, limit);
  }

  previousHashText(limit = LONGEST_TEXT): string {
    return boundedText(this.previousHash, 0, this.previousHashLength, limit);
  }

  sequenceText(limit = LONGEST_TEXT): string {
    return boundedText(this.canonical, this.sequenceStart, this.sequenceEnd, limit);
  }

  timestampText(limit = LONGEST_TEXT): string {
    return boundedText(this.canonical, this.timestampStart, this.timestampEnd, limit);
  }
}

/** What is kept of a text that a hostile line may make megabytes long. */
const LONGEST_TEXT = 512;

const NOTHING_ABSENT: readonly Member[] = [];

function startsWithByteOrderMark(src: Uint8Array, from: number): boolean {
  return src[from] === 0xef && src[from + 1] === 0xbb && src[from + 2] === 0xbf;
}

/** Python's name for the type of a canonical JSON value. */
export function pythonType(firstByte: number, text: string): string {
  if (firstByte === 0x7b) return 'dict';
  if (firstByte === 0x5b) return 'list';
  if (firstByte === QUOTE) return 'str';
  if (text === 'true' || text === 'false') return 'bool';
  if (text === 'null') return 'NoneType';
  return /^-?\d+$/.test(text) ? 'int' : 'float';
}

/** Column and index of a byte of a line, in code points as Python counts them, from the line's stripped start. */
function position(src: Uint8Array, from: number, at: number): { char: number; byte: number } {
  let char = 0;
  for (let i = from; i < at; i++) if ((src[i] & 0xc0) !== 0x80) char++;
  return { char, byte: at - from };
}
