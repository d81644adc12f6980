import type { YamlProblem } from '../../core/policy/yamlTree';
import { NOT_PRINTABLE } from './characters';
import { problemAt } from './fault';

export interface Printable {
  /** As long as the text, with U+FFFD for what is not printable. */
  readonly text: string;
  readonly problems: readonly YamlProblem[];
}

/** The loader refuses a text for one such character, wherever it stands: in a comment, or in quotes. */
export function withoutUnprintable(text: string, most: number): Printable {
  const problems: YamlProblem[] = [];
  const printable = text.replace(NOT_PRINTABLE, (character: string, offset: number) => {
    if (problems.length < most) {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      const message = `The loader refuses a file with the invisible character U+${code} in it. Remove it, or write it as "\\u${code}" in double quotes.`;
      problems.push(problemAt(offset, offset + 1, message));
    }
    return '\ufffd';
  });
  return { text: printable, problems };
}
