import { RangeTable } from './rangeTable';
import { DECIMAL, NAME_PART, NAME_START, SPACE, WORD } from './unicodeTables';

/**
 * Classes of characters as Python 3.11 has them, from Unicode 14, whatever Unicode the runtime is at: what Python calls a
 * digit must not change with the editor's version.
 */

export function isWord(point: number): boolean {
  return word().has(point);
}

export function isDecimal(point: number): boolean {
  return decimal().has(point);
}

export function isSpace(point: number): boolean {
  return space().has(point);
}

/** The value of a decimal digit of any script; undefined for anything else. */
export function decimalValue(point: number): number | undefined {
  const start = decimal().startOf(point);
  // Digits come in tens from 0 to 9, and tens may follow each other.
  return start === undefined ? undefined : (point - start) % 10;
}

/** `str.isidentifier` */
export function isIdentifier(text: string): boolean {
  let isFirst = true;
  for (const character of text) {
    const table = isFirst ? nameStart() : namePart();
    if (!table.has(character.codePointAt(0)!)) return false;
    isFirst = false;
  }
  return !isFirst;
}

/** `str.isalpha`, of one character. */
export function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character) && isWord(character.codePointAt(0)!);
}

const word = tableOf(WORD);
const decimal = tableOf(DECIMAL);
const space = tableOf(SPACE);
const nameStart = tableOf(NAME_START);
const namePart = tableOf(NAME_PART);

/** Read only when first asked for: most programs never match a pattern. */
function tableOf(written: string): () => RangeTable {
  let table: RangeTable | undefined;
  return () => (table ??= readTable(written));
}

function readTable(written: string): RangeTable {
  const bounds: number[] = [];
  let last = 0;
  for (const part of written.split(' ')) {
    const [gap, more = '0'] = part.split(',');
    const start = last + parseInt(gap, 36);
    last = start + parseInt(more, 36);
    bounds.push(start, last);
  }
  return new RangeTable(bounds);
}
