import { pythonRepr } from '../../json/pythonRepr';
import { isFlagLetter, parseFlags, type FlagChange } from './flags';
import type { Groups } from './groups';
import { lengthOf, type PatternReader } from './patternReader';
import type { Node } from './syntax';
import { pythonInt } from './pythonInt';
import { isIdentifier } from './unicode';

/** What a parenthesis begins. The parts with `body` go on to their `)`; the others end here. */
export type GroupOpening =
  | { readonly op: 'comment' }
  | { readonly op: 'flags'; readonly change: FlagChange }
  | { readonly op: 'reference'; readonly node: Node }
  | { readonly op: 'capture'; readonly name: string | undefined }
  | { readonly op: 'plain'; readonly add: number; readonly remove: number }
  | { readonly op: 'atomic' }
  | { readonly op: 'look'; readonly isBehind: boolean; readonly isNegated: boolean }
  | { readonly op: 'condition'; readonly group: number };

/** Python's greatest number of groups, and one more than the greatest number that a condition may name. */
const MAX_GROUPS = 1073741823n;

/** Reads what follows a `(`. @param start the place of the `(`, in code points */
export function parseGroupOpening(reader: PatternReader, groups: Groups, start: number): GroupOpening {
  if (!reader.match('?')) return { op: 'capture', name: undefined };
  const token = takeOf(reader);
  switch (token) {
    case 'P':
      return parseNamed(reader, groups);
    case ':':
      return { op: 'plain', add: 0, remove: 0 };
    case '>':
      return { op: 'atomic' };
    case '#':
      skipComment(reader, start);
      return { op: 'comment' };
    case '=':
    case '!':
      return { op: 'look', isBehind: false, isNegated: token === '!' };
    case '<':
      return parseLookbehind(reader);
    case '(':
      return { op: 'condition', group: parseCondition(reader, groups) };
  }
  if (token !== '-' && !isFlagLetter(token)) throw unknownExtension(reader, token);
  const change = parseFlags(reader, token);
  return change.isGlobal ? { op: 'flags', change } : { op: 'plain', add: change.add, remove: change.remove };
}

function takeOf(reader: PatternReader): string {
  const token = reader.get();
  if (token === undefined) throw reader.problem('unexpected end of pattern');
  return token;
}

function unknownExtension(reader: PatternReader, extension: string): Error {
  return reader.problem(`unknown extension ?${extension}`, lengthOf(extension) + 1);
}

/** `(?P<name>` or `(?P=name)` */
function parseNamed(reader: PatternReader, groups: Groups): GroupOpening {
  if (reader.match('<')) {
    const name = reader.getUntil('>', 'group name');
    checkName(reader, name);
    return { op: 'capture', name };
  }
  if (!reader.match('=')) throw unknownExtension(reader, `P${takeOf(reader)}`);
  const name = reader.getUntil(')', 'group name');
  checkName(reader, name);
  const group = groups.numberOf(name, reader);
  const width = groups.widthOf(group, reader, lengthOf(name) + 1);
  return { op: 'reference', node: { op: 'reference', group, width } };
}

function checkName(reader: PatternReader, name: string): void {
  if (!isIdentifier(name)) throw badName(reader, name);
}

function badName(reader: PatternReader, name: string): Error {
  return reader.problem(`bad character in group name ${pythonRepr(name)}`, lengthOf(name) + 1);
}

function skipComment(reader: PatternReader, start: number): void {
  do {
    if (reader.next === undefined) throw reader.problem('missing ), unterminated comment', reader.position - start);
  } while (reader.get() !== ')');
}

function parseLookbehind(reader: PatternReader): GroupOpening {
  const token = takeOf(reader);
  if (token !== '=' && token !== '!') throw unknownExtension(reader, `<${token}`);
  return { op: 'look', isBehind: true, isNegated: token === '!' };
}

/** The group that `(?(…)` asks for, by its name or number. One by number may yet come. */
function parseCondition(reader: PatternReader, groups: Groups): number {
  const name = reader.getUntil(')', 'group name');
  const group = isIdentifier(name) ? groups.numberOf(name, reader) : numberIn(reader, name);
  if (!isIdentifier(name) && !groups.awaited.has(group))
    groups.awaited.set(group, reader.position - lengthOf(name) - 1);
  groups.checkLookbehind(group, reader);
  return group;
}

function numberIn(reader: PatternReader, name: string): number {
  const number = pythonInt(name);
  if (number === undefined || number < 0n) throw badName(reader, name);
  if (number === 0n) throw reader.problem('bad group number', lengthOf(name) + 1);
  if (number >= MAX_GROUPS) throw reader.problem(`invalid group reference ${number}`, lengthOf(name) + 1);
  return Number(number);
}
