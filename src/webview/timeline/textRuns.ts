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
 */
export function textRuns(text: string, limit: number, hasLines = false): TextRun[] {
  const kept = cut(text, limit);
  const end = kept.length < text.length ? '…' : '';
  const runs = new Runs();
  for (let start = 0; start < kept.length;) {
    const piece = cut(kept.slice(start), PIECE);
    if (runs.isFull) {
      runs.add(visible(kept.slice(start), Infinity), 'escape');
      break;
    }
    if (isHarmless(piece)) runs.add(piece, 'plain');
    else for (const character of piece) addCharacter(runs, character, hasLines);
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

/** Neighbours of one kind are one run. */
class Runs {
  readonly list: { text: string; kind: TextRun['kind'] }[] = [];

  get isFull(): boolean {
    return this.list.length >= MOST_RUNS;
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
