import { isWhiteOrEnd } from './characters';
import { scanBlock } from './blockScalar';
import type { Cursor } from './cursor';
import { scanDirective } from './directives';
import { Indentation } from './indentation';
import { canBeginPlain, scanPlain } from './plainScalar';
import { PossibleKeys } from './possibleKeys';
import { scanName, scanTag } from './properties';
import { scanQuoted } from './quotedScalar';
import { cannotBegin, strayColon, strayDash, strayQuestionMark } from './stray';
import { TokenQueue } from './tokenQueue';
import type { MarkKind, Token } from './tokens';

/**
 * The tokens of a text, as PyYAML's scanner finds them (`yaml/scanner.py`, 6.0.3): its rules are neither those of YAML 1.1 nor those
 * of 1.2.
 */
export class Scanner {
  private readonly tokens = new TokenQueue();
  private isDone = false;

  /** Brackets that are open. */
  private level = 0;
  private readonly indentation = new Indentation();
  /** A key, or in block context a collection, can begin here. */
  private mayBegin = true;
  private readonly keys: PossibleKeys;
  /** The last text in quotes that ends on another line than it begins. */
  private longQuote: { readonly start: number; readonly end: number } | undefined;

  constructor(readonly cursor: Cursor) {
    this.keys = new PossibleKeys(cursor);
  }

  /** The next token, which stays. @throws YamlFault */
  peek(): Token {
    while (this.needsMore()) this.scanNext();
    return this.tokens.peek();
  }

  /** The next token. The one at the end of the text stays. @throws YamlFault */
  take(): Token {
    const token = this.peek();
    if (token.kind !== 'stream-end') this.tokens.drop();
    return token;
  }

  /** Column that the content of the innermost block collection has. */
  get blockColumn(): number {
    return this.indentation.column;
  }

  /** Start of a text in quotes that began on another line and ended on that of `offset`, before it. */
  longQuoteBefore(offset: number): number | undefined {
    if (this.longQuote === undefined || this.longQuote.end > offset) return undefined;
    return this.cursor.lineEnd(this.longQuote.end) === this.cursor.lineEnd(offset) ? this.longQuote.start : undefined;
  }

  private needsMore(): boolean {
    if (this.isDone) return false;
    if (this.tokens.isEmpty) return true;
    this.keys.dropStale();
    return this.keys.firstToken() === this.tokens.taken;
  }

  private scanNext(): void {
    if (this.cursor.skipToContent() && this.level === 0) this.mayBegin = true;
    this.keys.dropStale();
    this.unwind(this.cursor.column);
    if (this.cursor.isAtEnd()) return this.addEnd();
    if (this.cursor.column === 0) {
      if (this.cursor.unit() === PERCENT) return this.addDirective();
      if (this.cursor.isAtDocumentMark()) {
        return this.addDocumentMark(this.cursor.unit() === MINUS ? 'document-start' : 'document-end');
      }
    }
    this.scanContent();
  }

  private scanContent(): void {
    const isInFlow = this.level !== 0;
    const unit = this.cursor.unit();
    switch (unit) {
      case 0x5b:
        return this.openFlow('flow-sequence-start');
      case 0x7b:
        return this.openFlow('flow-mapping-start');
      case 0x5d:
        return this.closeFlow('flow-sequence-end');
      case 0x7d:
        return this.closeFlow('flow-mapping-end');
      case 0x2c:
        this.mayBegin = true;
        this.keys.drop(this.level);
        return this.addMark('flow-entry', 1);
      case MINUS:
        if (isWhiteOrEnd(this.cursor.unit(1))) return this.addBlockEntry();
        break;
      case QUESTION:
        if (isInFlow || isWhiteOrEnd(this.cursor.unit(1))) return this.addKey();
        break;
      case COLON:
        if (isInFlow || isWhiteOrEnd(this.cursor.unit(1))) return this.addValue();
        break;
      case 0x2a:
      case 0x26:
        this.noteKey();
        return this.tokens.add(scanName(this.cursor));
      case 0x21:
        this.noteKey();
        return this.tokens.add(scanTag(this.cursor));
      case 0x22:
      case 0x27:
        this.noteKey();
        return this.tokens.add(this.scanQuoted());
      case 0x7c:
      case 0x3e:
        if (!isInFlow) return this.addBlockScalar();
        break;
      default:
        break;
    }
    if (!canBeginPlain(this.cursor, isInFlow)) throw cannotBegin(this.cursor);
    this.noteKey();
    const { token, endedLine } = scanPlain(this.cursor, this.indentation.column + 1, isInFlow);
    this.mayBegin = endedLine;
    this.tokens.add(token);
  }

  /** Ends the block collections that are indented further than `column`. */
  private unwind(column: number): void {
    if (this.level !== 0) return;
    while (this.indentation.endBeyond(column)) this.addMark('block-end', 0);
  }

  private addMark(kind: MarkKind, length: number): void {
    const start = this.cursor.at;
    this.cursor.move(length);
    this.tokens.add({ kind, start, end: this.cursor.at });
  }

  private addEnd(): void {
    this.endBlocks();
    this.keys.clear();
    this.addMark('stream-end', 0);
    this.isDone = true;
  }

  private addDirective(): void {
    this.endBlocks();
    this.tokens.add(scanDirective(this.cursor));
  }

  private addDocumentMark(kind: MarkKind): void {
    this.endBlocks();
    this.addMark(kind, 3);
  }

  private endBlocks(): void {
    this.unwind(-1);
    this.keys.drop(this.level);
    this.mayBegin = false;
  }

  private openFlow(kind: MarkKind): void {
    this.noteKey();
    this.level++;
    this.mayBegin = true;
    this.addMark(kind, 1);
  }

  private closeFlow(kind: MarkKind): void {
    this.keys.drop(this.level);
    this.level--;
    this.mayBegin = false;
    this.addMark(kind, 1);
  }

  private addBlockEntry(): void {
    if (this.level === 0) {
      if (!this.mayBegin) throw strayDash(this.cursor);
      if (this.indentation.begin(this.cursor.column)) this.addMark('block-sequence-start', 0);
    }
    this.mayBegin = true;
    this.keys.drop(this.level);
    this.addMark('block-entry', 1);
  }

  private addKey(): void {
    if (this.level === 0) {
      if (!this.mayBegin) throw strayQuestionMark(this.cursor);
      if (this.indentation.begin(this.cursor.column)) this.addMark('block-mapping-start', 0);
    }
    this.mayBegin = this.level === 0;
    this.keys.drop(this.level);
    this.addMark('key', 1);
  }

  private addValue(): void {
    const key = this.keys.take(this.level);
    if (key !== undefined) {
      this.tokens.insert('key', key.at, key.token);
      if (this.level === 0 && this.indentation.begin(key.column))
        this.tokens.insert('block-mapping-start', key.at, key.token);
      this.mayBegin = false;
    } else {
      if (this.level === 0) {
        if (!this.mayBegin) throw strayColon(this.cursor);
        if (this.indentation.begin(this.cursor.column)) this.addMark('block-mapping-start', 0);
      }
      this.mayBegin = this.level === 0;
    }
    this.addMark('value', 1);
  }

  private addBlockScalar(): void {
    this.mayBegin = true;
    this.keys.drop(this.level);
    this.tokens.add(scanBlock(this.cursor, Math.max(1, this.indentation.column + 1)));
  }

  private scanQuoted(): Token {
    const { line } = this.cursor;
    const token = scanQuoted(this.cursor);
    if (this.cursor.line !== line) this.longQuote = token;
    return token;
  }

  /** What begins here can be a key, or the start of one. No other can begin right behind it. */
  private noteKey(): void {
    if (!this.mayBegin) return;
    this.mayBegin = false;
    const { level } = this;
    const { at, index, line, column } = this.cursor;
    this.keys.add({
      level,
      token: this.tokens.next,
      isRequired: level === 0 && this.indentation.column === column,
      index,
      line,
      column,
      at,
    });
  }
}

const PERCENT = 0x25;
const MINUS = 0x2d;
const COLON = 0x3a;
const QUESTION = 0x3f;
