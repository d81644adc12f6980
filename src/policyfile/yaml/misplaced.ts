import type { YamlProblem } from '../../core/policy/yamlTree';
import { YamlFault, problemAt } from './fault';
import type { Scanner } from './scanner';
import type { Token } from './tokens';

/**
 * What a person wrote where a token cannot stand.
 *
 * @param opened of the collection around it.
 */
export function misplaced(token: Token, opened: Token | undefined, scanner: Scanner): YamlFault {
  const { start, end } = extentOf(token, scanner);
  if (opened !== undefined && isBracket(opened) && token.kind === 'stream-end') return unclosed(opened, token);
  const from = opened !== undefined && isBracket(opened) ? opened.start : token.start;
  return new YamlFault(problemAt(start, end, sentenceFor(token, opened)), token.start, from);
}

/** Behind an item in brackets stands neither a comma nor the closing bracket. */
export function unclosedOrMissingComma(opened: Token, scanner: Scanner): YamlFault {
  const token = scanner.peek();
  // A line that is no further in than what the brackets are the value of is not meant to be in them.
  const line = scanner.cursor.lineOf(token.start);
  const isOutside = line.start > opened.start && line.indent <= scanner.blockColumn;
  if (token.kind === 'stream-end' || isOutside) return unclosed(opened, token);
  const { start, end } = extentOf(token, scanner);
  const message =
    'Inside brackets, a comma must stand before this. Write one, or close the bracket, or put the text in quotes.';
  return new YamlFault(problemAt(start, end, message), token.start, opened.start);
}

function unclosed(opened: Token, found: Token): YamlFault {
  const problem = neverClosed(opened.start, opened.kind === 'flow-sequence-start' ? '[' : '{');
  return new YamlFault(problem, found.start, opened.start);
}

export function neverClosed(start: number, bracket: '[' | '{'): YamlProblem {
  const close = bracket === '[' ? ']' : '}';
  const message = `This ${bracket} is never closed. Write ${close} behind its last item, or put the text in quotes.`;
  return problemAt(start, start + 1, message);
}

function isBracket({ kind }: Token): boolean {
  return kind === 'flow-sequence-start' || kind === 'flow-mapping-start';
}

/** A mark of no length says what follows it: to the end of the line. */
function extentOf({ start, end }: Token, scanner: Scanner): { start: number; end: number } {
  return { start, end: end > start ? end : scanner.cursor.lineEnd(start) };
}

function sentenceFor(token: Token, opened: Token | undefined): string {
  switch (token.kind) {
    case 'block-mapping-start':
    case 'block-sequence-start':
    case 'key':
      return 'The indentation of this line fits none of the lines above. Indent it like the ones that it belongs to.';
    case 'block-entry':
      return opened?.kind === 'block-mapping-start'
        ? 'A list entry stands among keys. Indent it below the key that it belongs to.'
        : 'A list entry cannot stand here. Put it on a line of its own, or put the text in quotes.';
    case 'value':
      return 'A key must stand before this colon. Write it, or put the text in quotes if the colon belongs to it.';
    case 'flow-sequence-end':
    case 'flow-mapping-end':
      return 'This bracket closes none that is open. Remove it, or put the text in quotes.';
    case 'flow-entry':
      return 'A comma cannot stand here. Put the text in quotes if it belongs to it.';
    case 'scalar':
    case 'flow-sequence-start':
    case 'flow-mapping-start':
      return 'This follows a value that has ended. Put all of the text in quotes, or put this on a line of its own.';
    case 'alias':
      return 'A * stands for another place of the file, and it follows a value that has ended. Put all of the text in quotes.';
    case 'anchor':
    case 'tag':
      return 'Only a value can follow here. Put the text in quotes if the character belongs to it.';
    case 'document-end':
    case 'document-start':
    case 'directive':
    case 'stream-end':
    case 'block-end':
      return 'The value that must stand here is missing. Write it, or remove what it belongs to.';
  }
}
