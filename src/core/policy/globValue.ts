import { addRun, ANY, codePoints, parseGlob, type Glob, type GlobToken } from './glob';
import { PyError } from './pyError';
import { pyKey } from './pyEquality';
import { isBytes, isList, isMapping, isSet, pyNoun, pyTypeName } from './pyValues';
import type { PyMapping, PyValue } from './yamlTree';

/**
 * The pattern that the reference makes of whatever stands for one. Python does not ask whether it is a text, but takes items one by one:
 * a list of texts loads, and matches them written one after the other (`[read, "*"]` is `read*`). What has no items is refused: the
 * TypeError for a number that is meant where patterns are said to be texts.
 *
 * @throws PyError as `fnmatch.translate` of CPython 3.11 does.
 */
export function globOfValue(value: PyValue): Glob {
  if (typeof value === 'string') return parseGlob(value);
  if (isList(value)) return globOfItems(value);
  if (isMapping(value)) return globOfMapping(value);
  if (isSet(value) && value.items.length > 0)
    throw new PyError('TypeError', "'set' object is not subscriptable", 'a set is no pattern');
  if (isBytes(value) && value.bytes.length > 0) throw notDecoded('int', 'binary data');
  if (isBytes(value) || isSet(value)) return { tokens: [] };
  throw new PyError(
    'TypeError',
    `object of type '${pyTypeName(value)}' has no len()`,
    `${pyNoun(value)} is no pattern`,
  );
}

function globOfItems(all: readonly PyValue[]): Glob {
  const tokens: GlobToken[] = [];
  all.forEach((item, i) => {
    if (item === '*') addRun(tokens);
    else if (item === '?') tokens.push(ANY);
    else if (item === '[') tokens.push(openBracket(all, i));
    else if (typeof item === 'string') {
      for (const point of codePoints(item)) tokens.push({ kind: 'literal', point });
    } else if (!isBytes(item)) throw notDecoded(pyTypeName(item), pyNoun(item));
  });
  // Python finds these when it puts the pieces together, which it does between runs first.
  const bytes = Math.max(
    all.findIndex(isBytes),
    all.findIndex((item, i) => isBytes(item) && all.lastIndexOf('*', i) >= 0),
  );
  if (bytes >= 0) {
    const piece = bytes - all.lastIndexOf('*', bytes) - 1;
    throw new PyError(
      'TypeError',
      `sequence item ${piece}: expected str instance, bytes found`,
      'binary data is no pattern',
    );
  }
  return { tokens };
}

/** A bracket that is not closed is one; what is between brackets Python takes for a text, which an item of a list is not. */
function openBracket(items: readonly PyValue[], at: number): GlobToken {
  let from = items[at + 1] === '!' ? at + 2 : at + 1;
  if (items[from] === ']') from++;
  const end = items.indexOf(']', from);
  if (end === -1) return { kind: 'literal', point: '['.charCodeAt(0) };
  const missing = items.slice(at + 1, end).includes('-') ? 'find' : 'replace';
  throw new PyError('AttributeError', `'list' object has no attribute '${missing}'`, 'a list is no pattern');
}

/** Python takes the items 0, 1, … of whatever it is given; a mapping may have them. */
function globOfMapping({ entries }: PyMapping): Glob {
  const members = new Map(entries.map(([key, value]) => [pyKey(key), value]));
  const items: PyValue[] = [];
  for (let i = 0n; members.has(pyKey(i)); i++) items.push(members.get(pyKey(i))!);
  const glob = globOfItems(items);
  if (items.length === entries.length) return glob;
  throw new PyError('KeyError', String(items.length), 'a mapping is no pattern');
}

function notDecoded(type: string, noun: string): PyError {
  return new PyError('TypeError', `decoding to str: need a bytes-like object, ${type} found`, `${noun} is no pattern`);
}
