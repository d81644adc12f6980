import { beginsComment } from './openBrackets';
import { closingQuote } from './textLines';

/**
 * How much of a text belongs to the value that it begins with and the cursor is in, on its line.
 *
 * @param isFlow whether it stands in brackets
 */
export function scalarEnd(text: string, at: number, isFlow: boolean): number {
  const quote = text.startsWith('"') || text.startsWith("'") ? text[0] : undefined;
  const closed = quote === undefined ? undefined : closingQuote(text, quote);
  if (closed !== undefined && closed >= at) return closed;
  let end = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\n' || character === '\r' || beginsComment(text, i)) break;
    if (isFlow && (character === ',' || character === '}' || character === ']')) break;
    if (character !== ' ' && character !== '\t') end = i + 1;
  }
  return Math.max(end, at);
}
