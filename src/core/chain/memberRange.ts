/**
 * Where the value of a member stands in a line of a chain, in UTF-16 units, end exclusive; of a member that stands there
 * twice, the last, which is the one that counts. Undefined where the line has no such member or is no JSON object.
 */
export function memberRange(line: string, member: string): { start: number; end: number } | undefined {
  let found: { start: number; end: number } | undefined;
  let at = skipSpace(line, 0);
  if (line[at] !== '{') return undefined;
  at = skipSpace(line, at + 1);
  while (line[at] === '"') {
    const keyEnd = endOfText(line, at);
    const colon = skipSpace(line, keyEnd);
    if (line[colon] !== ':') break;
    const start = skipSpace(line, colon + 1);
    const end = endOfValue(line, start);
    if (textIs(line.slice(at, keyEnd), member)) found = { start, end };
    at = skipSpace(line, end);
    if (line[at] !== ',') break;
    at = skipSpace(line, at + 1);
  }
  return found;
}

function skipSpace(line: string, at: number): number {
  while (/\s/.test(line.charAt(at))) at++;
  return at;
}

/** Behind the closing quote of the text at `at`, or the end of the line. */
function endOfText(line: string, at: number): number {
  for (let i = at + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '"') return i + 1;
  }
  return line.length;
}

function endOfValue(line: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < line.length) {
    const c = line[at];
    if (c === '"') {
      at = endOfText(line, at);
      if (depth === 0) return at;
      continue;
    }
    if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') {
      if (depth === 0) break;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && c === ',') break;
    at++;
  }
  let end = at;
  while (end > start && /\s/.test(line.charAt(end - 1))) end--;
  return end;
}

function textIs(json: string, text: string): boolean {
  if (json === `"${text}"`) return true;
  try {
    return JSON.parse(json) === text;
  } catch {
    return false;
  }
}
