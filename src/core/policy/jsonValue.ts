import type { JsonValue } from '../chain/entry';
import { ascii, decodeCanonicalText } from '../json/canonicalText';
import { CanonicalWriter } from '../json/canonicalWriter';
import { JsonProblem, MAX_DEPTH, plainMessage } from '../json/jsonProblem';
import { utf8 } from '../json/utf8';
import { isList, isMapping, pyNoun } from './pyValues';
import type { PyValue } from './yamlTree';

/** What `json.loads` makes of a text, or a clause for people that says why it is no JSON. */
export type JsonReading = { readonly value: PyValue } | { readonly problem: string };

/** Reads JSON as Python does: `1` is a bigint and `1.0` a number, objects keep their order, of a key that comes twice the last counts. */
export function readJsonValue(text: string): JsonReading {
  const reader = new Reader(text);
  const value = reader.whole();
  return value === undefined ? { problem: reader.explanation() } : { value };
}

/** The same for a value that JavaScript has read: a safe integer counts as an int, any other number as a float. */
export function fromJsonValue(value: JsonValue): PyValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (isJsonList(value)) return value.map(fromJsonValue);
  return { kind: 'mapping', entries: Object.entries(value).map(([key, member]) => [key, fromJsonValue(member)]) };
}

/**
 * The way back, for what JSON was read from. A safe integer becomes a number, any other stays a bigint.
 *
 * @throws TypeError for what only YAML has: dates, bytes, sets, keys that are no texts.
 */
export function toJsonValue(value: PyValue): JsonValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(toJsonValue);
  if (!isMapping(value)) throw new TypeError(`JSON has no form for ${pyNoun(value)}.`);
  return Object.fromEntries(
    value.entries.map(([key, member]) => {
      if (typeof key !== 'string') throw new TypeError(`JSON has no form for a key that is ${pyNoun(key)}.`);
      return [key, toJsonValue(member)];
    }),
  );
}

function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

const END = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Takes lists and objects apart; what is in them is read by the writer of the canonical form, which knows all of Python's rules. */
class Reader {
  private readonly writer = new CanonicalWriter(1 << 10);
  private readonly src: Uint8Array;
  private readonly end: number;
  private at = 0;

  constructor(text: string) {
    const bytes = utf8(text);
    this.end = bytes.length;
    this.src = new Uint8Array(bytes.length + 1);
    this.src.set(bytes);
    this.src[this.end] = END;
  }

  whole(): PyValue | undefined {
    this.skipSpace();
    const value = this.value(0);
    if (value === undefined) return undefined;
    this.skipSpace();
    return this.at === this.end ? value : this.fail(JsonProblem.ExtraData);
  }

  explanation(): string {
    const { problem, problemAt } = this.writer;
    let before = 0;
    for (let i = 0; i < problemAt; i++) if ((this.src[i] & 0xc0) !== 0x80) before++;
    return `at character ${before + 1}, ${plainMessage(problem)}`;
  }

  private value(depth: number): PyValue | undefined {
    const first = this.src[this.at];
    if (first !== LIST && first !== OBJECT) return this.scalar();
    if (depth >= MAX_DEPTH) return this.fail(JsonProblem.TooDeep);
    return first === LIST ? this.list(depth) : this.object(depth);
  }

  private list(depth: number): PyValue | undefined {
    const items: PyValue[] = [];
    this.step();
    if (this.src[this.at] === LIST_END) return this.closed(items);
    for (;;) {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      this.skipSpace();
      if (this.src[this.at] === LIST_END) return this.closed(items);
      if (this.src[this.at] !== COMMA) return this.fail(JsonProblem.ExpectingComma);
      this.step();
    }
  }

  private object(depth: number): PyValue | undefined {
    const members = new Map<string, PyValue>();
    const made = (): PyValue => this.closed({ kind: 'mapping', entries: [...members] });
    this.step();
    if (this.src[this.at] === OBJECT_END) return made();
    for (;;) {
      const key = this.src[this.at] === QUOTE ? this.scalar() : this.fail(JsonProblem.ExpectingPropertyName);
      if (typeof key !== 'string') return undefined;
      this.skipSpace();
      if (this.src[this.at] !== COLON) return this.fail(JsonProblem.ExpectingColon);
      this.step();
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      members.set(key, value);
      this.skipSpace();
      if (this.src[this.at] === OBJECT_END) return made();
      if (this.src[this.at] !== COMMA) return this.fail(JsonProblem.ExpectingComma);
      this.step();
    }
  }

  private scalar(): PyValue | undefined {
    const { writer } = this;
    for (;;) {
      writer.begin(this.src, this.at);
      const isValue = writer.value(0);
      if (writer.len > writer.out.length) {
        writer.enlarge(writer.len);
        continue;
      }
      if (!isValue) return undefined;
      this.at = writer.pos;
      return writer.out[0] === QUOTE
        ? decodeCanonicalText(writer.out, 0, writer.len)
        : scalarOf(ascii(writer.out, 0, writer.len));
    }
  }

  private closed<T extends PyValue>(value: T): T {
    this.at++;
    return value;
  }

  /** Over one character and the white space behind it. */
  private step(): void {
    this.at++;
    this.skipSpace();
  }

  private skipSpace(): void {
    while (this.at < this.end && isSpace(this.src[this.at])) this.at++;
  }

  private fail(problem: JsonProblem): undefined {
    this.writer.fail(problem, this.at);
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** A canonical number or word. */
function scalarOf(canonical: string): PyValue {
  switch (canonical) {
    case 'null':
      return null;
    case 'true':
    case 'false':
      return canonical === 'true';
    default:
      return /^-?\d+$/.test(canonical) ? BigInt(canonical) : Number(canonical);
  }
}
