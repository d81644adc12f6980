import { SPACE, TAB, isBreak, isBreakOrEnd, isDigit, isSpaceOrBreakOrEnd } from './characters';
import type { Cursor } from './cursor';
import { YamlFault, problemAt } from './fault';
import type { ScalarToken } from './tokens';

const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;
const FOLDED = 0x3e;

interface Header {
  /** Which line breaks behind the text are part of it. */
  readonly keeps: 'all' | 'one' | 'none';
  /** As given by a digit. */
  readonly increment: number | undefined;
}

/**
 * Text behind `|` or `>`.
 *
 * @param minIndent least column of its lines.
 */
export function scanBlock(cursor: Cursor, minIndent: number): ScalarToken {
  const start = cursor.at;
  const isFolded = cursor.unit() === FOLDED;
  cursor.move();
  const { keeps, increment } = scanHeader(cursor, start);
  let end = cursor.at;
  scanHeaderEnd(cursor, start);

  let indent = minIndent;
  const parts: string[] = [];
  let breaks: string;
  if (increment === undefined) {
    const leading = scanLeading(cursor);
    indent = Math.max(minIndent, leading.indent);
    breaks = leading.breaks;
  } else {
    indent = minIndent + increment - 1;
    breaks = scanBreaks(cursor, indent);
  }
  let lineBreak = '';
  while (cursor.column === indent && !cursor.isAtEnd()) {
    parts.push(breaks);
    const isIndentedMore = cursor.unit() === SPACE || cursor.unit() === TAB;
    const from = cursor.at;
    cursor.skipToLineEnd();
    end = cursor.at;
    parts.push(cursor.slice(from, end));
    lineBreak = cursor.takeBreak();
    breaks = scanBreaks(cursor, indent);
    if (cursor.column !== indent || cursor.isAtEnd()) break;
    const isNextIndentedMore = cursor.unit() === SPACE || cursor.unit() === TAB;
    if (!isFolded || lineBreak !== '\n' || isIndentedMore || isNextIndentedMore) parts.push(lineBreak);
    else if (breaks === '') parts.push(' ');
  }
  if (keeps !== 'none') parts.push(lineBreak);
  if (keeps === 'all') parts.push(breaks);
  return { kind: 'scalar', style: isFolded ? 'folded' : 'literal', start, end, text: parts.join('') };
}

function scanHeader(cursor: Cursor, start: number): Header {
  let keeps: Header['keeps'] | undefined;
  let increment: number | undefined;
  for (let i = 0; i < 2; i++) {
    const unit = cursor.unit();
    if (keeps === undefined && (unit === PLUS || unit === MINUS)) keeps = unit === PLUS ? 'all' : 'none';
    else if (increment === undefined && isDigit(unit) && unit !== 0x30) increment = unit - 0x30;
    else break;
    cursor.move();
  }
  if (!isSpaceOrBreakOrEnd(cursor.unit())) throw badHeader(cursor, start);
  return { keeps: keeps ?? 'one', increment };
}

function scanHeaderEnd(cursor: Cursor, start: number): void {
  cursor.skipSpaces();
  if (cursor.unit() === HASH) cursor.skipToLineEnd();
  if (!isBreakOrEnd(cursor.unit())) throw badHeader(cursor, start);
  cursor.takeBreak();
}

function badHeader(cursor: Cursor, start: number): YamlFault {
  const message =
    '| and > begin a text on the lines below. On their own line only -, + or an indentation from 1 to 9 may follow, and a comment. ' +
    'Put the text on the next line, or in quotes.';
  const code = cursor.unit() === TAB ? 'yaml-tab' : 'yaml-syntax';
  return new YamlFault(problemAt(start, cursor.lineEnd(start), message, code), cursor.at, start);
}

/** Empty lines before the text. The most indented of them counts, too. */
function scanLeading(cursor: Cursor): { breaks: string; indent: number } {
  const breaks: string[] = [];
  let indent = 0;
  for (;;) {
    cursor.skipSpaces();
    indent = Math.max(indent, cursor.column);
    if (!isBreak(cursor.unit())) return { breaks: breaks.join(''), indent };
    breaks.push(cursor.takeBreak());
  }
}

/** Empty lines, and the next line's indentation as far as it is none of the text. */
function scanBreaks(cursor: Cursor, indent: number): string {
  const breaks: string[] = [];
  for (;;) {
    while (cursor.column < indent && cursor.unit() === SPACE) cursor.move();
    if (!isBreak(cursor.unit())) return breaks.join('');
    breaks.push(cursor.takeBreak());
  }
}
