import { END, SPACE, TAB, isBreak, isHexDigit, isWhiteOrEnd } from './characters';
import type { Cursor } from './cursor';
import { YamlFault, problemAt } from './fault';
import type { ScalarToken } from './tokens';

const DOUBLE = 0x22;
const SINGLE = 0x27;
const BACKSLASH = 0x5c;

/** Text in single or double quotes. Its further lines may be indented as they like. */
export function scanQuoted(cursor: Cursor): ScalarToken {
  const start = cursor.at;
  const quote = cursor.unit();
  const parts: string[] = [];
  cursor.move();
  scanText(cursor, start, quote, parts);
  while (cursor.unit() !== quote) {
    scanWhite(cursor, start, parts);
    scanText(cursor, start, quote, parts);
  }
  cursor.move();
  const style = quote === DOUBLE ? 'double' : 'single';
  return { kind: 'scalar', style, start, end: cursor.at, text: parts.join('') };
}

/** Up to white space or the closing quote. */
function scanText(cursor: Cursor, start: number, quote: number, parts: string[]): void {
  for (;;) {
    let length = 0;
    for (let unit = cursor.unit(); !isWhiteOrEnd(unit); unit = cursor.unit(++length)) {
      if (unit === SINGLE || unit === DOUBLE || unit === BACKSLASH) break;
    }
    if (length > 0) parts.push(cursor.take(length));
    const unit = cursor.unit();
    if (unit === quote) {
      if (quote === DOUBLE || cursor.unit(1) !== SINGLE) return;
      parts.push("'");
      cursor.move(2);
    } else if (unit === BACKSLASH && quote === DOUBLE) {
      scanEscape(cursor, start, parts);
    } else if (isWhiteOrEnd(unit)) {
      return;
    } else {
      parts.push(cursor.take(1));
    }
  }
}

function scanEscape(cursor: Cursor, start: number, parts: string[]): void {
  const at = cursor.at;
  const letter = String.fromCharCode(cursor.unit(1));
  const simple = ESCAPES.get(letter);
  const digits = DIGITS.get(letter);
  if (simple !== undefined) {
    parts.push(simple);
    cursor.move(2);
  } else if (digits !== undefined) {
    parts.push(scanCodePoint(cursor, start, digits));
  } else if (isBreak(cursor.unit(1))) {
    cursor.move();
    cursor.takeBreak();
    scanBreaks(cursor, start, parts);
  } else {
    const message =
      'A backslash in double quotes begins an escape, and this is none. Write two backslashes, or use single quotes.';
    throw new YamlFault(problemAt(at, cursor.lineEnd(at) > at + 1 ? at + 2 : at + 1, message), at, start);
  }
}

function scanCodePoint(cursor: Cursor, start: number, digits: number): string {
  const at = cursor.at;
  let length = 2;
  while (length < digits + 2 && isHexDigit(cursor.unit(length))) length++;
  const point = parseInt(cursor.slice(at + 2, at + length), 16);
  if (length < digits + 2 || point > 0x10ffff) {
    const letter = cursor.slice(at, at + 2);
    const message =
      length < digits + 2
        ? `${letter} in double quotes takes ${digits} hexadecimal digits. Write them all, or write two backslashes.`
        : `${letter} in double quotes takes a code point up to 0010FFFF.`;
    throw new YamlFault(problemAt(at, at + length, message), at, start);
  }
  cursor.move(length);
  return String.fromCodePoint(point);
}

/** Spaces as they are, and line breaks folded. */
function scanWhite(cursor: Cursor, start: number, parts: string[]): void {
  const from = cursor.at;
  while (cursor.unit() === SPACE || cursor.unit() === TAB) cursor.move();
  if (cursor.unit() === END) {
    const message = 'This quote is never closed. Close it at the end of the text that it begins.';
    throw new YamlFault(problemAt(start, cursor.lineEnd(start), message), cursor.at, start);
  }
  if (!isBreak(cursor.unit())) {
    parts.push(cursor.slice(from, cursor.at));
    return;
  }
  const first = cursor.takeBreak();
  const before = parts.length;
  if (first !== '\n') parts.push(first);
  scanBreaks(cursor, start, parts);
  if (parts.length === before) parts.push(' ');
}

function scanBreaks(cursor: Cursor, start: number, parts: string[]): void {
  for (;;) {
    if (cursor.isAtDocumentMark()) {
      const message =
        'This quote is not closed before the document ends. Close it at the end of the text that it begins.';
      throw new YamlFault(problemAt(start, cursor.lineEnd(start), message), cursor.at, start);
    }
    while (cursor.unit() === SPACE || cursor.unit() === TAB) cursor.move();
    if (!isBreak(cursor.unit())) return;
    parts.push(cursor.takeBreak());
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

/** Hexadecimal digits that an escape takes. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);
