import { visible } from '../../text/visible';
import { PLACE_NAMES } from '../lint/knownKeys';
import type { LintContext, LintedRule } from '../lint/lintContext';
import { readingOf } from '../lint/yamlReadings';
import type { Place } from '../schema/definition';
import { KEY_DEFINITIONS } from '../schema/keys';
import { shownValue } from '../shownValue';
import type { MappingEntry, ScalarNode, Span, YamlNode } from '../yamlTree';
import { conditionWords } from './conditionWords';
import { enter, isListOfValues, ITEM, TOP, type Container } from './containers';
import { ruleParagraphs } from './ruleParagraphs';
import { takenWords, valueWords } from './valueWords';

/** What is to be known of a place in a policy. Plain texts: what is out of the file is made visible in them. */
export interface PolicyHover {
  readonly span: Span;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** @param offset in UTF-16 units */
export function hoverPolicy(context: LintContext, offset: number): PolicyHover | undefined {
  if (context.root === undefined) return undefined;
  const rule = context.rules.find(({ place }) => contains(place, offset));
  const found = new Search(context, offset, rule).in(context.root, TOP, undefined);
  if (found !== undefined) return found;
  const at = rule ?? context.rules.find(({ place }) => isDashBefore(context, place, offset));
  return at === undefined ? undefined : ruleHover(context, at);
}

class Search {
  private readonly seen = new Set<YamlNode>();

  constructor(
    private readonly context: LintContext,
    private readonly offset: number,
    private readonly rule: LintedRule | undefined,
  ) {}

  /** @param place of the key whose value the node is part of */
  in(node: YamlNode, container: Container, place: Place | undefined): PolicyHover | undefined {
    // An alias stands for a node elsewhere.
    if (this.seen.has(node) || !contains(node.span, this.offset)) return undefined;
    this.seen.add(node);
    switch (node.kind) {
      case 'scalar':
        return this.scalar(node, container, place);
      case 'sequence':
        for (const item of node.items) {
          const found = this.in(item, container.isList ? enter(container, ITEM) : container, place);
          if (found !== undefined) return found;
        }
        return undefined;
      case 'mapping':
        for (const entry of node.entries) {
          const found = this.entry(entry, container);
          if (found !== undefined) return found;
        }
        return undefined;
    }
  }

  private entry(entry: MappingEntry, container: Container): PolicyHover | undefined {
    const { key, value, isMerged } = entry;
    if (isMerged) return undefined;
    const { place } = container;
    if (contains(key.span, this.offset)) return this.key(entry, container);
    const inner = enter(container, nameOf(key));
    const found = this.in(value, inner, place);
    if (found !== undefined || place !== 'conditions' || !contains(value.span, this.offset)) return found;
    // Nothing more exact is to be said in the value of a condition.
    const span = this.context.source.firstLine(value.span);
    return { span, title: visible(nameOf(key), 60), paragraphs: [this.conditionOf(entry)] };
  }

  private key(entry: MappingEntry, { place, isList }: Container): PolicyHover | undefined {
    if (place === undefined || isList) return undefined;
    const { span } = entry.key;
    const name = nameOf(entry.key);
    const title = name === '' ? shownValue(this.context.value(entry.key)) : visible(name, 60);
    const definition = KEY_DEFINITIONS[place].find((each) => each.name === name);
    if (definition === undefined) return { span, title, paragraphs: [unknownKey(place)] };
    const { meaning, otherwise, value } = definition;
    const taken = takenWords(value);
    const paragraphs = [
      ...(place === 'conditions' ? [this.conditionOf(entry)] : []),
      taken === undefined ? meaning : `${meaning} ${taken}`,
      ...(otherwise === undefined ? [] : [`Where it is not there, the loader takes: ${otherwise}.`]),
      ...(entry.isOverwritten ? ['It stands here once more below, and the loader keeps the last.'] : []),
      ...(place === 'rule' && name === 'name' ? this.ruleWords() : []),
    ];
    return { span, title, paragraphs };
  }

  private conditionOf({ key, value }: MappingEntry): string {
    const condition = { key: this.context.value(key), value: this.context.value(value) };
    return `Holds where ${conditionWords(condition)}.`;
  }

  private ruleWords(): string[] {
    return this.rule === undefined ? [] : ruleParagraphs(this.context, this.rule);
  }

  private scalar(
    node: ScalarNode,
    { definition, isList }: Container,
    place: Place | undefined,
  ): PolicyHover | undefined {
    const { span, value } = node;
    const reading = readingOf(node);
    const title = node.text === '' ? shownValue(value) : visible(node.text, 60);
    const paragraphs = reading === undefined ? [] : [`${reading.clause}.`];
    if (definition !== undefined) {
      const { name } = definition;
      // One value where a list is expected is something else than a value in the list.
      const isInList = !isList && isListOfValues(definition);
      if (place === 'conditions' && !isInList) paragraphs.push(`Holds where ${conditionWords({ key: name, value })}.`);
      else if (!isList) paragraphs.push(...valueWords(definition, value, place));
      if (name === 'name' && this.rule?.name?.value === node) paragraphs.push(...this.ruleWords());
    }
    return paragraphs.length === 0 ? undefined : { span, title, paragraphs };
  }
}

function nameOf(key: YamlNode): string {
  return key.kind === 'scalar' && typeof key.value === 'string' ? key.value : '';
}

function unknownKey(place: Place): string {
  return place === 'conditions'
    ? 'There is no such condition, so the rule never matches.'
    : `The loader knows no such key in ${PLACE_NAMES[place]} and ignores it: what stands there has no effect.`;
}

function ruleHover(context: LintContext, rule: LintedRule): PolicyHover {
  const span = context.source.firstLine(rule.place);
  return { span, title: `Rule ${rule.index + 1}`, paragraphs: ruleParagraphs(context, rule) };
}

/** Whether a place is at the dash before an item. */
function isDashBefore({ source }: LintContext, { start }: Span, offset: number): boolean {
  return offset < start && start - offset < 20 && /^-?[ ]*$/.test(source.text.slice(offset, start));
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
