import type { Node } from 'jsonc-parser';
import type { Splice } from './splice';

/** How a text of JSON is laid out, so that what is put into it looks like the rest. */
export interface Layout {
  /** Undefined where all of it stands on one line. */
  readonly indent: string | undefined;
  readonly eol: string;
}

export function layoutOf(text: string): Layout {
  const isOneLine = !/[\r\n]/.test(text.trim()) && !/^\s*\{\s*\}\s*$/.test(text);
  return {
    indent: isOneLine ? undefined : (/^([ \t]+)\S/m.exec(text)?.[1] ?? '  '),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/**
 * Puts a member or an element behind the last one, and changes no other character.
 *
 * @param into an object, where `key` is given, or a list.
 */
export function insertion(text: string, into: Node, key: string | undefined, value: unknown, layout: Layout): Splice {
  const { indent, eol } = layout;
  const last = into.children?.at(-1);
  const start = last === undefined ? into.offset + 1 : last.offset + last.length;
  const name = key === undefined ? '' : `${JSON.stringify(key)}: `;
  const lead = last === undefined ? leadOf(text, into.offset) + (indent ?? '') : leadBefore(text, last.offset);
  if (indent === undefined || lead === undefined) {
    const item = name + JSON.stringify(value);
    return { start, inserted: last === undefined ? item : `, ${item}`, replaced: '' };
  }
  const item = eol + lead + name + JSON.stringify(value, null, indent).replaceAll('\n', eol + lead);
  if (last !== undefined) return { start, inserted: `,${item}`, replaced: '' };
  const isHollow = /^[}\]]/.test(text.slice(start));
  return { start, inserted: isHollow ? item + eol + leadOf(text, into.offset) : item, replaced: '' };
}

/** The white space with which the line of a place begins. */
function leadOf(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))![0];
}

/** The same, where nothing else stands before the place in its line. */
function leadBefore(text: string, offset: number): string | undefined {
  const lead = leadOf(text, offset);
  return text.lastIndexOf('\n', offset - 1) + 1 + lead.length === offset && offset > 0 ? lead : undefined;
}
