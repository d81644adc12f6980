/**
 * A text as a cell of a comma-separated file that no spreadsheet takes for a formula, as OWASP advises
 * (owasp.org/www-community/attacks/CSV_Injection): an apostrophe stands before what would begin one. A number is left alone.
 *
 * Many spreadsheets divide such a file at semicolons, tabs or line ends too, depending on the person's language: what would begin a
 * formula behind one of those has an apostrophe as well.
 *
 * @param isFirst whether its row begins with it: where a spreadsheet does not divide at commas, all of the row is behind it.
 */
export function csvCell(text: string, isFirst: boolean): string {
  const safe = isNumber(text) && !isFirst ? text : defused(text);
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Those of full width are the same to spreadsheets of East Asia. */
const STARTS = /[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** No cell begins with one of these: what stands behind it may be taken for the cell's beginning. */
const NO_START = /[\t\r\n\0]/;

const DIVIDES = /[;\t\r\n]/;

/** White space and what cannot be seen, which a spreadsheet may leave out. */
const UNSEEN = /[\s\0\u200b-\u200f\u2060]/;

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** Walked by hand: a pattern for it takes forever over a text of line ends. */
function defused(text: string): string {
  if (!STARTS.test(text) && !NO_START.test(text)) return text;
  const parts: string[] = [];
  let done = 0;
  /** Whether a cell may begin here: in this file, or in one that is divided otherwise, where a quote may stand before it. */
  let mayBegin = true;
  let isDivided = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (mayBegin && (STARTS.test(character) || (i === 0 && NO_START.test(character)))) {
      parts.push(text.slice(done, i), "'");
      done = i;
      mayBegin = false;
    }
    if (DIVIDES.test(character)) mayBegin = isDivided = true;
    else if (!UNSEEN.test(character) && !(isDivided && character === '"')) mayBegin = false;
  }
  return [...parts, text.slice(done)].join('');
}
