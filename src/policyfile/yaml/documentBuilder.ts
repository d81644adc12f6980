import type { ScalarStyle, Span, YamlProblem } from '../../core/policy/yamlTree';
import { faultAt, problemAt, YamlLimit } from './fault';
import { collectionTag, scalarTag } from './rawTags';
import type { RawAlias, RawChild, RawCollection, RawNode } from './rawNodes';

/**
 * Collections in each other. PyYAML calls itself twice for each, and Python gives up at 1,000 calls: it reads 490, and somewhat fewer
 * where it is itself called from deep within a program.
 */
export const MOST_NESTED = 490;

/** More values than this are not read: a policy has thousands, and each takes some hundred bytes. */
export const MOST_NODES = 250_000;

/** What may stand before a value. */
export interface Properties {
  readonly tag: string | undefined;
  readonly tagSpan: Span | undefined;
  readonly anchor: string | undefined;
  readonly anchorSpan: Span | undefined;
}

export const NO_PROPERTIES: Properties = {
  tag: undefined,
  tagSpan: undefined,
  anchor: undefined,
  anchorSpan: undefined,
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Not closed yet. */
interface OpenCollection extends Writable<RawCollection> {
  children: RawChild[];
}

/** Puts a document together, and knows its names. */
export class DocumentBuilder {
  root: RawChild | undefined;
  readonly nodes: RawNode[] = [];
  readonly unknown: RawAlias[] = [];
  readonly problems: YamlProblem[] = [];
  private readonly open: OpenCollection[] = [];
  private readonly named = new Map<string, RawNode>();
  private count = 0;

  scalar(span: Span, style: ScalarStyle, text: string, properties: Properties): void {
    this.admit(span);
    this.addScalar(span, style, text, properties);
  }

  private addScalar(span: Span, style: ScalarStyle, text: string, properties: Properties): void {
    const tag = scalarTag(properties.tag, style, text);
    const order = this.nodes.length;
    const node: RawNode = { kind: 'scalar', span, style, text, tag, tagSpan: properties.tagSpan, order };
    this.nodes.push(node);
    this.put(node, properties);
  }

  /** What stands for a value where none is written. */
  empty(at: number, properties: Properties): void {
    this.scalar({ start: at, end: at }, 'plain', '', properties);
  }

  alias(name: string, span: Span): void {
    this.admit(span);
    const alias: RawAlias = { kind: 'alias', span, name, target: this.named.get(name) };
    if (alias.target === undefined) this.unknown.push(alias);
    this.put(alias, NO_PROPERTIES);
  }

  /** @param start of its first character. */
  begin(kind: RawCollection['kind'], start: number, properties: Properties): void {
    if (this.open.length >= MOST_NESTED) {
      const message = `This is nested deeper than ${MOST_NESTED} levels, where the loader gives up. Nest it less deep.`;
      throw faultAt(start, start + 1, message);
    }
    const span = { start, end: start };
    this.admit(span);
    const tag = collectionTag(properties.tag, kind);
    const collection: OpenCollection = { kind, span, tag, tagSpan: properties.tagSpan, order: Infinity, children: [] };
    this.put(collection, properties);
    this.open.push(collection);
  }

  /** @param end behind its last character. */
  end(end: number): void {
    const collection = this.open.pop()!;
    const { start } = collection.span;
    collection.span = { start, end: Math.max(end, start) };
    collection.order = this.nodes.length;
    this.nodes.push(collection);
  }

  /** Closes all that is open. A key without a value gets an empty one. */
  endAll(end: number): void {
    for (let last = this.open.at(-1); last !== undefined; last = this.open.at(-1)) {
      if (last.kind === 'mapping' && last.children.length % 2 === 1)
        this.addScalar({ start: end, end }, 'plain', '', NO_PROPERTIES);
      this.end(end);
    }
  }

  private put(child: RawChild, { anchor, anchorSpan }: Properties): void {
    if (child.kind !== 'alias' && anchor !== undefined && anchorSpan !== undefined) {
      if (this.named.has(anchor)) this.problems.push(secondName(anchor, anchorSpan));
      this.named.set(anchor, child);
    }
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.children.push(child);
    else this.root = child;
  }

  private admit({ start, end }: Span): void {
    if (++this.count <= MOST_NODES) return;
    const message = `This file has more than ${MOST_NODES.toLocaleString('en')} values. What is behind them is not read here.`;
    throw new YamlLimit(problemAt(start, end, message), start, start);
  }
}

function secondName(name: string, { start, end }: Span): YamlProblem {
  const message = `The name &${name} is given twice in this file, which the loader refuses. Choose another one.`;
  return problemAt(start, end, message);
}
