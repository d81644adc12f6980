import { beginsBlockText, isEmptyLine, keyAt, shapeOf, type TextLines } from './textLines';

/** A line on which a bracket opens that is not closed before another line begins. */
export interface OpenBracket {
  readonly line: number;
  /** Column of the bracket. */
  readonly column: number;
}

/** A bracket that is open, while the lines are gone through. */
interface Open extends OpenBracket {
  /** What is in it is farther right than this. */
  readonly outer: number;
}

/**
 * The outermost bracket that is still open where a line begins. One that nobody closes does not reach beyond the next key or dash that
 * is not indented farther than the line with the bracket: that is where somebody goes on who is still writing.
 */
export function openBracketBefore(lines: TextLines, line: number): OpenBracket | undefined {
  let open: Open | undefined;
  const brackets = new Brackets();
  /** Lines that are indented farther than this are part of a text. */
  let textOuter: number | undefined;
  for (let each = 0; each <= line; each++) {
    const text = lines.text(each);
    if (isEmptyLine(text)) continue;
    const { dashes, column, content } = shapeOf(text);
    const begin = dashes[0] ?? column;
    if (textOuter !== undefined && begin > textOuter) continue;
    textOuter = undefined;
    const key = keyAt(content);
    if (open !== undefined && begin <= open.outer && (dashes.length > 0 || key !== undefined)) {
      open = undefined;
      brackets.reset();
    }
    if (each === line) break;
    if (open !== undefined) {
      brackets.read(text, 0);
    } else {
      const value = key?.rest ?? content;
      const valueAt = column + (key?.restAt ?? 0);
      const outer = key === undefined ? (dashes.at(-1) ?? -1) : column;
      if (beginsBlockText(value)) textOuter = outer;
      if (!value.startsWith('{') && !value.startsWith('[')) continue;
      open = { line: each, column: valueAt, outer };
      brackets.read(text, valueAt);
    }
    if (brackets.depth === 0) open = undefined;
  }
  return open;
}

/** Counts brackets outside quotes and comments. */
class Brackets {
  depth = 0;
  private quote: string | undefined;

  reset(): void {
    this.depth = 0;
    this.quote = undefined;
  }

  /** A line from a column on; where all are closed, what stands behind is not looked at. */
  read(line: string, from: number): void {
    for (let i = from; i < line.length; i++) {
      const character = line[i];
      if (this.quote !== undefined) {
        if (character === '\\' && this.quote === '"') i++;
        else if (character === this.quote) this.quote = undefined;
      } else if (beginsQuote(line, i)) this.quote = character;
      else if (beginsComment(line, i)) return;
      else if (character === '{' || character === '[') this.depth++;
      else if ((character === '}' || character === ']') && --this.depth === 0) return;
    }
  }
}

/** Whether a quote stands where a value may begin: elsewhere it is a character of a text. */
export function beginsQuote(line: string, at: number): boolean {
  return (line[at] === '"' || line[at] === "'") && (at === 0 || /[\s,[{:]/.test(line[at - 1]));
}

export function beginsComment(line: string, at: number): boolean {
  return line[at] === '#' && (at === 0 || /\s/.test(line[at - 1]));
}
