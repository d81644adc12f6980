/** A piece of JSON for a page to draw. Numbers are as they were written: reading them would round. */
export interface JsonNode {
  /** Name of the member, or index in the list; null for the whole. */
  readonly name: string | null;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'literal';
  /** The value; of a container, how many members it has. */
  readonly text: string;
  readonly children: readonly JsonNode[];
}

interface Growing extends JsonNode {
  text: string;
  readonly children: JsonNode[];
}

export interface JsonTree {
  readonly root: JsonNode;
  /** There was more of it than is drawn. */
  readonly cut: boolean;
}

const MOST_DEPTH = 64;
const MOST_TEXT = 2000;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null|NaN|-?Infinity/y;

/**
 * Reads JSON as Python does, which writes NaN and Infinity too, into a tree of at most `most` pieces. undefined where it is none.
 * Nothing recurses: a log may be nested as deep as it is long.
 */
export function jsonTree(source: string, most: number): JsonTree | undefined {
  const reader = new Reader(source);
  const top: Growing = { name: null, kind: 'array', text: '', children: [] };
  const open: Container[] = [];
  let count = 0;
  let cut = false;
  /** Puts a piece where it belongs, unless there is too much of it. */
  const place = (name: string | null, kind: JsonNode['kind'], text: string): Growing => {
    const node: Growing = { name, kind, text, children: [] };
    if (count < most && open.length < MOST_DEPTH) {
      count++;
      (open.at(-1)?.node ?? top).children.push(node);
    } else cut = true;
    return node;
  };
  let name: string | null = null;
  for (;;) {
    const start = reader.peek();
    if (start === '{' || start === '[') {
      reader.skip();
      const node = place(name, start === '{' ? 'object' : 'array', '');
      open.push({ node, end: start === '{' ? '}' : ']', members: 0 });
    } else {
      const scalar = reader.scalar();
      if (scalar === undefined) return undefined;
      place(name, scalar.kind, scalar.text);
    }
    // Behind a value or an opening: what ends here is closed, until there is another member to read.
    let isFirst = start === '{' || start === '[';
    for (;;) {
      const last = open.at(-1);
      if (last === undefined)
        return reader.peek() === undefined ? { root: top.children[0], cut: cut || reader.isCut } : undefined;
      const next = reader.peek();
      if (next === last.end) {
        reader.skip();
        last.node.text = sizeText(last);
        open.pop();
        isFirst = false;
        continue;
      }
      if (!isFirst) {
        if (next !== ',') return undefined;
        reader.skip();
      }
      name = last.end === ']' ? String(last.members) : reader.memberName();
      if (name === null) return undefined;
      last.members++;
      break;
    }
  }
}

interface Container {
  readonly node: Growing;
  readonly end: '}' | ']';
  members: number;
}

function sizeText({ end, members }: Container): string {
  const what = end === '}' ? 'member' : 'item';
  return `${members.toLocaleString('en-US')} ${what}${members === 1 ? '' : 's'}`;
}

interface Scalar {
  readonly kind: 'string' | 'number' | 'literal';
  readonly text: string;
}

class Reader {
  /** Something was longer than is drawn. */
  isCut = false;
  private at = 0;

  constructor(private readonly source: string) {}

  /** The next character that is no white space; undefined at the end. */
  peek(): string | undefined {
    while (' \t\n\r'.includes(this.source[this.at] ?? '.')) this.at++;
    return this.source[this.at];
  }

  skip(): void {
    this.at++;
  }

  scalar(): Scalar | undefined {
    if (this.peek() === '"') {
      const text = this.text();
      if (text === undefined) return undefined;
      return { kind: 'string', text: this.shortened(text) };
    }
    const literal = this.match(LITERAL);
    if (literal !== undefined) return { kind: 'literal', text: literal };
    const number = this.match(NUMBER);
    return number === undefined ? undefined : { kind: 'number', text: this.shortened(number) };
  }

  /** A member's name and the colon behind it; null where there is none. */
  memberName(): string | null {
    if (this.peek() !== '"') return null;
    const text = this.text();
    if (text === undefined || this.peek() !== ':') return null;
    this.skip();
    return this.shortened(text);
  }

  private text(): string | undefined {
    const start = this.at;
    let end = start + 1;
    while (end < this.source.length && this.source[end] !== '"') end += this.source[end] === '\\' ? 2 : 1;
    if (end >= this.source.length) return undefined;
    this.at = end + 1;
    try {
      return JSON.parse(this.source.slice(start, this.at)) as string;
    } catch {
      return undefined;
    }
  }

  /** Not through the middle of a character. */
  private shortened(text: string): string {
    if (text.length <= MOST_TEXT) return text;
    this.isCut = true;
    return `${text.slice(0, MOST_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.source) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
