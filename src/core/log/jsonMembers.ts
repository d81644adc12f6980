/** A member of an object as it is written: its name read, its value as the text that stands there. */
export interface RawMember {
  readonly name: string;
  readonly value: string;
}

/**
 * The members of the object that a text is, in its order; undefined where it is no object. Values are not read, so that a number keeps
 * its spelling. For a text that is known to be JSON: what is between the members' names is not judged.
 */
export function membersOf(text: string): RawMember[] | undefined {
  const members: RawMember[] = [];
  let at = afterSpace(text, 0);
  if (text[at] !== '{') return undefined;
  at = afterSpace(text, at + 1);
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at);
    const written = text.slice(at + 1, nameEnd - 1);
    const name = written.includes('\\') ? readString(text.slice(at, nameEnd)) : written;
    const colon = afterSpace(text, nameEnd);
    if (name === undefined || text[colon] !== ':') return undefined;
    const start = afterSpace(text, colon + 1);
    const end = endOfValue(text, start);
    members.push({ name, value: text.slice(start, end).trimEnd() });
    at = afterSpace(text, end);
    if (text[at] !== ',') break;
    at = afterSpace(text, at + 1);
  }
  return text[at] === '}' ? members : undefined;
}

/** The text that a JSON string stands for; undefined where it is none. */
export function readString(source: string): string | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function afterSpace(text: string, at: number): number {
  while (at < text.length && ' \t\n\r'.includes(text[at])) at++;
  return at;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end + 1;
}

/** Whether an odd number of backslashes stands before a place: they escape each other, and the last of them what is there. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (depth === 0) return at;
      depth--;
    } else if (character === ',' && depth === 0) return at;
    at++;
  }
  return at;
}
