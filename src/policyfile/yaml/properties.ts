import { TAB, isHexDigit, isNameCharacter, isSpaceOrBreakOrEnd, isUriCharacter, isWhiteOrEnd } from './characters';
import type { Cursor } from './cursor';
import { YamlFault, problemAt } from './fault';
import type { NameToken, TagToken } from './tokens';

const ALIAS = 0x2a;
const BANG = 0x21;
const PERCENT = 0x25;

/** `&name` or `*name`. */
export function scanName(cursor: Cursor): NameToken {
  const start = cursor.at;
  const kind = cursor.unit() === ALIAS ? 'alias' : 'anchor';
  cursor.move();
  let length = 0;
  while (isNameCharacter(cursor.unit(length))) length++;
  const name = cursor.take(length);
  const next = cursor.unit();
  if (length === 0 || !(isWhiteOrEnd(next) || isBehindName(next))) {
    const message =
      kind === 'alias'
        ? 'A * at the start of a value stands for another place of the file. Put the value in quotes if the * belongs to it.'
        : 'An & at the start of a value names it for other places of the file. Put the value in quotes if the & belongs to it.';
    throw new YamlFault(problemAt(start, cursor.lineEnd(start), message), cursor.at, start);
  }
  return { kind, start, end: cursor.at, name };
}

function isBehindName(unit: number): boolean {
  return unit < 0x80 && '?:,]}%@`'.includes(String.fromCharCode(unit));
}

/** `!name`, `!!name`, `!handle!name`, `!<name>`, or `!` alone. */
export function scanTag(cursor: Cursor): TagToken {
  const start = cursor.at;
  const next = cursor.unit(1);
  let handle: string | undefined;
  let suffix: string;
  if (next === 0x3c) {
    cursor.move(2);
    suffix = scanUri(cursor, start);
    if (cursor.unit() !== 0x3e) throw badTag(cursor, start);
    cursor.move();
  } else if (isWhiteOrEnd(next)) {
    suffix = cursor.take(1);
  } else {
    handle = hasHandle(cursor) ? scanTagHandle(cursor, start) : cursor.take(1);
    suffix = scanUri(cursor, start);
  }
  if (!isSpaceOrBreakOrEnd(cursor.unit())) throw badTag(cursor, start);
  return { kind: 'tag', start, end: cursor.at, handle, suffix };
}

/** Whether there is a second `!` before the next space. */
function hasHandle(cursor: Cursor): boolean {
  for (let ahead = 1; !isSpaceOrBreakOrEnd(cursor.unit(ahead)); ahead++) if (cursor.unit(ahead) === BANG) return true;
  return false;
}

/** `!`, `!!` or `!name!`. */
export function scanTagHandle(cursor: Cursor, start: number): string {
  if (cursor.unit() !== BANG) throw badTag(cursor, start);
  let length = 1;
  while (isNameCharacter(cursor.unit(length))) length++;
  if (cursor.unit(length) === BANG) return cursor.take(length + 1);
  if (length === 1 && cursor.unit(1) === 0x20) return cursor.take(1);
  cursor.move(length);
  throw badTag(cursor, start);
}

export function scanUri(cursor: Cursor, start: number): string {
  const parts: string[] = [];
  for (let unit = cursor.unit(); isUriCharacter(unit); unit = cursor.unit()) {
    if (unit === PERCENT) {
      parts.push(scanEscapes(cursor, start));
      continue;
    }
    let length = 1;
    for (unit = cursor.unit(1); isUriCharacter(unit) && unit !== PERCENT; unit = cursor.unit(length)) length++;
    parts.push(cursor.take(length));
  }
  if (parts.length === 0) throw badTag(cursor, start);
  return parts.join('');
}

/** `%41%c3%a9`: bytes of UTF-8. */
function scanEscapes(cursor: Cursor, start: number): string {
  let length = 0;
  while (cursor.unit(length) === PERCENT) {
    if (!isHexDigit(cursor.unit(length + 1)) || !isHexDigit(cursor.unit(length + 2))) throw badTag(cursor, start);
    length += 3;
  }
  const escaped = cursor.take(length);
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw badTag(cursor, start);
  }
}

function badTag(cursor: Cursor, start: number): YamlFault {
  const message =
    'An ! at the start of a value is a tag, and this is not written as one. Put the value in quotes if the ! belongs to it.';
  const code = cursor.unit() === TAB ? 'yaml-tab' : 'yaml-tag';
  return new YamlFault(problemAt(start, cursor.lineEnd(start), message, code), cursor.at, start);
}
