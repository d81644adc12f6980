import { keyIdentity } from '../../core/policy/yamlKeys';
import { scalarValue } from '../../core/policy/yamlScalar';
import { YAML_TAG } from '../../core/policy/yamlTags';
import { pyValueOf, type ValueMemory } from '../../core/policy/yamlValue';
import type {
  MappingEntry,
  MappingNode,
  PyMapping,
  PyValue,
  ScalarNode,
  SequenceNode,
  Span,
  YamlNode,
  YamlProblem,
} from '../../core/policy/yamlTree';
import { problemAt } from './fault';
import { Merging, recursion, type Entry } from './merging';
import { isMergeKey, readingOf, textOf } from './rawTags';
import { Reached } from './reached';
import { badKey, badTag, badValue } from './refusals';
import { targetOf, type RawChild, type RawCollection, type RawDocument, type RawNode } from './rawNodes';

/**
 * By aliases, collections stand in each other deeper than they are written. The loader has no limit for that; here a function that
 * calls itself can walk every tree.
 */
const MOST_NESTED_BY_ALIAS = 1000;

export interface Constructed {
  readonly root: YamlNode | undefined;
  /** What the loader refuses. */
  readonly problems: readonly YamlProblem[];
}

/** Makes of a document what `SafeConstructor` of PyYAML 6.0.3 makes of it. */
export function construct(document: RawDocument): Constructed {
  return new Constructor(document).construct();
}

class Constructor {
  /** Of the raw nodes, in their order. */
  private readonly nodes: YamlNode[] = [];
  private readonly heights: Uint16Array;
  private readonly merging = new Merging();
  private readonly values: ValueMemory = new Map();
  private readonly problems: YamlProblem[] = [];
  /** The loader makes no value of the text that is being read. */
  private hasNoValue = false;
  /** In the node that is being made; not all that is written is seen by the loader. */
  private found: YamlProblem[] = [];
  private readonly report = (problem: YamlProblem): void => void this.found.push(problem);

  constructor(private readonly document: RawDocument) {
    this.heights = new Uint16Array(document.nodes.length);
  }

  construct(): Constructed {
    const reached = new Reached(this.document);
    for (const node of this.document.nodes) {
      this.found = [];
      this.hasNoValue = false;
      this.nodes.push(this.nodeOf(node));
      if (reached.isOpened(node)) for (const problem of this.found) this.problems.push(problem);
      if (!reached.isMade(node)) continue;
      if (readingOf(node) === undefined) this.problems.push(badTag(node));
      else if (this.hasNoValue) this.problems.push(badValue(node));
    }
    const { root } = this.document;
    return { root: root && this.child(root), problems: this.problems };
  }

  /** What the loader refuses is read by its kind. */
  private nodeOf(node: RawNode): YamlNode {
    switch (readingOf(node) ?? node.kind) {
      case 'scalar':
        return this.scalar(node);
      case 'set':
        return this.set(node as RawCollection);
      case 'pairs':
        return this.pairs(node as RawCollection);
      case 'mapping':
        return this.mapping(node as RawCollection);
      case 'sequence':
        return this.sequence(node as RawCollection);
    }
  }

  private scalar(node: RawNode): ScalarNode {
    // (Behind a `<<` it is a mapping all the same.)
    if (node.kind === 'mapping') this.mapping(node);
    const text = textOf(node) ?? '';
    const made = scalarValue(node.tag, text);
    this.hasNoValue = made === undefined;
    const style = node.kind === 'scalar' ? node.style : 'plain';
    return { kind: 'scalar', span: node.span, style, text, tag: node.tag, value: made === undefined ? text : made };
  }

  private set(node: RawCollection): ScalarNode {
    const { entries } = pyValueOf(this.mapping(node), this.values) as PyMapping;
    const items = entries.map(([key]) => key);
    return valueNode(node, YAML_TAG.set, { kind: 'set', items });
  }

  /** `!!omap` and `!!pairs` are lists of tuples, which are lists of two here. */
  private pairs(node: RawCollection): SequenceNode {
    const items = node.children.map((pair) => {
      const [key, value] = (targetOf(pair) as RawCollection).children.map((part) => this.child(part));
      return valueNode(pair, YAML_TAG.seq, [pyValueOf(key, this.values), pyValueOf(value, this.values)]);
    });
    this.measure(
      node,
      node.children.flatMap((pair) => (targetOf(pair) as RawCollection).children),
    );
    return { kind: 'sequence', span: node.span, items };
  }

  private sequence(node: RawCollection): SequenceNode {
    this.measure(node, node.children);
    return { kind: 'sequence', span: node.span, items: node.children.map((child) => this.child(child)) };
  }

  private mapping(node: RawCollection): MappingNode {
    const entries = this.merging.entriesMergedInto(node, this.report);
    for (let i = 0; i < node.children.length; i += 2) {
      if (isMergeKey(node.children[i])) continue;
      const key = this.key(node.children[i]);
      const identity = key.kind === 'scalar' ? keyIdentity(key.value) : undefined;
      if (identity === undefined) this.report(badKey(node.children[i].span));
      entries.push({ key, value: this.child(node.children[i + 1]), identity, isMerged: false });
    }
    this.merging.remember(node, entries);
    this.measure(node, node.children);
    return { kind: 'mapping', span: node.span, entries: withOverwritten(entries) };
  }

  /** `=` is a text where it is a key. */
  private key(child: RawChild): YamlNode {
    const key = this.child(child);
    return key.kind === 'scalar' && key.tag === YAML_TAG.value ? { ...key, tag: YAML_TAG.str } : key;
  }

  /** An alias that cannot be followed is taken for a text that lacks its quotes. */
  private child(child: RawChild): YamlNode {
    const target = targetOf(child);
    const node = target && this.nodes[target.order];
    if (node !== undefined && this.isFollowed(child)) return node;
    // (Of an alias without a target is told elsewhere.)
    if (target !== undefined) this.report(node === undefined ? recursion(child.span) : tooDeep(child.span));
    const text = child.kind === 'alias' ? `*${child.name}` : '';
    return { kind: 'scalar', span: child.span, style: 'plain', text, tag: YAML_TAG.str, value: text };
  }

  private isFollowed(child: RawChild): boolean {
    return child.kind !== 'alias' || this.heightOf(child) < MOST_NESTED_BY_ALIAS;
  }

  /** Notes how many collections stand in each other in a node. */
  private measure(node: RawCollection, parts: readonly RawChild[]): void {
    let height = 0;
    for (const part of parts) if (this.isFollowed(part)) height = Math.max(height, this.heightOf(part));
    this.heights[node.order] = height + 1;
  }

  private heightOf(child: RawChild): number {
    const target = targetOf(child);
    return target === undefined ? 0 : (this.heights[target.order] ?? 0);
  }
}

function tooDeep({ start, end }: Span): YamlProblem {
  const limit = MOST_NESTED_BY_ALIAS.toLocaleString('en');
  return problemAt(start, end, `Aliases nest this deeper than ${limit} levels, which is more than is read here.`);
}

/** A value that is not written as a text. */
function valueNode({ span }: RawChild, tag: string, value: PyValue): ScalarNode {
  return { kind: 'scalar', span, style: 'plain', text: '', tag, value };
}

function withOverwritten(entries: readonly Entry[]): MappingEntry[] {
  const last = new Map<string, Entry>();
  for (const entry of entries) if (entry.identity !== undefined) last.set(entry.identity, entry);
  return entries.map((entry) => {
    const { key, value, isMerged, identity } = entry;
    return { key, value, isMerged, isOverwritten: identity !== undefined && last.get(identity) !== entry };
  });
}
