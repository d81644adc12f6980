import { visit, type Node } from 'jsonc-parser';
import { spliced, type Splice } from './splice';

/** A stretch of a text, in UTF-16 units. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Takes an element out of its list, or a member out of its object, with its comma, and with its lines where nothing else stands in them.
 * Comments before and behind it stay.
 *
 * @param node the element, or the member as a whole.
 */
export function withoutNode(text: string, node: Node): string {
  const siblings = node.parent!.children!;
  const at = siblings.indexOf(node);
  const { start, end } = stretchOf(node);
  // The comma behind it may be one that nothing follows.
  const stop = at + 1 < siblings.length ? siblings[at + 1].offset : endOf(node.parent!);
  const behind = commaIn(text, end, stop);
  const before = at > 0 && behind === undefined ? commaIn(text, endOf(siblings[at - 1]), start) : undefined;
  const comma = behind ?? before;
  const gone = comma === undefined ? [{ start, end }] : joined(text, { start, end }, { start: comma, end: comma + 1 });
  // From behind, so that the places before stay what they are.
  return gone
    .toSorted((one, other) => other.start - one.start)
    .reduce((made, stretch) => spliced(made, [removal(made, stretch)]), text);
}

/** Whether comments stand in a node, outside of another one within it. */
export function hasComments(text: string, node: Node, outside: Node): boolean {
  const { start, end } = stretchOf(outside);
  return commentsIn(text, node.offset, start) || commentsIn(text, end, endOf(node));
}

function stretchOf(node: Node): Stretch {
  return { start: node.offset, end: endOf(node) };
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** One stretch where only white space is between the two. */
function joined(text: string, one: Stretch, other: Stretch): Stretch[] {
  const [first, last] = one.start < other.start ? [one, other] : [other, one];
  return text.slice(first.end, last.start).trim() === '' ? [{ start: first.start, end: last.end }] : [one, other];
}

/** The whole lines, where nothing else stands in them; else what is left has no white space before it that belonged to what is gone. */
function removal(text: string, { start, end }: Stretch): Splice {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(\r?\n)?/.exec(text.slice(end))![0];
  const isAlone = text.slice(line, start).trim() === '' && line > 0 && rest.endsWith('\n');
  const [from, to] = isAlone ? [line, end + rest.length] : [start, end];
  return { start: from, inserted: '', replaced: text.slice(from, to) };
}

function commaIn(text: string, from: number, to: number): number | undefined {
  let found: number | undefined;
  visit(text, {
    onSeparator: (character, offset) => {
      if (character === ',' && offset >= from && offset < to) found ??= offset;
    },
  });
  return found;
}

function commentsIn(text: string, from: number, to: number): boolean {
  let isFound = false;
  visit(text, { onComment: (offset) => (isFound ||= offset >= from && offset < to) });
  return isFound;
}
