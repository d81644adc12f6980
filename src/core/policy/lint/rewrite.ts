import { visible } from '../../text/visible';
import { quotedText } from '../quotedText';
import type { ScalarNode } from '../yamlTree';
import type { Edit, Fix } from './diagnostic';

/** Changes of single values, so that the rest of the text stays as it is. */

/** The value with other content, quoted as it was. */
export function rewritten({ span, style }: ScalarNode, content: string): Edit {
  const isWord = /^[\w-]+$/.test(content);
  if (style === 'single' && isWord) return { span, text: `'${content}'` };
  return { span, text: style === 'double' || !isWord ? quotedText(content) : content };
}

export function quoteFix(node: ScalarNode, content = node.text, isSafe = false): Fix {
  const text = quotedText(content);
  return {
    title: `Write ${visible(text, 60)} in quotes`,
    edits: [{ span: node.span, text }],
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
