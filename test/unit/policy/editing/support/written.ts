import * as assert from 'node:assert/strict';
import { completePolicy, type PolicyCompletion } from '../../../../../src/core/policy/editing/completion';
import type { RecordedWords } from '../../../../../src/core/policy/editing/recordedWords';

/** A text with a cursor in it, and what the editor makes of a choice. */

export interface Written {
  readonly text: string;
  readonly offset: number;
}

/** @param marked has `‸` where the cursor is. */
export function at(marked: string): Written {
  const offset = marked.indexOf('‸');
  assert.notEqual(offset, -1, 'no cursor');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

const NOTHING_RECORDED: RecordedWords = { types: [], targets: [], agents: [] };

export function offered(marked: string, recorded: RecordedWords = NOTHING_RECORDED): PolicyCompletion[] {
  const { text, offset } = at(marked);
  return completePolicy(text, offset, recorded);
}

export function labels(marked: string, kind?: PolicyCompletion['kind']): string[] {
  return offered(marked)
    .filter((each) => kind === undefined || each.kind === kind)
    .map(({ label }) => label);
}

/** The text after an offer was taken, with all places that are to be filled in left as they are. */
export function accepted(marked: string, label: string, recorded: RecordedWords = NOTHING_RECORDED): string {
  const found = offered(marked, recorded).find((each) => each.label === label);
  assert.ok(found, `${label} is not offered in\n${marked}`);
  return taken(at(marked).text, found);
}

/** As VS Code does it: lines behind the first get the white space that the line begins with, and the file's line ends. */
export function taken(text: string, { span, insert, isSnippet }: PolicyCompletion): string {
  const lineStart = Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart, span.start))![0];
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const lines = (isSnippet ? filledIn(insert) : insert).split('\n');
  return text.slice(0, span.start) + lines.join(`${lineEnd}${indentation}`) + text.slice(span.end);
}

/** What a snippet is before anything is typed: each place has its own text, each choice its first word. */
export function filledIn(snippet: string): string {
  let result = '';
  for (let i = 0; i < snippet.length; i++) {
    if (snippet[i] === '\\' && /[\\$}]/.test(snippet[i + 1] ?? '')) result += snippet[++i];
    else if (snippet[i] === '$') {
      const [whole, number, name, content = '', choices] =
        /^\$(?:(\d+)|([A-Za-z_]\w*)|\{\d+(?::((?:[^\\}]|\\[^])*)|\|((?:[^\\|]|\\[^])*)\|)?\})/.exec(snippet.slice(i)) ??
        assert.fail(`no place of a snippet: ${snippet.slice(i)}`);
      assert.equal(name, undefined, `a variable of the editor: ${snippet}`);
      if (number === undefined) result += choices === undefined ? unescaped(content) : unescaped(choices.split(',')[0]);
      i += whole.length - 1;
    } else result += snippet[i];
  }
  return result;
}

function unescaped(text: string): string {
  return text.replace(/\\([\\$},|])/g, '$1');
}
