import { enter, ITEM, NOWHERE, type Container } from './containers';
import { beginsComment, beginsQuote } from './openBrackets';
import { scalarEnd } from './scalarEnd';
import { keyAt, valueStart } from './textLines';
import type { WrittenPlace } from './writtenPlace';

/** A bracket that is open. */
interface Open {
  readonly container: Container;
  readonly isMapping: boolean;
  readonly keys: Set<string>;
  /** Where the part between commas begins that is being read. */
  start: number;
}

/**
 * What is being written within brackets.
 *
 * @param text begins with the first of them
 * @param container what the value is that they hold
 * @returns undefined where no bracket is open at the place, or it is in a comment.
 */
export function flowContext(text: string, at: number, container: Container): WrittenPlace | undefined {
  const open: Open[] = [];
  let quote: string | undefined;
  for (let i = 0; i < at; i++) {
    const character = text[i];
    if (quote !== undefined) {
      if (character === '\\' && quote === '"') i++;
      else if (character === quote) quote = undefined;
      continue;
    }
    const last = open.at(-1);
    if (beginsComment(text, i)) {
      i = lineEnd(text, i);
      if (i >= at) return undefined;
      if (last !== undefined && text.slice(last.start, i).trimStart().startsWith('#')) last.start = i;
    } else if (character === '{' || character === '[') {
      const isList = character === '[';
      const inner = innerOf(last, text, i, container);
      // Brackets of the other kind than is expected hold nothing that the loader reads.
      const isExpected = isList === inner.isList;
      open.push({ container: isExpected ? inner : NOWHERE, isMapping: !isList, keys: new Set(), start: i + 1 });
    } else if (last === undefined) return undefined;
    else if (beginsQuote(text, i)) quote = character;
    else if (character === '}' || character === ']') open.pop();
    else if (character === ',') {
      takeKey(last, text.slice(last.start, i));
      last.start = i + 1;
    }
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const lead = leadOf(last, text, at);
  // In front of what stands there already, nothing is written.
  if (lead === at && /^[ \t]+[^\s,}\]#]/.test(text.slice(at, lineEnd(text, at)))) return undefined;
  takeKeysBehind(last, text, at);
  return last.isMapping ? inMapping(last, text, lead, at) : inList(last, text, lead, at);
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from).search(/[\r\n]/);
  return end === -1 ? text.length : from + end;
}

/** What a bracket holds: the value of the key before it, an item of a list, or all that the value is. */
function innerOf(last: Open | undefined, text: string, at: number, whole: Container): Container {
  if (last === undefined) return whole;
  if (!last.isMapping) return enter(last.container, ITEM);
  const key = keyAt(text.slice(last.start, at).trimStart());
  return key === undefined ? NOWHERE : enter(last.container, key.key);
}

function takeKey({ keys }: Open, part: string): void {
  const key = keyAt(part.trimStart());
  if (key !== undefined) keys.add(key.key);
}

/** Keys that stand behind the cursor in the same brackets, as far as they are easily told. */
function takeKeysBehind(last: Open, text: string, at: number): void {
  const end = text.slice(at).search(/[}\]]/);
  const rest = end === -1 ? text.slice(at, lineEnd(text, at)) : text.slice(at, at + end);
  for (const part of rest.split(',').slice(1)) takeKey(last, part);
}

function inMapping(last: Open, text: string, lead: number, at: number): WrittenPlace {
  const part = text.slice(lead);
  const key = keyAt(part);
  const valueIn = key && valueStart(key, at - lead);
  if (key !== undefined && valueIn !== undefined) {
    const inner = enter(last.container, key.key);
    return { kind: 'value', container: inner, isItem: false, span: within(text, lead + valueIn, at), siblings: NONE };
  }
  const word = /^["']?[\w-]*["']?/.exec(text.slice(at))![0].length;
  const end = key === undefined ? at + word : lead + key.colonEnd - 1;
  return {
    kind: 'key',
    container: last.container,
    isItem: false,
    span: { start: lead, end: Math.max(end, at) },
    hasColon: key !== undefined,
    siblings: last.keys,
  };
}

function inList(last: Open, text: string, lead: number, at: number): WrittenPlace {
  const { container } = last;
  const span = within(text, lead, at);
  return { kind: 'value', container: enter(container, ITEM), isItem: true, span, siblings: NONE };
}

const NONE: ReadonlySet<string> = new Set();

/** Where the part between commas begins that the cursor is in, but on its line. */
function leadOf({ start }: Open, text: string, at: number): number {
  const part = text.slice(start, at);
  const lead = start + part.length - part.trimStart().length;
  const lineStart = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  return Math.max(lead, Math.min(lineStart, at));
}

function within(text: string, start: number, at: number): { start: number; end: number } {
  return { start, end: start + scalarEnd(text.slice(start), at - start, true) };
}
