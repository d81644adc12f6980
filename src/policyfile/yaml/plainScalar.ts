import { SPACE, isBreak, isWhiteOrEnd } from './characters';
import type { Cursor } from './cursor';
import type { ScalarToken } from './tokens';

/** What was read, and whether it ended at the start of a line, so that a key may follow. */
export interface PlainScalar {
  readonly token: ScalarToken;
  readonly endedLine: boolean;
}

/**
 * Text without quotes, over several lines where they are indented.
 *
 * @param indent column that a further line must reach in block context.
 */
export function scanPlain(cursor: Cursor, indent: number, isInFlow: boolean): PlainScalar {
  const start = cursor.at;
  let end = start;
  let endedLine = false;
  let gap = '';
  const parts: string[] = [];
  for (;;) {
    const length = lengthOfRun(cursor, isInFlow);
    if (length === 0) break;
    parts.push(gap, cursor.take(length));
    end = cursor.at;
    const behind = scanGap(cursor);
    endedLine = behind.endedLine;
    gap = behind.text;
    if (gap === '' || cursor.unit() === HASH || (!isInFlow && cursor.column < indent)) break;
  }
  return { token: { kind: 'scalar', style: 'plain', start, end, text: parts.join('') }, endedLine };
}

const HASH = 0x23;
const COLON = 0x3a;
const QUESTION = 0x3f;
const MINUS = 0x2d;

/** Whether the unit at the cursor, which is no indicator there, can begin a text without quotes. */
export function canBeginPlain(cursor: Cursor, isInFlow: boolean): boolean {
  const unit = cursor.unit();
  if (unit === MINUS) return !isWhiteOrEnd(cursor.unit(1));
  if (unit === QUESTION || unit === COLON) return !isInFlow && !isWhiteOrEnd(cursor.unit(1));
  return !isWhiteOrEnd(unit) && !(unit < 0x80 && ',[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(unit)));
}

function lengthOfRun(cursor: Cursor, isInFlow: boolean): number {
  if (cursor.unit() === HASH) return 0;
  for (let length = 0; ; length++) {
    const unit = cursor.unit(length);
    if (isWhiteOrEnd(unit)) return length;
    if (isInFlow && (unit === 0x2c || unit === QUESTION || isBracket(unit))) return length;
    if (unit !== COLON) continue;
    const next = cursor.unit(length + 1);
    if (isWhiteOrEnd(next) || (isInFlow && (next === 0x2c || isBracket(next)))) return length;
  }
}

function isBracket(unit: number): boolean {
  return unit === 0x5b || unit === 0x5d || unit === 0x7b || unit === 0x7d;
}

/** Spaces and line breaks, and what they stand for within a text; empty where the text cannot go on behind them. */
function scanGap(cursor: Cursor): { text: string; endedLine: boolean } {
  const start = cursor.at;
  cursor.skipSpaces();
  if (!isBreak(cursor.unit())) return { text: cursor.slice(start, cursor.at), endedLine: false };
  const first = cursor.takeBreak();
  let further = '';
  if (cursor.isAtDocumentMark()) return { text: '', endedLine: true };
  while (cursor.unit() === SPACE || isBreak(cursor.unit())) {
    cursor.skipSpaces();
    if (!isBreak(cursor.unit())) break;
    further += cursor.takeBreak();
    if (cursor.isAtDocumentMark()) return { text: '', endedLine: true };
  }
  if (first !== '\n') return { text: first + further, endedLine: true };
  return { text: further === '' ? ' ' : further, endedLine: true };
}
