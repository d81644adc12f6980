import type { Span } from '../yamlTree';

/** The text of a policy, by lines. */
export class Source {
  /** What ends the lines of this file. */
  readonly lineEnd: string;
  /** Where lines begin. */
  private readonly starts: readonly number[];

  constructor(readonly text: string) {
    this.lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    const starts = [0];
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
    this.starts = starts;
  }

  slice({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** Where the line begins in which an offset is. */
  lineStart(offset: number): number {
    return this.starts[this.lineOf(offset)];
  }

  /** Where the line above begins; of the first line, where that begins. */
  lineAbove(offset: number): number {
    return this.starts[Math.max(0, this.lineOf(offset) - 1)];
  }

  /** Where the next line begins, or the end of the text. */
  nextLine(offset: number): number {
    return this.starts[this.lineOf(offset) + 1] ?? this.text.length;
  }

  /** Where the text of a line ends, before its line break. */
  lineTextEnd(offset: number): number {
    const next = this.nextLine(offset);
    const last = this.text[next - 1];
    if (next === this.lineStart(offset) || (last !== '\n' && last !== '\r')) return next;
    return last === '\n' && this.text[next - 2] === '\r' ? next - 2 : next - 1;
  }

  /** What stands before an offset in its line. */
  before(offset: number): string {
    return this.text.slice(this.lineStart(offset), offset);
  }

  isOneLine({ start, end }: Span): boolean {
    return end <= this.lineTextEnd(start);
  }

  /** As much of a span as is in its first line. */
  firstLine({ start, end }: Span): Span {
    return { start, end: Math.min(end, Math.max(start, this.lineTextEnd(start))) };
  }

  /** The first line of the file, for what is nowhere in it. */
  top(): Span {
    const start = this.text.startsWith('\ufeff') ? 1 : 0;
    return this.firstLine({ start, end: this.text.length });
  }

  /** From 0. */
  private lineOf(offset: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
