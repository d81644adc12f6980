/** A change of a text as editors tell it: a range, lines and characters from 0, and what takes its place. */
export interface TextChange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

/**
 * Where a line stands after a change; undefined where all of it was taken out. A line that the change touches is found
 * where most of it must be: whether it still is what it was only its text can tell.
 *
 * @param line from 0.
 * @param length of the line before the change, in characters, where it is known.
 */
export function lineAfter(line: number, change: TextChange, length?: number): number | undefined {
  const { startLine, startCharacter, endLine, endCharacter, text } = change;
  if (line < startLine) return line;
  const added = countLineEnds(text);
  if (line > endLine) return line + added - (endLine - startLine);
  if (line > startLine && line < endLine) return undefined;
  if (line === endLine && endCharacter === 0) return startLine + added;
  if (line === endLine && line > startLine) {
    const isAllGone = length !== undefined && endCharacter >= length;
    return isAllGone ? undefined : startLine + added;
  }
  const isWholeLine = startCharacter === 0 && endLine > startLine;
  return isWholeLine && text === '' ? undefined : startLine;
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
