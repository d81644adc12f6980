import { pythonFloat } from '../json/pythonFloat';
import { pythonRepr } from '../json/pythonRepr';
import { pyDateRepr } from './pyDate';
import { MOST_NESTED, PyError, TooMuchWork, Work } from './pyError';
import { isDate, isList } from './pyValues';
import type { PyBytes, PyValue } from './yamlTree';

/**
 * `str(value)`. (The order of a set is Python's own affair; here it is as written.)
 *
 * @throws PyError where Python does: an int of more than 4,300 digits, or lists in lists beyond its recursion limit.
 * @throws TooMuchWork
 */
export function pyStr(value: PyValue, work = new Work()): string {
  if (typeof value === 'string') return value;
  if (isDate(value)) return value.text;
  return pyRepr(value, work);
}

/** `repr(value)`. Throws as `pyStr` does. */
export function pyRepr(value: PyValue, work = new Work()): string {
  const written = new Written(work);
  written.add(value, 0);
  return written.text();
}

/** The start of `repr(value)`, for a message: `…` stands for what is beyond `most` characters or cannot be written. */
export function pyReprStart(value: PyValue, most: number): string {
  if (typeof value === 'string')
    return value.length > most ? `${pythonRepr(value.slice(0, most))}…` : pythonRepr(value);
  const written = new Written(new Work(most));
  try {
    written.add(value, 0);
    return written.text();
  } catch (error) {
    if (!(error instanceof TooMuchWork || error instanceof PyError)) throw error;
    return `${written.text()}…`;
  }
}

/** `text.strip()`: JavaScript's white space is not quite Python's. */
export function pyStrip(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text[start])) start++;
  while (end > start && isSpace(text[end - 1])) end--;
  return text.slice(start, end);
}

function isSpace(character: string): boolean {
  return /[\t-\r\x1c-\x1f\x85\p{Z}]/u.test(character);
}

/** What each piece of a text costs besides its characters: it takes room. */
const PIECE = 8;

/** Text as it comes; each character costs. */
class Written {
  private readonly parts: string[] = [];

  constructor(private readonly work: Work) {}

  text(): string {
    return this.parts.join('');
  }

  add(value: PyValue, depth: number): void {
    if (depth > MOST_NESTED) throw tooDeep();
    if (isList(value)) return this.addAll('[', value, ']', depth);
    if (value !== null && typeof value === 'object') {
      switch (value.kind) {
        case 'mapping':
          return this.addEntries(value.entries, depth);
        case 'set':
          return value.items.length === 0 ? this.put('set()') : this.addAll('{', value.items, '}', depth);
        case 'bytes':
          return this.put(bytesRepr(value, this.work));
        default:
          return this.put(pyDateRepr(value));
      }
    }
    this.put(scalarRepr(value, this.work));
  }

  private addAll(open: string, items: readonly PyValue[], close: string, depth: number): void {
    this.put(open);
    items.forEach((item, i) => {
      if (i > 0) this.put(', ');
      this.add(item, depth + 1);
    });
    this.put(close);
  }

  private addEntries(entries: readonly (readonly [PyValue, PyValue])[], depth: number): void {
    this.put('{');
    entries.forEach(([key, value], i) => {
      if (i > 0) this.put(', ');
      this.add(key, depth + 1);
      this.put(': ');
      this.add(value, depth + 1);
    });
    this.put('}');
  }

  private put(text: string): void {
    this.work.spend(text.length + PIECE);
    this.parts.push(text);
  }
}

function scalarRepr(value: null | boolean | bigint | number | string, work: Work): string {
  switch (typeof value) {
    case 'string':
      // Paid for before it is escaped, too.
      work.spend(value.length);
      return pythonRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return intText(value);
    case 'number':
      return SPECIAL[String(value)] ?? pythonFloat(value);
    default:
      return 'None';
  }
}

const SPECIAL: Readonly<Partial<Record<string, string>>> = { NaN: 'nan', Infinity: 'inf', '-Infinity': '-inf' };

/** A hexadecimal number in YAML can be longer than what Python writes in decimals. */
function intText(value: bigint): string {
  if (value < LONGEST && value > -LONGEST) return String(value);
  throw new PyError(
    'ValueError',
    'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
    'a whole number has more than 4,300 digits',
  );
}

const LONGEST = 10n ** 4300n;

/** `b'\x00a'`; quotes as those of a text are chosen. */
function bytesRepr({ bytes }: PyBytes, work: Work): string {
  work.spend(bytes.length);
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  const body = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '\\' || character === quote) return `\\${character}`;
    const short = SHORT[byte];
    if (short !== undefined) return short;
    return byte >= 0x20 && byte < 0x7f ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `b${quote}${body.join('')}${quote}`;
}

const SHORT: Readonly<Partial<Record<number, string>>> = { 9: '\\t', 10: '\\n', 13: '\\r' };

function tooDeep(): PyError {
  return new PyError(
    'RecursionError',
    'maximum recursion depth exceeded while getting the repr of an object',
    `a value is nested deeper than ${MOST_NESTED} levels`,
  );
}
