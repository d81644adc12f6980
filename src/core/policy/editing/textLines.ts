/** The lines of a text around a place in it, for finding out what is being written there: the text is often no YAML yet. */
export class TextLines {
  private readonly lines: readonly string[];
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    const ends: number[] = [];
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      ends.push(index);
      starts.push(index + end.length);
    }
    this.starts = starts;
    this.lines = starts.map((start, i) => text.slice(start, ends[i] ?? text.length));
  }

  get count(): number {
    return this.lines.length;
  }

  text(line: number): string {
    return this.lines[line];
  }

  start(line: number): number {
    return this.starts[line];
  }

  lineOf(offset: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** A line as far as indentation goes. */
export interface LineShape {
  /** Columns of the dashes at its start. */
  readonly dashes: readonly number[];
  /** Column of what stands behind them; that of the line's end where nothing does. */
  readonly column: number;
  readonly content: string;
}

export function shapeOf(line: string): LineShape {
  const dashes: number[] = [];
  let at = 0;
  while (line[at] === ' ') at++;
  while (line[at] === '-' && (at + 1 === line.length || line[at + 1] === ' ')) {
    dashes.push(at++);
    while (line[at] === ' ') at++;
  }
  return { dashes, column: at, content: line.slice(at) };
}

/** Whether a line has nothing for YAML. */
export function isEmptyLine(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

/** Whether a text over several lines begins with this. */
export function beginsBlockText(value: string): boolean {
  return value.startsWith('|') || value.startsWith('>');
}

/** A key at the start of a text. */
export interface KeyStart {
  readonly key: string;
  /** What stands behind its colon on the line, without the space before it. */
  readonly rest: string;
  /** Where the colon ends, and where the rest begins. */
  readonly colonEnd: number;
  readonly restAt: number;
}

/** @returns undefined where there is none. */
export function keyAt(content: string): KeyStart | undefined {
  const quote = content.startsWith('"') || content.startsWith("'") ? content[0] : undefined;
  const keyEnd = quote === undefined ? plainKeyEnd(content) : closingQuote(content, quote);
  if (keyEnd === undefined) return undefined;
  let colon = keyEnd;
  while (content[colon] === ' ') colon++;
  if (content[colon] !== ':' || !/^(?:\s|$)/.test(content.slice(colon + 1, colon + 2))) return undefined;
  const colonEnd = colon + 1;
  const [line] = /^.*/.exec(content.slice(colonEnd))!;
  // An anchor or a tag is no part of the value.
  const rest = line.trimStart().replace(/^(?:[&!][^\s,[\]{}]*\s+)+/, '');
  const restAt = colonEnd + line.length - rest.length;
  const key = quote === undefined ? content.slice(0, keyEnd).trimEnd() : content.slice(1, keyEnd - 1);
  return { key, rest, colonEnd, restAt };
}

function plainKeyEnd(content: string): number | undefined {
  if (!/^(?:[^\s#"'{}[\],&*!|>%@`:-]|-[^\s#:{}[\],])/.test(content)) return undefined;
  const end = content.search(/[#:{}[\],\r\n]/);
  return end === -1 ? undefined : end;
}

/** Where the quotes are closed that a text begins with: behind the closing one; undefined where they are not on this line. */
export function closingQuote(text: string, quote: string): number | undefined {
  for (let i = 1; i < text.length && text[i] !== '\n' && text[i] !== '\r'; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote && quote === "'" && text[i + 1] === quote) i++;
    else if (text[i] === quote) return i + 1;
  }
  return undefined;
}

/** Where the value begins that the cursor is in; undefined where it is in the key. */
export function valueStart({ colonEnd, restAt }: KeyStart, at: number): number | undefined {
  return at < colonEnd ? undefined : Math.min(restAt, at);
}
