import { entryOf } from '../entryOf';
import { Loading, LoadFault } from '../loading';
import { ruleOf } from '../loadPolicy';
import type { PolicyRule } from '../policy';
import { pyTruth } from '../pyValues';
import type { MappingEntry, MappingNode, PyValue, SequenceNode, Span, YamlNode, YamlTree } from '../yamlTree';
import { Findings } from './findings';
import { PatternBook } from './overlap/patternBook';
import { Source } from './source';

/** Of more rules nothing is found out: what is told of each costs time, and nobody writes so many by hand. */
export const MOST_RULES = 10_000;

/** One item of the list of rules. */
export interface LintedRule {
  /** From 0. */
  readonly index: number;
  readonly item: YamlNode;
  /** Where it stands in the list: another place than the item's own where an alias stands for it. */
  readonly place: Span;
  /** undefined where the item is no mapping, so that the loader refuses it. */
  readonly node: MappingNode | undefined;
  /** What is written as its name. */
  readonly name: MappingEntry | undefined;
  /** Whether all of it could be read: else nothing may be called absent in it. */
  readonly isWhole: boolean;
  /** As the loader has it; undefined where it refuses it. */
  readonly rule: PolicyRule | undefined;
}

/** A policy while it is looked through. */
export class LintContext {
  readonly source: Source;
  readonly findings: Findings;
  readonly patterns = new PatternBook();
  private readonly loading = new Loading();
  private readonly visited = new Set<YamlNode>();
  /** Where the last item ends of which the place is known. */
  private behind = 0;
  private readonly counts = new Map<string, number>();
  private readonly topics = new Set<string>();
  private readonly visitedAs = new Map<string, Set<YamlNode>>();
  /** undefined where the document is none. */
  readonly root: MappingNode | undefined;
  /** The list of rules; undefined where there is none that the loader takes. */
  readonly list: SequenceNode | undefined;
  /** No more than `MOST_RULES`. */
  readonly rules: readonly LintedRule[];

  constructor(
    readonly tree: YamlTree,
    text: string,
  ) {
    this.source = new Source(text);
    this.findings = new Findings(this.source);
    this.root = tree.root?.kind === 'mapping' ? tree.root : undefined;
    const list = this.root && entryOf(this.root, 'rules')?.value;
    this.list = list?.kind === 'sequence' ? list : undefined;
    this.rules = this.list === undefined ? [] : this.lintedRules(this.list.items.slice(0, MOST_RULES));
  }

  value(node: YamlNode): PyValue {
    return this.loading.value(node);
  }

  /** What a function makes of a value, or raises, found out once for all places at which aliases put it. */
  once<T>(read: (value: PyValue) => T, value: PyValue): T {
    return this.loading.once(read, value);
  }

  isTruthy(node: YamlNode): boolean {
    return pyTruth(this.value(node));
  }

  /** Whether all of the file could be read. */
  get isWhole(): boolean {
    return this.tree.leftOut.length === 0;
  }

  /** True the first time that it is asked about a node: what aliases name is looked through once. */
  isNew(node: YamlNode): boolean {
    if (this.visited.has(node)) return false;
    this.visited.add(node);
    return true;
  }

  /** Counts what is done of a kind; false once it is more than is done for one file. */
  mayCount(what: string, more: number, most: number): boolean {
    const count = (this.counts.get(what) ?? 0) + more;
    this.counts.set(what, count);
    return count <= most;
  }

  /** True the first time that something is to be said that is said once for a file. */
  isFirst(topic: string): boolean {
    if (this.topics.has(topic)) return false;
    this.topics.add(topic);
    return true;
  }

  /** The same of a node as one thing of several that it may stand for, such as a key of a rule. */
  isNewAs(role: string, node: YamlNode): boolean {
    let nodes = this.visitedAs.get(role);
    if (nodes === undefined) this.visitedAs.set(role, (nodes = new Set()));
    if (nodes.has(node)) return false;
    nodes.add(node);
    return true;
  }

  private lintedRules(items: readonly YamlNode[]): LintedRule[] {
    const known = new Map<YamlNode, Pick<LintedRule, 'rule' | 'node' | 'name'>>();
    return items.map((item, index) => {
      let first = known.get(item);
      if (first === undefined) {
        const node = item.kind === 'mapping' ? item : undefined;
        known.set(item, (first = { rule: this.loadRule(item, index), node, name: node && entryOf(node, 'name') }));
      }
      const isWhole = this.isItemWhole(items, index);
      const place = this.placeOf(items, index);
      return { ...first, index, item, place, isWhole, rule: first.rule && placedAt(first.rule, index, first.name) };
    });
  }

  private placeOf(items: readonly YamlNode[], index: number): Span {
    const { span } = items[index];
    const start = this.behind;
    if (span.start >= start) {
      this.behind = span.end;
      return span;
    }
    const alias = /^[\s,-]*(?:#[^\n]*\s+[\s-]*)*(\*[^\s,[\]{}]+)/.exec(this.source.text.slice(start, start + 1000));
    if (alias === null) return span;
    this.behind = start + alias[0].length;
    return { start: this.behind - alias[1].length, end: this.behind };
  }

  private loadRule(item: YamlNode, index: number): PolicyRule | undefined {
    try {
      return ruleOf(item, index, this.loading);
    } catch (error) {
      if (error instanceof LoadFault) return undefined;
      throw error;
    }
  }

  /** What was left out between this item and the next may have belonged to it, but for whole items. */
  private isItemWhole(items: readonly YamlNode[], index: number): boolean {
    const { start } = items[index].span;
    const next = items[index + 1]?.span.start ?? this.source.text.length;
    return !this.tree.leftOut.some(
      (span) => span.end > start && span.start < next && !this.isItemOfItsOwn(span, start),
    );
  }

  private isItemOfItsOwn({ start }: Span, itemStart: number): boolean {
    const [, indentation] = /^( *)-/.exec(this.source.text.slice(start, start + 200)) ?? [];
    return indentation !== undefined && this.source.before(itemStart).startsWith(`${indentation}- `);
  }
}

/** A rule that an alias puts in a second place; without a name it is called by its place. */
function placedAt(rule: PolicyRule, index: number, name: MappingEntry | undefined): PolicyRule {
  if (rule.index === index) return rule;
  return { ...rule, index, name: name === undefined ? `rule_${index}` : rule.name };
}
