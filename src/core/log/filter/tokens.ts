/** A term of a filter as it is written. Places are in the filter's text. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly negated: boolean;
  /** In lower case; undefined for a bare word. */
  readonly field: string | undefined;
  readonly values: readonly Value[];
  /** Where the values begin: behind the colon. */
  readonly valuesFrom: number;
}

export interface Value {
  readonly text: string;
  /** It stood in quotes: nothing in it is special. */
  readonly quoted: boolean;
  readonly from: number;
  readonly to: number;
  /** The closing quote is missing. */
  readonly open: boolean;
}

/** Takes a filter apart at its white space, quotes, colons and commas. Nothing is judged here. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) at++;
    else at = readToken(text, at, tokens);
  }
  return tokens;
}

function readToken(text: string, from: number, tokens: Token[]): number {
  const negated = text[from] === '-' && from + 1 < text.length && !isSpace(text[from + 1]);
  let at = negated ? from + 1 : from;
  const field = /^[A-Za-z_]{1,20}(?=:)/.exec(text.slice(at, at + 21))?.[0];
  if (field !== undefined) at += field.length + 1;
  const valuesFrom = at;
  const values: Value[] = [];
  do {
    if (values.length > 0) at++;
    const value = readValue(text, at, field !== undefined);
    values.push(value);
    at = value.to;
  } while (field !== undefined && text[at] === ',');
  tokens.push({ from, to: at, negated, field: field?.toLowerCase(), values, valuesFrom });
  return at;
}

function readValue(text: string, from: number, inList: boolean): Value {
  if (text[from] === '"') {
    const end = text.indexOf('"', from + 1);
    if (end === -1) return { text: text.slice(from + 1), quoted: true, from, to: text.length, open: true };
    return { text: text.slice(from + 1, end), quoted: true, from, to: end + 1, open: false };
  }
  let to = from;
  while (to < text.length && !isSpace(text[to]) && !(inList && text[to] === ',')) to++;
  return { text: text.slice(from, to), quoted: false, from, to, open: false };
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r' || character === '\u00a0';
}
