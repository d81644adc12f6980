/** A place in a text as editors and SARIF count it: both from 1, the column in UTF-16 units. */
export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Where the lines of a text begin, to tell offsets as lines and columns. Lines end at CR LF, LF and CR, and a byte order mark at the
 * start is no column, as editors have it.
 */
export class LinePositions {
  private readonly starts: number[];

  constructor(text: string) {
    this.starts = [text.startsWith('\ufeff') ? 1 : 0];
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) this.starts.push(index + end.length);
  }

  /** @param offset in UTF-16 units; one behind the end counts to the last line. */
  at(offset: number): LinePosition {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(0, offset - this.starts[low]) + 1 };
  }
}
