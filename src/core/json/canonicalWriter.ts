import { compareByCodePoint } from './codePointOrder';
import { JsonProblem, MAX_DEPTH, MAX_INTEGER_DIGITS } from './jsonProblem';
import { decodeCanonicalText, ascii, UNESCAPED } from './canonicalText';
import { endOfDigits, endOfExponent, isShortest } from './numberSpelling';
import { PLAIN, specialBytes } from './plainBytes';
import { pythonFloat } from './pythonFloat';
import { utf8Size } from './utf8';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_U = 0x75;

const HEX = '0123456789abcdef';

/** What follows the backslash, by the code unit that it stands for. */
const SHORT_ESCAPE = new Map([
  [0x08, 0x62],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0c, 0x66],
  [0x0d, 0x72],
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
]);

/**
 * Reads one JSON value from bytes and writes its canonical form: `json.dumps(json.loads(text), sort_keys=True,
 * separators=(',', ':'))` of Python, to the byte, without ever making numbers or objects out of it. Integers keep all
 * their digits, `1`, `1.0` and `true` stay three texts, a key that comes twice keeps its last value.
 *
 * The input is one line: no line end belongs to the white space, and a line end (or any byte that no value holds) must
 * stand at the end of the text, so that the loops need no bound of their own.
 *
 * It is one pass over the bytes and allocates nothing for values in the form that Python writes. A write beyond the
 * output's end is dropped by the runtime; `Overflow` then asks the caller to enlarge it and read again.
 */
export class CanonicalWriter {
  /** The text being read, and the same four bytes at a time. */
  src: Uint8Array = new Uint8Array(1);
  srcWords: DataView = new DataView(new ArrayBuffer(1));
  /** Where reading goes on. */
  pos = 0;
  /** The canonical form, ASCII. */
  out: Uint8Array;
  outWords: DataView;
  /** Bytes of it. */
  len = 0;
  problem: JsonProblem = JsonProblem.None;
  /** Where in `src` the problem is. */
  problemAt = 0;
  /** Whether some object has a key twice. Set, never cleared: the caller clears it. */
  sawDuplicateKey = false;

  /** For each open object its members as (key start, key end, member end) in `out`. */
  private spans = new Int32Array(3 * 64);
  private spanTop = 0;

  constructor(capacity = 1 << 16) {
    this.out = new Uint8Array(capacity);
    this.outWords = new DataView(this.out.buffer);
  }

  fail(problem: JsonProblem, at: number): false {
    this.problem = problem;
    this.problemAt = at;
    return false;
  }

  /** Makes room after an `Overflow`, whose `len` says how much would have been written up to there. */
  enlarge(needed: number): void {
    this.out = new Uint8Array(Math.max(needed, this.out.length * 2));
    this.outWords = new DataView(this.out.buffer);
  }

  skipSpace(): void {
    const src = this.src;
    let p = this.pos;
    while (src[p] === 0x20 || src[p] === 0x09) p++;
    this.pos = p;
  }

  /** The byte at `pos`, behind the white space there. */
  private nextToken(): number {
    const c = this.src[this.pos];
    if (c !== 0x20 && c !== 0x09) return c;
    this.skipSpace();
    return this.src[this.pos];
  }

  /** Reads the value that starts at `pos`. False where it is no JSON: `problem` and `problemAt` say why and where. */
  value(depth: number): boolean {
    const c = this.src[this.pos];
    if (c === QUOTE) return this.text();
    if (c === 0x7b) return this.object(depth);
    if (c === 0x5b) return this.array(depth);
    if (c === MINUS || (c >= ZERO && c <= NINE)) return this.number();
    switch (c) {
      case 0x74:
        return this.word('true');
      case 0x66:
        return this.word('false');
      case 0x6e:
        return this.word('null');
      case 0x4e:
        return this.word('NaN');
      case 0x49:
        return this.word('Infinity');
      default:
        return this.fail(JsonProblem.ExpectingValue, this.pos);
    }
  }

  /** Reads the text whose opening quote is at `pos`. */
  text(): boolean {
    const start = this.pos;
    this.out[this.len++] = QUOTE;
    this.pos++;
    for (;;) {
      this.plainRun();
      const c = this.src[this.pos];
      if (c === QUOTE) {
        this.out[this.len++] = QUOTE;
        this.pos++;
        return true;
      }
      if (PLAIN[c] === 1) continue;
      const fine = c === BACKSLASH ? this.escape(start) : c >= 0x7f ? this.beyondAscii() : this.endOfText(start, c);
      if (!fine) return false;
    }
  }

  /**
   * Copies the bytes from `pos` on that stand for themselves, four at a time where there is room on both sides, and stops
   * before one that does not.
   */
  private plainRun(): void {
    const { src, srcWords, out, outWords } = this;
    const srcEnd = src.length - 4;
    const outEnd = out.length - 4;
    let p = this.pos;
    let o = this.len;
    while (p <= srcEnd && o <= outEnd) {
      const word = srcWords.getInt32(p, true);
      const special = specialBytes(word);
      outWords.setInt32(o, word, true);
      if (special !== 0) {
        const plain = (31 - Math.clz32(special & -special)) >> 3;
        this.pos = p + plain;
        this.len = o + plain;
        return;
      }
      p += 4;
      o += 4;
    }
    let c = src[p];
    while (PLAIN[c] === 1) {
      out[o++] = c;
      c = src[++p];
    }
    this.pos = p;
    this.len = o;
  }

  private endOfText(start: number, c: number): false {
    // A line end can only be where the line ends, for lines are split before they are read.
    if (isLineEnd(c)) return this.fail(JsonProblem.UnterminatedString, start);
    return this.fail(JsonProblem.InvalidControlCharacter, this.pos);
  }

  private escape(start: number): boolean {
    const c = this.src[this.pos + 1];
    if (isLineEnd(c)) return this.fail(JsonProblem.UnterminatedString, start);
    if (c !== LOWER_U) {
      const unit = UNESCAPED.get(c);
      if (unit === undefined) return this.fail(JsonProblem.InvalidEscape, this.pos);
      this.writeUnit(unit);
      this.pos += 2;
      return true;
    }
    let unit = 0;
    for (let i = 2; i < 6; i++) {
      const digit = hexDigit(this.src[this.pos + i]);
      if (digit < 0) return this.fail(JsonProblem.InvalidUnicodeEscape, this.pos + 1);
      unit = unit * 16 + digit;
    }
    // Where the text ends right behind it, Python blames the escape and not the missing quote.
    if (isLineEnd(this.src[this.pos + 6])) return this.fail(JsonProblem.InvalidUnicodeEscape, this.pos + 1);
    this.writeUnit(unit);
    this.pos += 6;
    return true;
  }

  /** DEL, or one character of UTF-8. */
  private beyondAscii(): boolean {
    const src = this.src;
    const p = this.pos;
    const lead = src[p];
    if (lead === 0x7f) {
      this.writeUnit(lead);
      this.pos = p + 1;
      return true;
    }
    const size = utf8Size(src, p);
    if (size === 0) return this.fail(JsonProblem.InvalidUtf8, p);
    let point = lead & (0xff >> (size + 1));
    for (let i = 1; i < size; i++) point = (point << 6) | (src[p + i] & 0x3f);
    if (point > 0xffff) {
      this.writeUnit(0xd800 + ((point - 0x10000) >> 10));
      this.writeUnit(0xdc00 + ((point - 0x10000) & 0x3ff));
    } else {
      this.writeUnit(point);
    }
    this.pos = p + size;
    return true;
  }

  private writeUnit(unit: number): void {
    const out = this.out;
    if (unit < 0x7f && PLAIN[unit] === 1) {
      out[this.len++] = unit;
      return;
    }
    out[this.len++] = BACKSLASH;
    const short = SHORT_ESCAPE.get(unit);
    if (short !== undefined) {
      out[this.len++] = short;
      return;
    }
    out[this.len++] = LOWER_U;
    for (let shift = 12; shift >= 0; shift -= 4) out[this.len++] = HEX.charCodeAt((unit >> shift) & 15);
  }

  private number(): boolean {
    const src = this.src;
    const out = this.out;
    const start = this.pos;
    let p = start;
    if (src[p] === MINUS) {
      p++;
      if (src[p] === 0x49) {
        this.pos = p;
        out[this.len++] = MINUS;
        if (this.word('Infinity')) return true;
        return this.fail(JsonProblem.ExpectingValue, start);
      }
    }
    const first = p;
    if (src[p] === ZERO) p++;
    else while (src[p] >= ZERO && src[p] <= NINE) p++;
    const digits = p - first;
    if (digits === 0) return this.fail(JsonProblem.ExpectingValue, start);
    const afterFraction = src[p] === POINT ? endOfDigits(src, p + 1, p) : p;
    const end = endOfExponent(src, afterFraction);
    this.pos = end;
    if (end !== p) {
      if (end === afterFraction && isShortest(src, first, p, end)) {
        let o = this.len;
        for (let i = start; i < end; i++) out[o++] = src[i];
        this.len = o;
        return true;
      }
      this.write(pythonFloat(Number(ascii(src, start, end))));
      return true;
    }
    if (digits > MAX_INTEGER_DIGITS) return this.fail(JsonProblem.TooManyDigits, start);
    // The integer -0 is 0, the float -0.0 is not.
    let o = this.len;
    for (let i = src[first] === ZERO ? first : start; i < p; i++) out[o++] = src[i];
    this.len = o;
    return true;
  }

  private word(word: string): boolean {
    for (let i = 0; i < word.length; i++) {
      if (this.src[this.pos + i] !== word.charCodeAt(i)) return this.fail(JsonProblem.ExpectingValue, this.pos);
    }
    this.write(word);
    this.pos += word.length;
    return true;
  }

  private write(text: string): void {
    for (let i = 0; i < text.length; i++) this.out[this.len++] = text.charCodeAt(i);
  }

  private array(depth: number): boolean {
    if (depth >= MAX_DEPTH) return this.fail(JsonProblem.TooDeep, this.pos);
    this.out[this.len++] = 0x5b;
    this.pos++;
    this.skipSpace();
    if (this.src[this.pos] === 0x5d) {
      this.out[this.len++] = 0x5d;
      this.pos++;
      return true;
    }
    for (;;) {
      if (!this.value(depth + 1)) return false;
      const c = this.nextToken();
      if (c === 0x5d) break;
      if (c !== COMMA) return this.fail(JsonProblem.ExpectingComma, this.pos);
      this.out[this.len++] = COMMA;
      this.pos++;
      this.skipSpace();
    }
    this.out[this.len++] = 0x5d;
    this.pos++;
    return true;
  }

  private object(depth: number): boolean {
    if (depth >= MAX_DEPTH) return this.fail(JsonProblem.TooDeep, this.pos);
    const objectStart = this.len;
    const base = this.spanTop;
    let inOrder = true;
    this.out[this.len++] = 0x7b;
    this.pos++;
    this.skipSpace();
    if (this.src[this.pos] === 0x7d) {
      this.out[this.len++] = 0x7d;
      this.pos++;
      return true;
    }
    for (;;) {
      if (this.src[this.pos] !== QUOTE) return this.fail(JsonProblem.ExpectingPropertyName, this.pos);
      const top = this.spanTop;
      if (top + 3 > this.spans.length) this.growSpans();
      const keyStart = this.len;
      if (!this.text()) return false;
      this.spans[top] = keyStart;
      this.spans[top + 1] = this.len;
      this.spanTop = top + 3;
      if (top > base && inOrder)
        inOrder = this.compareKeys(this.spans[top - 3], this.spans[top - 2], keyStart, this.len) < 0;
      if (!this.colon()) return false;
      if (!this.value(depth + 1)) return false;
      this.spans[top + 2] = this.len;
      const c = this.nextToken();
      if (c === 0x7d) break;
      if (c !== COMMA) return this.fail(JsonProblem.ExpectingComma, this.pos);
      this.out[this.len++] = COMMA;
      this.pos++;
      this.skipSpace();
    }
    this.pos++;
    if (!inOrder && !this.sortMembers(objectStart, base)) return false;
    this.out[this.len++] = 0x7d;
    this.spanTop = base;
    return true;
  }

  /** Reads the colon between a key and its value, and the white space round it. */
  colon(): boolean {
    if (this.src[this.pos] !== COLON) this.skipSpace();
    if (this.src[this.pos] !== COLON) return this.fail(JsonProblem.ExpectingColon, this.pos);
    this.out[this.len++] = COLON;
    this.pos++;
    this.skipSpace();
    return true;
  }

  /** Compares two canonical keys, quotes included, by code point. Only where an escape decides are they decoded. */
  private compareKeys(aStart: number, aEnd: number, bStart: number, bEnd: number): number {
    const out = this.out;
    const aLength = aEnd - aStart - 2;
    const bLength = bEnd - bStart - 2;
    const shorter = Math.min(aLength, bLength);
    for (let i = 1; i <= shorter; i++) {
      const a = out[aStart + i];
      const b = out[bStart + i];
      if (a === BACKSLASH || b === BACKSLASH) {
        return compareByCodePoint(decodeCanonicalText(out, aStart, aEnd), decodeCanonicalText(out, bStart, bEnd));
      }
      if (a !== b) return a - b;
    }
    return aLength - bLength;
  }

  /** Puts the members of the object that starts at `objectStart` in order; of one key's members the last stays. */
  private sortMembers(objectStart: number, base: number): boolean {
    if (this.len > this.out.length) return this.fail(JsonProblem.Overflow, this.pos);
    const members = new Map<string, { start: number; end: number }>();
    for (let i = base; i < this.spanTop; i += 3) {
      const key = decodeCanonicalText(this.out, this.spans[i], this.spans[i + 1]);
      if (members.has(key)) this.sawDuplicateKey = true;
      members.set(key, { start: this.spans[i], end: this.spans[i + 2] });
    }
    const keys = [...members.keys()].sort(compareByCodePoint);
    const copy = this.out.slice(objectStart, this.len);
    let o = objectStart + 1;
    for (const key of keys) {
      const { start, end } = members.get(key)!;
      if (o > objectStart + 1) this.out[o++] = COMMA;
      this.out.set(copy.subarray(start - objectStart, end - objectStart), o);
      o += end - start;
    }
    this.len = o;
    return true;
  }

  private growSpans(): void {
    const grown = new Int32Array(this.spans.length * 2);
    grown.set(this.spans);
    this.spans = grown;
  }

  /** Starts anew at `pos` of `src`. */
  begin(src: Uint8Array, pos: number): void {
    if (src !== this.src) {
      this.src = src;
      this.srcWords = new DataView(src.buffer, src.byteOffset, src.byteLength);
    }
    this.pos = pos;
    this.len = 0;
    this.spanTop = 0;
    this.problem = JsonProblem.None;
  }
}

function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === undefined;
}
