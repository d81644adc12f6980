/**
 * Patterns of a filter: text in which `*` stands for any run of characters and `?` for any one. No regular expression is made of
 * them: the pattern may come from anywhere, and so does the text that it is held against.
 */

export const ANY = 0;
export const ONE = 1;

/** A run of text, taken as it is, or a wildcard. */
export type Piece = string | typeof ANY | typeof ONE;

/** Says of a text in the form of `folded` whether it is as the pattern wants it. */
export type Matcher = (text: string) => boolean;

/** A text in the form in which two that differ only in case are the same. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  // The lower case of a sigma depends on what stands behind it, which a part of a text does not know.
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}

/** All of the text must be as the pattern says. */
export function wholeMatcher(pattern: readonly Piece[]): Matcher {
  const literal = literalOf(pattern);
  if (literal !== undefined) return (text) => text === literal;
  const codes = codesOf(pattern);
  return (text) => matches(codes, text);
}

/** Some part of the text must be as the pattern says. */
export function partMatcher(pattern: readonly Piece[]): Matcher {
  const literal = literalOf(pattern);
  return literal === undefined ? wholeMatcher([ANY, ...pattern, ANY]) : (text) => text.includes(literal);
}

export function isWild(pattern: readonly Piece[]): boolean {
  return pattern.some((piece) => typeof piece !== 'string');
}

/** The text of a pattern that has no wildcard; undefined where it has one. */
function literalOf(pattern: readonly Piece[]): string | undefined {
  return isWild(pattern) ? undefined : folded(pattern.join(''));
}

const ANY_CODE = -1;
const ONE_CODE = -2;

/** The pattern by UTF-16 unit. */
function codesOf(pattern: readonly Piece[]): Int32Array {
  const codes: number[] = [];
  for (const piece of pattern) {
    if (piece === ONE) codes.push(ONE_CODE);
    else if (piece === ANY) {
      if (codes.at(-1) !== ANY_CODE) codes.push(ANY_CODE);
    } else {
      const text = folded(piece);
      for (let i = 0; i < text.length; i++) codes.push(text.charCodeAt(i));
    }
  }
  return Int32Array.from(codes);
}

/**
 * Goes back to the last `*` only, for an earlier one can do no more than that one: the time is at worst the text's length times
 * that of the pattern, which is limited.
 */
function matches(codes: Int32Array, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    const code = at < codes.length ? codes[at] : undefined;
    if (code === ANY_CODE) {
      star = at++;
      resume = place;
    } else if (code === ONE_CODE) {
      at++;
      place += isPair(text, place) ? 2 : 1;
    } else if (code === text.charCodeAt(place)) {
      at++;
      place++;
    } else if (star === -1) {
      return false;
    } else {
      at = star + 1;
      place = ++resume;
    }
  }
  while (codes[at] === ANY_CODE) at++;
  return at === codes.length;
}

/** Whether one character stands there in two units. */
function isPair(text: string, place: number): boolean {
  const isHigh = (text.charCodeAt(place) & 0xfc00) === 0xd800;
  return isHigh && (text.charCodeAt(place + 1) & 0xfc00) === 0xdc00;
}
