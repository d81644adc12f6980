import { visible } from '../../core/text/visible';

/** A part of a shown text. */
export interface TextRun {
  readonly text: string;
  /** What is meant by it: the log's own characters, an escape for characters that would act, or the end of a line. */
  readonly kind: 'plain' | 'escape' | 'break';
}

/** Characters that act lie close together or are few; a text made to have more is drawn in one run from there on. */
const MOST_RUNS = 4000;
const PIECE = 256;

/**
 * Splits a text out of a log into what is written there and what stands for characters that are not to act, so that the
 * two can be told apart.
 *
 * @param limit characters; what is longer ends in `…`.
 * @param hasLines whether a line feed ends a line, beside being shown.
 * @param mostRuns runs from which on the rest is one.
 */
export function textRuns(text: string, limit: number, hasLines = false, mostRuns = MOST_RUNS): TextRun[] {
  const kept = cut(text, limit);
  const end = kept.length < text.length ? '…' : '';
  const runs = new Runs(mostRuns);
  for (let start = 0; start < kept.length;) {
    const piece = cut(kept.slice(start), PIECE);
    if (isHarmless(piece)) runs.add(piece, 'plain');
    else if (runs.isFull) {
      runs.add(visible(kept.slice(start), Infinity), 'escape');
      break;
    } else for (const character of piece) addCharacter(runs, character, hasLines);
    start += piece.length;
  }
  if (end !== '') runs.add(end, 'plain');
  return runs.list;
}

function addCharacter(runs: Runs, character: string, hasLines: boolean): void {
  if (character === '\n' && hasLines) {
    runs.add('\\n', 'escape');
    runs.add('\n', 'break');
    return;
  }
  const shown = visible(character);
  runs.add(shown, shown === character ? 'plain' : 'escape');
}

/** Characters of a long text that are drawn together. */
const CHUNK = 8192;

/**
 * A long text in pieces, of which a browser need only lay out those that are in sight: after a line feed where there is one,
 * and in any case after so many characters.
 */
export function textChunks(text: string): TextRun[][] {
  const chunks: TextRun[][] = [];
  let left = MOST_RUNS;
  for (let start = 0; start < text.length;) {
    const part = cut(text.slice(start, start + CHUNK + 1), CHUNK);
    const lineEnd = start + part.length < text.length ? part.lastIndexOf('\n') : -1;
    const chunk = lineEnd > 0 ? part.slice(0, lineEnd + 1) : part;
    const runs = textRuns(chunk, Infinity, true, left);
    // The block that it is in ends the line.
    if (runs.at(-1)?.kind === 'break') runs.pop();
    left = Math.max(0, left - runs.length);
    chunks.push(runs);
    start += chunk.length;
  }
  return chunks;
}

/** Neighbours of one kind are one run. */
class Runs {
  readonly list: { text: string; kind: TextRun['kind'] }[] = [];

  constructor(private readonly most: number) {}

  get isFull(): boolean {
    return this.list.length >= this.most;
  }

  add(text: string, kind: TextRun['kind']): void {
    const last = this.list.at(-1);
    if (last?.kind === kind && kind !== 'break') last.text += text;
    else this.list.push({ text, kind });
  }
}

function isHarmless(text: string): boolean {
  return visible(text, Infinity) === text;
}

/** Never through the middle of a character that takes two. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}
