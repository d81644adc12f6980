import type { SequenceNode, Span } from '../yamlTree';
import type { Edit } from './diagnostic';
import type { Source } from './source';

/**
 * Takes items out of a list or puts them elsewhere in it, with the text between them left as it is. All give undefined where the list
 * is written so that this could go wrong.
 */
export class ListItems {
  private readonly isFlow: boolean;

  constructor(
    private readonly source: Source,
    private readonly list: SequenceNode,
  ) {
    this.isFlow = source.text[list.span.start] === '[';
  }

  /** In a list of lines a remark above the item stays; with the last item of all the list would be another thing. */
  deletion(index: number): readonly Edit[] | undefined {
    if (this.list.items.length < 2) return undefined;
    const span = this.isFlow ? this.flowSpan(index) : this.lineSpan(index);
    return span && [{ span, text: '' }];
  }

  /** Moves an item, with the remarks right above it, before another that stands above. */
  moveBefore(index: number, before: number): readonly Edit[] | undefined {
    return this.isFlow ? this.flowMove(index, before) : this.lineMove(index, before);
  }

  private flowMove(index: number, before: number): readonly Edit[] | undefined {
    const span = this.flowSpan(index);
    if (span === undefined || this.flowSpan(before) === undefined) return undefined;
    const at = this.list.items[before].span.start;
    return [
      { span: { start: at, end: at }, text: `${this.source.slice(this.list.items[index].span)}, ` },
      { span, text: '' },
    ];
  }

  private lineMove(index: number, before: number): readonly Edit[] | undefined {
    const [from, to] = [this.lineSpan(index), this.lineSpan(before)];
    if (from === undefined || to === undefined) return undefined;
    const { text, lineEnd } = this.source;
    const start = this.withRemarks(from.start);
    const at = this.withRemarks(to.start);
    const moved = text.slice(start, from.end);
    // A blank line that sets it off goes with it.
    const blank = this.blankAbove(start);
    const isLast = !/[\r\n]$/.test(moved);
    const gap = blank === start ? '' : text.slice(blank, start);
    return [
      { span: { start: at, end: at }, text: `${moved}${isLast ? lineEnd : ''}${gap}` },
      { span: { start: blank, end: from.end }, text: '' },
    ];
  }

  /** The lines of an item, its dash included. */
  private lineSpan(index: number): Span | undefined {
    const { span } = this.list.items[index];
    // (What an alias names stands before the item above.)
    if (!this.isInList(span) || (this.list.items[index - 1]?.span.end ?? 0) > span.start) return undefined;
    if (!/^ *- *$/.test(this.source.before(span.start)) || hasReference(this.source.slice(span))) return undefined;
    const end = this.source.nextLine(span.end);
    const next = this.list.items[index + 1]?.span.start ?? this.source.text.length;
    return end <= next ? { start: this.source.lineStart(span.start), end } : undefined;
  }

  /** An item with the comma that goes with it. */
  private flowSpan(index: number): Span | undefined {
    const { items } = this.list;
    const { span } = items[index];
    if (!this.isInList(span) || hasReference(this.source.slice(span))) return undefined;
    const gaps = [items[index - 1], items[index], items[index + 1]].filter((item) => item !== undefined);
    for (let i = 1; i < gaps.length; i++) {
      const [end, start] = [gaps[i - 1].span.end, gaps[i].span.start];
      if (!this.isInList(gaps[i - 1].span) || !/^\s*,\s*$/.test(this.source.text.slice(end, start))) return undefined;
    }
    if (index > 0) return { start: items[index - 1].span.end, end: span.end };
    return { start: span.start, end: items[1].span.start };
  }

  /** (What an alias names stands elsewhere.) */
  private isInList({ start, end }: Span): boolean {
    return start >= this.list.span.start && end <= this.list.span.end && end > start;
  }

  private withRemarks(lineStart: number): number {
    let start = lineStart;
    while (start > 0) {
      const above = this.source.lineAbove(start);
      if (!/^[ \t]*#/.test(this.source.text.slice(above, start))) break;
      start = above;
    }
    return start;
  }

  private blankAbove(lineStart: number): number {
    if (lineStart === 0) return lineStart;
    const above = this.source.lineAbove(lineStart);
    return this.source.text.slice(above, lineStart).trim() === '' ? above : lineStart;
  }
}

/** Whether an anchor or alias may be in a text: what names another place cannot be moved or taken out without a look at that. */
function hasReference(text: string): boolean {
  return /(?:^|[\s,[{:-])[&*][^\s,[\]{}"']/.test(text);
}
