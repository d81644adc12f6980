import type { Span } from '../../core/policy/yamlTree';
import { BYTE_ORDER_MARK, SPACE, TAB, isBreak } from './characters';

const DASH = 0x2d;
const HASH = 0x23;

/** What the indentation of a text's lines says of what belongs together, whether or not the text can be read. */
export class TextBlocks {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    // (A byte order mark is no part of a line.)
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.starts[0] = 1;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (isBreak(unit) && !(unit === 0x0d && text.charCodeAt(at + 1) === 0x0a)) this.starts.push(at + 1);
    }
  }

  /**
   * The parts that could be left out for something wrong at `offset`, the best first: the outermost list entry that it stands in, which
   * in a policy is a rule; or else its line, or that with all that belongs to the same key of the document.
   */
  around(offset: number): Span[] {
    const line = this.contentAtOrBefore(this.lineOf(offset));
    const entry = this.outermostEntry(line);
    if (entry !== undefined) {
      const column = this.column(entry);
      return [this.lines(entry, this.nextUpTo(column, line, false))];
    }
    let key = line;
    while (key > 0 && (this.isEmpty(key) || this.column(key) > 0)) key--;
    const ways = [this.lines(line, line + 1), this.lines(key, this.nextUpTo(0, line, true))];
    return key === line && this.isHead(line) ? ways.reverse() : ways;
  }

  /** From the line of `offset` on. */
  restFrom(offset: number): Span {
    return this.lines(this.lineOf(offset), this.starts.length);
  }

  /** Whether only spaces and tabs stand before it on its line. */
  isInIndentation(offset: number): boolean {
    for (let at = this.starts[this.lineOf(offset)]; at < offset; at++)
      if (!isWhite(this.text.charCodeAt(at))) return false;
    return true;
  }

  private outermostEntry(line: number): number | undefined {
    let entry = this.isDash(line) ? line : undefined;
    // A line that is out in front belongs to the entry above all the same, unless it is a key of the document.
    let limit = entry !== undefined || this.column(line) === 0 ? this.column(line) : this.column(line) + 1;
    for (let above = line - 1; above >= 0 && limit > 0; above--) {
      if (this.isEmpty(above) || this.column(above) >= limit) continue;
      limit = this.column(above);
      if (this.isDash(above)) entry = above;
    }
    return entry;
  }

  /** Whether a line of the document's own column has a block below it, which does not go on with the one above. */
  private isHead(line: number): boolean {
    const next = this.nextUpTo(Infinity, line, false);
    const column = next < this.starts.length ? this.column(next) : 0;
    for (let above = line - 1; above >= 0 && column > 0; above--) {
      if (this.isEmpty(above)) continue;
      if (this.column(above) === 0) break;
      if (this.column(above) === column && this.isDash(above) === this.isDash(next)) return false;
    }
    return column > 0;
  }

  /** The first line behind `line` that is indented no further than `column`. */
  private nextUpTo(column: number, line: number, isKey: boolean): number {
    for (let next = line + 1; next < this.starts.length; next++) {
      if (!this.isEmpty(next) && this.column(next) <= column && !(isKey && this.isDash(next))) return next;
    }
    return this.starts.length;
  }

  private contentAtOrBefore(line: number): number {
    let content = line;
    while (content > 0 && this.isEmpty(content)) content--;
    return content;
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private lines(first: number, behind: number): Span {
    return { start: this.starts[first], end: this.starts[behind] ?? this.text.length };
  }

  /** Infinite where tabs indent it: how far is anybody's guess. */
  private column(line: number): number {
    const content = this.contentOf(line);
    return this.text.charCodeAt(content) === TAB ? Infinity : content - this.starts[line];
  }

  private isDash(line: number): boolean {
    const content = this.contentOf(line);
    const next = this.text.charCodeAt(content + 1);
    return this.text.charCodeAt(content) === DASH && (Number.isNaN(next) || isWhite(next) || isBreak(next));
  }

  /** Nothing stands there but a comment. */
  private isEmpty(line: number): boolean {
    const unit = this.text.charCodeAt(this.contentOf(line));
    return Number.isNaN(unit) || isBreak(unit) || unit === HASH;
  }

  private contentOf(line: number): number {
    let at = this.starts[line];
    while (this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }
}

function isWhite(unit: number): boolean {
  return unit === SPACE || unit === TAB;
}

/** The text with spaces for all of a part but its line breaks, so that offsets stay. */
export function blanked(text: string, { start, end }: Span): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n\r\x85\u2028\u2029]/g, ' ') + text.slice(end);
}
