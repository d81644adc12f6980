/**
 * Text out of a log, made fit to be shown anywhere: control, bidirectional and invisible characters and lone surrogates
 * become `\u{…}`, so that nothing in it acts on a terminal or turns the reading order; what is longer than `limit`
 * characters ends in `…`.
 */
export function visible(text: string, limit = 200): string {
  // Most text has nothing in it that acts.
  if (text.length <= limit && !ACTS.test(text)) return text;
  const shown: string[] = [];
  let count = 0;
  for (const character of text) {
    if (count++ === limit) {
      shown.push('…');
      break;
    }
    shown.push(ACTS.test(character) ? `\\u{${character.codePointAt(0)!.toString(16)}}` : character);
  }
  return shown.join('');
}

/**
 * Controls (Cc), formats (Cf: bidirectional, zero width, tags), lone surrogates (Cs), line and paragraph separators, and
 * what is drawn as nothing.
 */
const ACTS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
