import type { ScalarNode } from '../yamlTree';
import type { Edit, Fix } from './diagnostic';

/** Changes of single values, so that the rest of the text stays as it is. */

/** A value as a text in quotes. */
export function quoted(text: string): string {
  return /^[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** The value with other content, quoted as it was. */
export function rewritten({ span, style }: ScalarNode, content: string): Edit {
  const isWord = /^[\w-]+$/.test(content);
  if (style === 'single' && isWord) return { span, text: `'${content}'` };
  return { span, text: style === 'double' || !isWord ? quoted(content) : content };
}

export function quoteFix(node: ScalarNode, content = node.text, isSafe = false): Fix {
  return {
    title: `Write ${quoted(content)} in quotes`,
    edits: [{ span: node.span, text: quoted(content) }],
    isPreferred: true,
    isSafe,
  };
}

/** One fix for each of the words that a value may have meant; a single one is to be preferred, and is safe. */
export function wordFixes(node: ScalarNode, words: readonly string[], isSafe = words.length === 1): Fix[] {
  return words.map((word) => ({
    title: `Replace by "${word}"`,
    edits: [rewritten(node, word)],
    // Of several, who only asks for a fix would get the first, which may be the laxest.
    isPreferred: words.length === 1,
    isSafe,
  }));
}
