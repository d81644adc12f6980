/**
 * Text out of a log for a Markdown document: every character that could mean something there, or make a link (`https:`,
 * `www.`, `a@b`), is written as an entity, which is read only after all links and marks have been found.
 */
export function plainMarkdown(text: string): string {
  return text.replace(/[^A-Za-z0-9 ,]/gu, (character) => `&#${character.codePointAt(0)};`);
}
