import { SPACE, TAB, isBreakOrEnd, isDigit, isNameCharacter, isSpaceOrBreakOrEnd } from './characters';
import type { Cursor } from './cursor';
import { YamlFault, problemAt } from './fault';
import { scanTagHandle, scanUri } from './properties';
import type { Directive, DirectiveToken } from './tokens';

/** A line such as `%YAML 1.1` or `%TAG !e! tag:example.com,2026:`. Others than these two mean nothing. */
export function scanDirective(cursor: Cursor): DirectiveToken {
  const start = cursor.at;
  cursor.move();
  const name = scanDirectiveName(cursor, start);
  const directive = scanValue(cursor, start, name);
  const end = cursor.at;
  if (directive.name === 'other') cursor.skipToLineEnd();
  cursor.skipSpaces();
  if (cursor.unit() === 0x23) cursor.skipToLineEnd();
  if (!isBreakOrEnd(cursor.unit())) throw badDirective(cursor, start);
  cursor.takeBreak();
  return { kind: 'directive', start, end, directive };
}

function scanDirectiveName(cursor: Cursor, start: number): string {
  let length = 0;
  while (isNameCharacter(cursor.unit(length))) length++;
  if (length === 0 || !isSpaceOrBreakOrEnd(cursor.unit(length))) throw badDirective(cursor, start);
  return cursor.take(length);
}

function scanValue(cursor: Cursor, start: number, name: string): Directive {
  if (name !== 'YAML' && name !== 'TAG') return { name: 'other' };
  cursor.skipSpaces();
  if (name === 'YAML') {
    const major = scanNumber(cursor, start);
    if (cursor.unit() !== 0x2e) throw badDirective(cursor, start);
    cursor.move();
    scanNumber(cursor, start);
    if (!isSpaceOrBreakOrEnd(cursor.unit())) throw badDirective(cursor, start);
    return { name, major };
  }
  const handle = scanTagHandle(cursor, start);
  if (cursor.unit() !== SPACE) throw badDirective(cursor, start);
  cursor.skipSpaces();
  const prefix = scanUri(cursor, start);
  if (!isSpaceOrBreakOrEnd(cursor.unit())) throw badDirective(cursor, start);
  return { name, handle, prefix };
}

function scanNumber(cursor: Cursor, start: number): string {
  let length = 0;
  while (isDigit(cursor.unit(length))) length++;
  if (length === 0) throw badDirective(cursor, start);
  return cursor.take(length);
}

function badDirective(cursor: Cursor, start: number): YamlFault {
  const message =
    'A line that begins with % is a directive of YAML, and this one is not written as it must be. ' +
    'Indent it, or put it in quotes, if the % belongs to a value.';
  const code = cursor.unit() === TAB ? 'yaml-tab' : 'yaml-syntax';
  return new YamlFault(problemAt(start, cursor.lineEnd(start), message, code), cursor.at, start);
}
