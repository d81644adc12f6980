import { isLetter } from './unicode';
import { lengthOf, type PatternReader } from './patternReader';

/** The bits that Python gives its flags. */
export const Flag = {
  template: 1,
  ignoreCase: 2,
  locale: 4,
  multiline: 8,
  dotAll: 16,
  unicode: 32,
  verbose: 64,
  ascii: 256,
} as const;

/** Which kind of classes and case rules; at most one of them is on. */
const TYPE_FLAGS = Flag.ascii | Flag.locale | Flag.unicode;

const LETTERS = new Map<string, number>([
  ['i', Flag.ignoreCase],
  ['L', Flag.locale],
  ['m', Flag.multiline],
  ['s', Flag.dotAll],
  ['x', Flag.verbose],
  ['a', Flag.ascii],
  ['t', Flag.template],
  ['u', Flag.unicode],
]);

export function isFlagLetter(token: string): boolean {
  return LETTERS.has(token);
}

export interface FlagChange {
  readonly add: number;
  readonly remove: number;
  /** `(?i)`: for the whole pattern, not for a group. */
  readonly isGlobal: boolean;
}

/** Reads the flags of `(?i)`, `(?i:`, `(?i-s:` or `(?-i:` after its first token, to behind the `)` or `:`. */
export function parseFlags(reader: PatternReader, first: string): FlagChange {
  let add = 0;
  let token = first;
  while (token !== ')' && token !== '-' && token !== ':') {
    const flag = LETTERS.get(token)!;
    if (flag === Flag.locale) throw reader.problem("bad inline flags: cannot use 'L' flag with a str pattern");
    add |= flag;
    if ((flag & TYPE_FLAGS) !== 0 && (add & TYPE_FLAGS) !== flag)
      throw reader.problem("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    token = nextFlag(reader, 'missing -, : or )', [')', '-', ':']);
  }
  if (token === ')') return { add, remove: 0, isGlobal: true };
  if ((add & Flag.template) !== 0) throw reader.problem('bad inline flags: cannot turn on global flag', 1);
  const remove = token === '-' ? removedFlags(reader) : 0;
  if ((remove & Flag.template) !== 0) throw reader.problem('bad inline flags: cannot turn off global flag', 1);
  if ((add & remove) !== 0) throw reader.problem('bad inline flags: flag turned on and off', 1);
  return { add, remove, isGlobal: false };
}

function removedFlags(reader: PatternReader): number {
  let remove = 0;
  let token = nextFlag(reader, 'missing flag', []);
  while (token !== ':') {
    const flag = LETTERS.get(token)!;
    if ((flag & TYPE_FLAGS) !== 0) throw reader.problem("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
    remove |= flag;
    token = nextFlag(reader, 'missing :', [':']);
  }
  return remove;
}

function nextFlag(reader: PatternReader, missing: string, ends: readonly string[]): string {
  const token = reader.get();
  if (token === undefined) throw reader.problem(missing);
  if (ends.includes(token) || isFlagLetter(token)) return token;
  throw reader.problem(isLetter(token) ? 'unknown flag' : missing, lengthOf(token));
}

/** The flags within a group that changes them. */
export function flagsWithin(flags: number, add: number, remove: number): number {
  const kept = (add & TYPE_FLAGS) !== 0 ? flags & ~TYPE_FLAGS : flags;
  return (kept | add) & ~remove;
}

/** Whether the two have different ideas of what a digit, a space or a letter is. */
export function haveSameClasses(a: number, b: number): boolean {
  return (a & Flag.unicode) === (b & Flag.unicode);
}
