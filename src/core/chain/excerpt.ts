import { visible } from '../text/visible';
import type { Break } from './explain/break';

/** A line of a chain file as it was read. */
export interface FileLine {
  /** 1-based. */
  readonly line: number;
  /** Byte of the file at which it starts. */
  readonly offset: number;
  readonly text: string;
  /** Bytes of it that are not shown, for it is long; at least so many. */
  readonly unreadBytes: number;
}

/** Breaks that are near each other, shown with the lines round them in one piece. */
export interface BreakGroup {
  readonly breaks: readonly Break[];
  /** Line of the file, 1-based, and its offset, that lines are counted from. */
  readonly line: number;
  readonly offset: number;
  /** Lines behind it that belong to the piece. */
  readonly after: number;
}

/** Lines shown before and after a break. */
export const CONTEXT_LINES = 2;

/** A text of parts of a file, each line of it with its number in the file. */
export interface Excerpt {
  readonly text: string;
  /** For each line of the text the line of the file, with its offset; undefined for what is not of the file. */
  readonly lines: readonly (Pick<FileLine, 'line' | 'offset'> | undefined)[];
  /** Where in the text (lines from 0, end inclusive) each piece stands, its heading included. */
  readonly pieces: readonly { readonly start: number; readonly end: number; readonly title: string }[];
  /** The breaks and the lines of the text, from 0, that they are on. */
  readonly marks: readonly { readonly at: number; readonly found: Break }[];
}

/** Puts breaks whose surroundings touch into one group. @param breaks sorted by line. */
export function groupBreaks(breaks: readonly Break[]): BreakGroup[] {
  const groups: { breaks: Break[]; line: number; offset: number; after: number }[] = [];
  for (const found of breaks) {
    const last = groups.at(-1);
    const end = last === undefined ? 0 : last.line + last.after;
    if (last !== undefined && found.line <= end + CONTEXT_LINES + 1) {
      last.breaks.push(found);
      last.after = found.line - last.line + CONTEXT_LINES;
    } else {
      groups.push({ breaks: [found], line: found.line, offset: found.offset, after: CONTEXT_LINES });
    }
  }
  return groups;
}

/**
 * Lays out groups of breaks as search results are: a heading, the lines with their numbers, a colon behind the number of
 * a line that is broken.
 *
 * @param head lines that stand above all.
 * @param groups each with the lines of the file that belong to it.
 */
export function layOutBreaks(
  head: readonly string[],
  groups: readonly { readonly group: BreakGroup; readonly lines: readonly FileLine[] }[],
): Excerpt {
  const sheet = new Sheet(head);
  for (const { group, lines } of groups) {
    const broken = new Map<number, Break>();
    for (const found of group.breaks) if (!broken.has(found.line)) broken.set(found.line, found);
    sheet.piece(group.breaks.map((found) => `Line ${found.line}: ${markText(found)}`).join('\n'), lines, broken);
  }
  return sheet.excerpt();
}

/** Lays out lines that follow each other. */
export function layOutLines(head: readonly string[], lines: readonly FileLine[], breaks: readonly Break[]): Excerpt {
  const sheet = new Sheet(head);
  sheet.piece(undefined, lines, new Map(breaks.map((found) => [found.line, found])));
  return sheet.excerpt();
}

/** What happened at a break, as it is put behind a line. */
export function markText({ summary, certainty }: Break): string {
  return certainty === 'likely' ? `likely ${summary}` : summary;
}

class Sheet {
  private readonly rows: string[];
  private readonly lines: Excerpt['lines'][number][];
  private readonly pieces: { start: number; end: number; title: string }[] = [];
  private readonly marks: { at: number; found: Break }[] = [];

  constructor(head: readonly string[]) {
    this.rows = head.map((line) => `# ${line}`);
    this.lines = head.map(() => undefined);
  }

  piece(title: string | undefined, lines: readonly FileLine[], broken: ReadonlyMap<number, Break>): void {
    this.row('');
    const start = this.rows.length;
    for (const heading of title?.split('\n') ?? []) this.row(heading);
    const width = String(lines.at(-1)?.line ?? 0).length;
    for (const line of lines) {
      const found = broken.get(line.line);
      if (found !== undefined) this.marks.push({ at: this.rows.length, found });
      this.row(`  ${String(line.line).padStart(width)}${found === undefined ? ' ' : ':'} ${shownLine(line)}`, line);
    }
    this.pieces.push({ start, end: this.rows.length - 1, title: title?.split('\n')[0] ?? '' });
  }

  private row(text: string, line?: FileLine): void {
    this.rows.push(text);
    this.lines.push(line && { line: line.line, offset: line.offset });
  }

  excerpt(): Excerpt {
    return {
      text: `${this.rows.join('\n')}\n`,
      lines: [...this.lines, undefined],
      pieces: this.pieces,
      marks: this.marks,
    };
  }
}

function shownLine({ text, unreadBytes }: FileLine): string {
  const shown = visible(text, Infinity);
  return unreadBytes > 0 ? `${shown}… (at least ${unreadBytes.toLocaleString('en-US')} more bytes)` : shown;
}
