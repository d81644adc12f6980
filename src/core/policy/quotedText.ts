/**
 * A text in double quotes, on one line, that every reader of YAML 1.1 takes for that text. What the loader refuses in a file (controls,
 * a lone surrogate) or takes for a line break or a byte order mark is written as an escape, so that any text can be written.
 */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
