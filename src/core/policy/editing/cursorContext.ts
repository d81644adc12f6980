import {
  blockPlace,
  endsBehind,
  hasBlockBelow,
  itemColumn,
  siblingsOf,
  topKeyAbove,
  type BlockPlace,
} from './blockPlace';
import { enter, TOP, type Container } from './containers';
import { flowContext } from './flowContext';
import { beginsComment, beginsQuote, openBracketBefore, type OpenBracket } from './openBrackets';
import { scalarEnd } from './scalarEnd';
import { beginsBlockText, keyAt, shapeOf, valueStart, type LineShape, type TextLines } from './textLines';
import type { CursorContext, NextItem, WrittenPlace } from './writtenPlace';

/**
 * Finds out what is being written, by indentation and brackets: where somebody types, the text is often no YAML.
 *
 * @param text without a byte order mark
 * @returns undefined in comments and in texts over several lines.
 */
export function cursorContext(lines: TextLines, text: string, offset: number): CursorContext | undefined {
  const line = lines.lineOf(offset);
  const whole = lines.text(line);
  const at = Math.min(offset - lines.start(line), whole.length);
  if (isInComment(whole, at)) return undefined;
  const bracket = openBracketBefore(lines, line);
  const shape = shapeOf(whole);
  if (bracket !== undefined && !isOutside(lines, bracket, shape, at))
    return inOpenBracket(lines, text, bracket, offset);
  return new Cursor(lines, line, at, shape).context();
}

/** Whether what is begun on an empty line is no longer within a bracket that nobody closed. */
function isOutside(lines: TextLines, bracket: OpenBracket, { content }: LineShape, at: number): boolean {
  return content === '' && at <= shapeOf(lines.text(bracket.line)).column && bracket.column > 0;
}

function inOpenBracket(
  lines: TextLines,
  text: string,
  bracket: OpenBracket,
  offset: number,
): CursorContext | undefined {
  const { dashes, column, content } = shapeOf(lines.text(bracket.line));
  const place = blockPlace(lines, bracket.line, column, dashes);
  if (place === undefined) return undefined;
  const key = keyAt(content);
  const container = key === undefined ? place.container : enter(place.container, key.key);
  const start = lines.start(bracket.line) + bracket.column;
  const found = flowContext(text.slice(start), offset - start, container);
  return found && inFlow(found, start, column);
}

function inFlow(found: WrittenPlace, by: number, column: number): CursorContext {
  const { start, end } = found.span;
  return { ...found, span: { start: start + by, end: end + by }, isFlow: true, column, nextItem: undefined };
}

/** A cursor in a line on which no bracket is open at first. */
class Cursor {
  private readonly start: number;
  /** Column at which the line begins, or would. */
  private readonly own: number;

  constructor(
    private readonly lines: TextLines,
    private readonly line: number,
    private readonly at: number,
    private readonly shape: LineShape,
  ) {
    this.start = lines.start(line);
    this.own = shape.content === '' ? at : shape.column;
  }

  context(): CursorContext | undefined {
    const { dashes, column, content } = this.shape;
    // In front of what stands there already, nothing is written.
    if (this.at < column && (content !== '' || this.at <= (dashes.at(-1) ?? -1))) return undefined;
    const place = blockPlace(this.lines, this.line, this.own, dashes);
    if (place === undefined) return undefined;
    const key = keyAt(content);
    const valueIn = key && valueStart(key, this.at - column);
    if (key !== undefined && valueIn !== undefined)
      return this.value(column + valueIn, key.rest, enter(place.container, key.key));
    const flow = flowContext(content, this.at - column, place.container);
    if (flow !== undefined) return inFlow(flow, this.start + column, this.own);
    return this.keyOrItem(place, key && column + key.colonEnd - 1);
  }

  /** Behind the colon of a key. */
  private value(valueAt: number, rest: string, container: Container): CursorContext | undefined {
    const text = this.lines.text(this.line).slice(valueAt);
    const flow = flowContext(text, this.at - valueAt, container);
    if (flow !== undefined) return inFlow(flow, this.start + valueAt, this.own);
    // A text over several lines begins here.
    if (beginsBlockText(rest)) return undefined;
    if (container.place !== undefined && hasBlockBelow(this.lines, this.line, this.own)) return undefined;
    return this.found('value', container, valueAt, valueAt + scalarEnd(text, this.at - valueAt, false));
  }

  private keyOrItem(place: BlockPlace, colon: number | undefined): CursorContext | undefined {
    const { container } = place;
    const { dashes, content } = this.shape;
    // Brackets, a text over several lines and the like are no beginning of a key, nor one value.
    if (colon === undefined && /^[^\w\s"'.-]/.test(content)) return undefined;
    if (container.isList) {
      const end = this.own + scalarEnd(content, this.at - this.own, false);
      const column = itemColumn(this.lines, place.parent) ?? this.own;
      const isFree = content === '' || column === this.own;
      return { ...this.found('item', container, this.own, end), nextItem: isFree ? { container, column } : undefined };
    }
    if (container.place === undefined && dashes.length > 0) {
      const end = this.own + scalarEnd(content, this.at - this.own, false);
      return { ...this.found('value', container, this.own, end), isItem: true };
    }
    if (colon === undefined && !/^["']?[\w-]*$/.test(content.slice(0, this.at - this.own))) return undefined;
    return {
      ...this.found('key', container, this.own, colon ?? this.wordEnd()),
      hasColon: colon !== undefined,
      siblings: siblingsOf(this.lines, this.line, this.own, dashes),
      nextItem: content === '' && dashes.length === 0 ? this.itemBehind(place) : undefined,
    };
  }

  /** The list of which an item ends right above an empty line. */
  private itemBehind({ container, dash }: BlockPlace): NextItem | undefined {
    const next =
      dash === undefined ? this.itemOfTop(container) : { container: { ...container, isList: true }, column: dash };
    return next !== undefined && endsBehind(this.lines, this.line, next.column) ? next : undefined;
  }

  private itemOfTop(container: Container): NextItem | undefined {
    const above = container === TOP ? topKeyAbove(this.lines, this.line) : undefined;
    const list = above === undefined ? undefined : enter(TOP, keyAt(this.lines.text(above))!.key);
    if (above === undefined || !list?.isList) return undefined;
    return { container: list, column: itemColumn(this.lines, above) ?? 2 };
  }

  private found(kind: CursorContext['kind'], container: Container, from: number, to: number): CursorContext {
    const span = { start: this.start + from, end: this.start + Math.max(to, this.at) };
    const { own: column } = this;
    return { kind, container, span, column, isItem: false, isFlow: false, siblings: NONE, nextItem: undefined };
  }

  private wordEnd(): number {
    const [rest] = /^[\w-]*["']?/.exec(this.lines.text(this.line).slice(this.at))!;
    return this.at + rest.length;
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a comment begins before a place in a line. */
function isInComment(line: string, at: number): boolean {
  let quote: string | undefined;
  for (let i = 0; i < at; i++) {
    if (quote !== undefined) {
      if (line[i] === '\\' && quote === '"') i++;
      else if (line[i] === quote) quote = undefined;
    } else if (beginsQuote(line, i)) quote = line[i];
    else if (beginsComment(line, i)) return true;
  }
  return false;
}
