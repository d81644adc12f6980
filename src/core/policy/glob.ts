import { Work } from './pyError';
import { readGlobSet, type GlobSet } from './globSet';

/**
 * The patterns of a rule, as Python's `fnmatch.translate` reads them (CPython 3.11): the whole text, by code point, the same case;
 * `*`, `?` and `[…]` take any character, line ends, `/` and a leading `.` too; there is no escape.
 */
export interface Glob {
  /** No two runs stand side by side. */
  readonly tokens: readonly GlobToken[];
}

export type GlobToken =
  | { readonly kind: 'literal'; readonly point: number }
  /** Any one character. */
  | { readonly kind: 'any' }
  /** Any characters, also none. */
  | { readonly kind: 'run' }
  | GlobSet;

export const ANY: GlobToken = { kind: 'any' };
export const RUN: GlobToken = { kind: 'run' };

export function parseGlob(pattern: string): Glob {
  const points = codePoints(pattern);
  const tokens: GlobToken[] = [];
  // Where the search for a closing bracket has once failed, it need not be made again.
  let mayClose = true;
  for (let at = 0; at < points.length;) {
    const point = points[at++];
    if (point === STAR) addRun(tokens);
    else if (point === QUESTION) tokens.push(ANY);
    else {
      const end = point === OPEN && mayClose ? endOfSet(points, at) : -1;
      if (point === OPEN && end === -1) mayClose = false;
      if (end === -1) tokens.push({ kind: 'literal', point });
      else {
        tokens.push(readGlobSet(points.slice(at, end)));
        at = end + 1;
      }
    }
  }
  return { tokens };
}

const [STAR, QUESTION, OPEN, CLOSE, BANG] = ['*', '?', '[', ']', '!'].map((character) => character.charCodeAt(0));

/** Several in a row are one. */
export function addRun(tokens: GlobToken[]): void {
  if (tokens.at(-1) !== RUN) tokens.push(RUN);
}

/** Where the bracket stands that closes a set; one right at its start, or behind its `!`, is in it. -1 where there is none. */
function endOfSet(points: readonly number[], start: number): number {
  let from = points[start] === BANG ? start + 1 : start;
  if (points[from] === CLOSE) from++;
  return points.indexOf(CLOSE, from);
}

/** A text as `matchesGlob` takes it; a lone surrogate is a character of its own. */
export function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}

/**
 * Whether a text matches. Takes at most as many steps as the text has characters times the pattern has tokens, whatever they are:
 * of several runs only the last is ever tried again.
 *
 * @throws TooMuchWork
 */
export function matchesGlob({ tokens }: Glob, points: readonly number[], work = new Work()): boolean {
  let [token, at] = [0, 0];
  let [runToken, runAt] = [-1, 0];
  let steps = 0;
  while (at < points.length) {
    // A step is a small thing here: several cost one.
    if (++steps % 1024 === 0) work.spend(256);
    if (token < tokens.length && tokens[token] === RUN) {
      [runToken, runAt] = [token++, at];
      if (token === tokens.length) return true;
    } else if (token < tokens.length && takes(tokens[token], points[at])) {
      token++;
      at++;
    } else if (runToken !== -1) {
      token = runToken + 1;
      at = ++runAt;
    } else return false;
  }
  if (tokens[token] === RUN) token++;
  return token === tokens.length;
}

/** Whether a token that stands for one character can stand for this one. */
export function takes(token: GlobToken, point: number): boolean {
  switch (token.kind) {
    case 'literal':
      return token.point === point;
    case 'set':
      return token.ranges.some(([first, last]) => point >= first && point <= last) !== token.isNegated;
    default:
      return true;
  }
}
