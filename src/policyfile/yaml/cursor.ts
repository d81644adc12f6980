import { BYTE_ORDER_MARK, END, SPACE, isBreak, isBreakOrEnd, isWhiteOrEnd } from './characters';

/** A place in a text that moves on. */
export class Cursor {
  /** Offset in UTF-16 units. */
  at = 0;
  /** Counted from 0. */
  line = 0;
  /** Characters before `at` that take two units. */
  private pairs = 0;
  private lineStart = 0;
  /** With an end mark behind it, so that looking ahead needs no check. */
  private readonly text: string;
  private readonly hasPairs: boolean;

  constructor(text: string) {
    this.text = `${text}\0`;
    this.hasPairs = /[\ud800-\udbff]/.test(text);
    // Only the first one is none of the document.
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.at = this.lineStart = 1;
  }

  /**
   * Units since the start of the line. The loader counts characters, but it compares columns only where nothing but spaces and
   * indicators can stand before.
   */
  get column(): number {
    return this.at - this.lineStart;
  }

  /** Characters since the start of the text. */
  get index(): number {
    return this.at - this.pairs;
  }

  /** `END` at the end. */
  unit(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  /** Over units of which none is a line break. */
  move(units = 1): void {
    if (this.hasPairs) {
      for (let i = 0; i < units; i++) if ((this.unit(i) & 0xfc00) === 0xd800) this.pairs++;
    }
    this.at += units;
  }

  /** The next units, and moves over them. */
  take(units: number): string {
    const taken = this.slice(this.at, this.at + units);
    this.move(units);
    return taken;
  }

  skipSpaces(): void {
    while (this.unit() === SPACE) this.at++;
  }

  skipToLineEnd(): void {
    let units = 0;
    while (!isBreakOrEnd(this.unit(units))) units++;
    this.move(units);
  }

  /** Over spaces, line breaks and comments. Returns whether there was a line break. */
  skipToContent(): boolean {
    const { line } = this;
    for (;;) {
      this.skipSpaces();
      if (this.unit() === 0x23) this.skipToLineEnd();
      if (this.takeBreak() === '') return this.line > line;
    }
  }

  /** Over a line break. Returns what it stands for, empty where there is none. */
  takeBreak(): string {
    const unit = this.unit();
    if (!isBreak(unit)) return '';
    this.at += unit === 0x0d && this.unit(1) === 0x0a ? 2 : 1;
    this.line++;
    this.lineStart = this.at;
    return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : '\n';
  }

  /** `---` or `...` and then white space. Asked at the start of a line. */
  isAtDocumentMark(): boolean {
    const unit = this.unit();
    if (unit !== 0x2d && unit !== 0x2e) return false;
    return unit === this.unit(1) && unit === this.unit(2) && isWhiteOrEnd(this.unit(3));
  }

  isAtEnd(): boolean {
    return this.unit() === END;
  }

  /** Where the line starts that `offset` is in, and how many spaces it begins with. */
  lineOf(offset: number): { start: number; indent: number } {
    let start = offset;
    while (start > 0 && !isBreak(this.text.charCodeAt(start - 1))) start--;
    let indent = 0;
    while (this.text.charCodeAt(start + indent) === SPACE) indent++;
    return { start, indent };
  }

  /** Where the line ends that `offset` is in. */
  lineEnd(offset: number): number {
    let end = offset;
    while (!isBreakOrEnd(this.text.charCodeAt(end))) end++;
    return end;
  }
}
