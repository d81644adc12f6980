import { matchesGlob, RUN, type GlobToken } from '../glob';
import type { Shape } from '../lint/overlap/shape';

/** A pattern that many texts are held against: most of them are told by their start and end, without taking them apart into characters. */
export class TextTest {
  readonly isEverything: boolean;
  /** What every text begins and ends with that matches. */
  private readonly start: string;
  private readonly end: string;
  /** Whether nothing else may be there. */
  private readonly isText: boolean;
  /** Whether anything else may be there in between. */
  private readonly isOpen: boolean;

  constructor(readonly shape: Shape) {
    const { prefix, text, glob } = shape;
    const suffix = text === undefined ? literalsAtEnd(glob.tokens) : [];
    this.isEverything = shape.isEverything;
    this.start = String.fromCodePoint(...prefix.slice(0, LONGEST));
    this.end = String.fromCodePoint(...suffix.slice(-LONGEST));
    const isWhole = prefix.length <= LONGEST && suffix.length <= LONGEST;
    const isRun = glob.tokens.length === prefix.length + suffix.length + 1 && glob.tokens[prefix.length] === RUN;
    this.isText = isWhole && text !== undefined;
    // Half a character is no part of a whole one.
    this.isOpen = isWhole && isRun && !/[\ud800-\udbff]$/.test(this.start) && !/^[\udc00-\udfff]/.test(this.end);
  }

  /** @throws TooMuchWork */
  matches(text: string, points: LatestPoints): boolean {
    if (this.isText) return text === this.start;
    if (!text.startsWith(this.start) || !text.endsWith(this.end)) return false;
    if (this.isOpen) return text.length >= this.start.length + this.end.length;
    return matchesGlob(this.shape.glob, points.of(text));
  }
}

/** Characters at either end that are compared at first. */
const LONGEST = 1000;

function literalsAtEnd(tokens: readonly GlobToken[]): number[] {
  const points: number[] = [];
  for (const token of tokens.toReversed()) {
    if (token.kind !== 'literal') break;
    points.push(token.point);
  }
  return points.reverse();
}

/** Texts as code points; one text is held against several patterns in a row. */
export class LatestPoints {
  private text: string | undefined;
  private points: number[] = [];

  of(text: string): readonly number[] {
    if (text === this.text) return this.points;
    const points: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const point = text.codePointAt(at)!;
      points.push(point);
      if (point > 0xffff) at++;
    }
    this.text = text;
    return (this.points = points);
  }
}
