import { InvalidPattern } from './patternProblem';

/**
 * Reads a pattern token by token: a code point, or a backslash with the one after it. It looks one token ahead, as
 * Python's does, since where an error is found depends on that: a backslash at the end is refused as soon as the token
 * before it is taken.
 *
 * Source: `Tokenizer` of Python 3.11's re/_parser.py.
 */
export class PatternReader {
  /** The token ahead; undefined at the end. */
  next: string | undefined;
  private readonly points: readonly string[];
  private index = 0;

  constructor(pattern: string) {
    this.points = Array.from(pattern);
    this.advance();
  }

  /** The place of the token ahead, in code points. */
  get position(): number {
    return this.next === undefined ? this.index : this.index - (this.next.startsWith('\\') ? 2 : 1);
  }

  seek(position: number): void {
    this.index = position;
    this.advance();
  }

  get(): string | undefined {
    const token = this.next;
    this.advance();
    return token;
  }

  match(token: string): boolean {
    if (this.next !== token) return false;
    this.advance();
    return true;
  }

  /** Up to `limit` tokens that are among these characters. */
  getWhile(limit: number, characters: string): string {
    let text = '';
    while (text.length < limit && this.isNextOf(characters)) text += this.get()!;
    return text;
  }

  isNextOf(characters: string): boolean {
    return this.next?.length === 1 && characters.includes(this.next);
  }

  /** What stands before the terminator, which is taken as well. @param name what it is, for the error */
  getUntil(terminator: string, name: string): string {
    const tokens: string[] = [];
    for (;;) {
      const token = this.get();
      if (token === undefined) {
        if (tokens.length === 0) throw this.problem(`missing ${name}`);
        throw this.problem(`missing ${terminator}, unterminated name`, lengthOf(tokens.join('')));
      }
      if (token === terminator) {
        if (tokens.length === 0) throw this.problem(`missing ${name}`, 1);
        return tokens.join('');
      }
      tokens.push(token);
    }
  }

  /** @param back how far before the token ahead the error is, in code points */
  problem(message: string, back = 0): InvalidPattern {
    return InvalidPattern.at(message, this.position - back);
  }

  private advance(): void {
    const at = this.index;
    const point = this.points[at] as string | undefined;
    this.next = point;
    if (point === undefined) return;
    this.index = at + 1;
    if (point !== '\\') return;
    if (at + 1 === this.points.length) throw InvalidPattern.at('bad escape (end of pattern)', at);
    this.next += this.points[at + 1];
    this.index = at + 2;
  }
}

/** Length in code points, as Python counts. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
