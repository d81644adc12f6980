import { pythonRepr } from '../../json/pythonRepr';
import { characterNamed } from './characterNames';
import type { Groups } from './groups';
import { lengthOf, type PatternReader } from './patternReader';
import { InvalidPattern } from './patternProblem';
import type { ClassName, Node, Place, SetItem } from './syntax';

const DIGITS = '0123456789';
const OCTAL_DIGITS = '01234567';
const HEX_DIGITS = '0123456789abcdefABCDEF';

const CONTROLS = new Map<string, number>(Object.entries({ a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 0x5c }));

const CLASSES = new Map<string, ClassName>(Object.entries({ d: 'digit', s: 'space', w: 'word' }));

const PLACES = new Map<string, Place>(
  Object.entries({ A: 'start-of-text', Z: 'end-of-text', b: 'boundary', B: 'no-boundary' }),
);

/** What an escape outside of a set stands for. @param escape the backslash and what follows it */
export function parseEscape(reader: PatternReader, escape: string, groups: Groups): Node {
  const letter = escape.slice(1);
  const place = PLACES.get(letter);
  if (place !== undefined) return { op: 'at', place };
  const item = classOf(letter);
  if (item !== undefined) return { op: 'set', items: [item], isNegated: false };
  if (DIGITS.includes(letter) && letter !== '0') return numberedEscape(reader, escape, groups);
  const point = letter === '0' ? octal(reader, escape, 2) : characterOf(reader, escape);
  return { op: 'literal', point, isNegated: false };
}

/** What an escape in a set stands for. @param escape the backslash and what follows it */
export function parseSetEscape(reader: PatternReader, escape: string): SetItem {
  const letter = escape.slice(1);
  const item = classOf(letter);
  if (item !== undefined) return item;
  const point = OCTAL_DIGITS.includes(letter) ? octal(reader, escape, 2) : characterOf(reader, escape);
  return { op: 'literal', point };
}

function classOf(letter: string): SetItem | undefined {
  const name = CLASSES.get(letter.toLowerCase());
  return name && { op: 'class', name, isNegated: letter !== letter.toLowerCase() };
}

function characterOf(reader: PatternReader, escape: string): number {
  const letter = escape.slice(1);
  const control = CONTROLS.get(letter);
  if (control !== undefined) return control;
  if (letter === 'x') return hexadecimal(reader, escape, 2);
  if (letter === 'u') return hexadecimal(reader, escape, 4);
  if (letter === 'U') return hexadecimal(reader, escape, 8);
  if (letter === 'N') return named(reader, escape);
  if (/[0-9A-Za-z]/.test(letter)) throw badEscape(reader, escape);
  return letter.codePointAt(0)!;
}

function hexadecimal(reader: PatternReader, start: string, digits: number): number {
  const escape = start + reader.getWhile(digits, HEX_DIGITS);
  if (escape.length !== digits + 2) throw reader.problem(`incomplete escape ${escape}`, escape.length);
  const point = parseInt(escape.slice(2), 16);
  // What does not even fit C's int, Python's chr refuses in another way.
  if (point > 0x7fffffff)
    throw InvalidPattern.near(
      'Python int too large to convert to C int',
      reader.position - escape.length,
      'OverflowError',
    );
  if (point > 0x10ffff) throw badEscape(reader, escape);
  return point;
}

/** @param more how many digits may follow */
function octal(reader: PatternReader, start: string, more: number): number {
  const escape = start + reader.getWhile(more, OCTAL_DIGITS);
  const point = parseInt(escape.slice(1), 8);
  if (point > 0o377) throw reader.problem(`octal escape value ${escape} outside of range 0-0o377`, escape.length);
  return point;
}

/** Three octal digits are a character, anything less the number of a group. */
function numberedEscape(reader: PatternReader, start: string, groups: Groups): Node {
  let escape = start;
  if (reader.isNextOf(DIGITS)) escape += reader.get()!;
  if (/^\\[0-7]{2}$/.test(escape) && reader.isNextOf(OCTAL_DIGITS))
    return { op: 'literal', point: octal(reader, escape, 1), isNegated: false };
  const group = Number(escape.slice(1));
  if (group >= groups.count) throw reader.problem(`invalid group reference ${group}`, escape.length - 1);
  return { op: 'reference', group, width: groups.widthOf(group, reader, escape.length) };
}

function named(reader: PatternReader, escape: string): number {
  if (!reader.match('{')) throw reader.problem('missing {');
  const name = reader.getUntil('}', 'character name');
  // Python cannot even look up a name with half of a surrogate pair.
  if (/\p{Cs}/u.test(name)) throw badEscape(reader, escape);
  const point = characterNamed(name);
  if (point === undefined)
    throw reader.problem(`undefined character name ${pythonRepr(name)}`, lengthOf(name) + '\\N{}'.length);
  return point;
}

function badEscape(reader: PatternReader, escape: string): InvalidPattern {
  return reader.problem(`bad escape ${escape}`, lengthOf(escape));
}
