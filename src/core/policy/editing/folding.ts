import type { MappingEntry, Span, YamlNode, YamlTree } from '../yamlTree';
import { walkYaml } from '../yamlWalk';

/** Lines that can be folded away behind their first, from 0. */
export interface Folding {
  readonly start: number;
  readonly end: number;
  readonly kind: 'region' | 'comment';
}

const MOST_FOLDINGS = 5000;

/**
 * Sections, rules and what stands below keys in them, and runs of lines of comments. Blank lines and comments behind the last line of
 * something belong to what comes next.
 */
export function foldingsOf({ root }: YamlTree, text: string): Folding[] {
  const lines = new Lines(text);
  const found = new Map<number, Folding>();
  const add = (from: Span, to: Span, isText: boolean): void => {
    if (to.end <= from.start || found.size >= MOST_FOLDINGS) return;
    const start = lines.lineOf(from.start);
    const end = lines.lastLine(start, to.end, isText);
    const known = found.get(start);
    if (end > start && (known === undefined || known.end < end)) found.set(start, { start, end, kind: 'region' });
  };
  if (root !== undefined) {
    walkYaml(root, (node) => {
      if (node.kind === 'sequence')
        for (const item of node.items) if (item.kind !== 'scalar') add(item.span, item.span, false);
      if (node.kind === 'mapping') for (const entry of node.entries) addEntry(entry);
      return true;
    });
  }
  function addEntry({ key, value }: MappingEntry): void {
    if (value.span.start >= key.span.end) add(key.span, value.span, isBlockText(value));
  }
  return [...found.values(), ...lines.comments()].sort((a, b) => a.start - b.start || b.end - a.end);
}

function isBlockText(node: YamlNode): boolean {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

class Lines {
  private readonly starts = [0];
  private readonly kinds: ('blank' | 'comment' | 'content')[];

  constructor(text: string) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) this.starts.push(index + end.length);
    this.kinds = this.starts.map((start, i) => kindOf(text, start, this.starts[i + 1] ?? text.length));
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

  /** The last line before an offset that belongs to what begins in `start`. @param isText in a text, # begins no comment. */
  lastLine(start: number, end: number, isText: boolean): number {
    let line = this.lineOf(Math.max(0, end - 1));
    while (line > start && (this.kinds[line] === 'blank' || (!isText && this.kinds[line] === 'comment'))) line--;
    return line;
  }

  comments(): Folding[] {
    const found: Folding[] = [];
    for (let start = 0; start < this.kinds.length; start++) {
      if (this.kinds[start] !== 'comment') continue;
      let end = start;
      while (this.kinds[end + 1] === 'comment') end++;
      if (end > start) found.push({ start, end, kind: 'comment' });
      start = end;
    }
    return found.slice(0, MOST_FOLDINGS);
  }
}

function kindOf(text: string, start: number, end: number): 'blank' | 'comment' | 'content' {
  for (let at = start; at < end; at++) {
    if (text[at] === '#') return 'comment';
    if (!/[\s\ufeff]/.test(text[at])) return 'content';
  }
  return 'blank';
}
