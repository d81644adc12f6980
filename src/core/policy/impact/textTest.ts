import { codePoints, matchesGlob, RUN } from '../glob';
import type { Shape } from '../lint/overlap/shape';

/** A pattern that many texts are held against: most of them are told by their start, without taking them apart into characters. */
export class TextTest {
  readonly isEverything: boolean;
  /** What every text begins with that matches. */
  private readonly start: string;
  /** Whether nothing else may be there. */
  private readonly isText: boolean;
  /** Whether anything else may be there. */
  private readonly isStart: boolean;

  constructor(readonly shape: Shape) {
    const { prefix, text, glob } = shape;
    this.isEverything = shape.isEverything;
    this.start = String.fromCodePoint(...prefix.slice(0, LONGEST_START));
    const isWhole = prefix.length <= LONGEST_START;
    const isOpen = glob.tokens.length === prefix.length + 1 && glob.tokens.at(-1) === RUN;
    this.isText = isWhole && text !== undefined;
    // Half a character is no start of a whole one.
    this.isStart = isWhole && isOpen && !/[\ud800-\udbff]$/.test(this.start);
  }

  /** @throws TooMuchWork */
  matches(text: string): boolean {
    if (this.isText) return text === this.start;
    if (!text.startsWith(this.start)) return false;
    return this.isStart || matchesGlob(this.shape.glob, codePoints(text));
  }
}

const LONGEST_START = 1000;
