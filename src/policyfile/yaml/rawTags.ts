import { isScalarTag } from '../../core/policy/yamlScalar';
import { YAML_TAG, implicitTag } from '../../core/policy/yamlTags';
import type { ScalarStyle } from '../../core/policy/yamlTree';
import { targetOf, type RawChild, type RawCollection, type RawNode } from './rawNodes';

/** @param written undefined where there is none; `!` leaves it to the loader. */
export function scalarTag(written: string | undefined, style: ScalarStyle, text: string): string {
  if (written !== undefined && written !== '!') return written;
  return written === '!' || style === 'plain' ? implicitTag(text) : YAML_TAG.str;
}

export function collectionTag(written: string | undefined, kind: RawCollection['kind']): string {
  if (written !== undefined && written !== '!') return written;
  return kind === 'sequence' ? YAML_TAG.seq : YAML_TAG.map;
}

/** How the loader reads a node. */
export type Reading = 'scalar' | 'sequence' | 'mapping' | 'set' | 'pairs';

/** undefined where the loader knows no such tag, or knows it for another kind of node. */
export function readingOf(node: RawNode): Reading | undefined {
  if (isScalarTag(node.tag)) return textOf(node) === undefined ? undefined : 'scalar';
  switch (node.tag) {
    case YAML_TAG.seq:
      return node.kind === 'sequence' ? 'sequence' : undefined;
    case YAML_TAG.map:
      return node.kind === 'mapping' ? 'mapping' : undefined;
    case YAML_TAG.set:
      return node.kind === 'mapping' ? 'set' : undefined;
    case YAML_TAG.omap:
    case YAML_TAG.pairs:
      return node.kind === 'sequence' && node.children.every(isPair) ? 'pairs' : undefined;
    default:
      return undefined;
  }
}

function isPair(child: RawChild): boolean {
  const target = targetOf(child);
  return target?.kind === 'mapping' && target.children.length === 2;
}

/** The text of which a scalar's value is made: its own, or under a scalar's tag that of a mapping's `=`, as in `!!str {=: text}`. */
export function textOf(node: RawNode): string | undefined {
  let inner: RawNode | undefined = node;
  // (A mapping can hold itself.)
  for (let i = 0; i < MOST_EQUALS && inner?.kind === 'mapping' && node.tag !== YAML_TAG.timestamp; i++) {
    inner = underEquals(inner);
  }
  return inner?.kind === 'scalar' ? inner.text : undefined;
}

/** The loader follows some hundred, and then gives up. */
const MOST_EQUALS = 100;

function underEquals(mapping: RawCollection): RawNode | undefined {
  let found = UNDER_EQUALS.get(mapping);
  if (found === undefined) {
    const { children } = mapping;
    const at = children.findIndex((child, i) => i % 2 === 0 && isEquals(child));
    found = (at < 0 ? undefined : targetOf(children[at + 1])) ?? null;
    UNDER_EQUALS.set(mapping, found);
  }
  return found ?? undefined;
}

/** A large mapping is looked through once, however often it is named. */
const UNDER_EQUALS = new WeakMap<RawCollection, RawNode | null>();

/** `=` without quotes. */
export function isEquals(child: RawChild): boolean {
  return targetOf(child)?.tag === YAML_TAG.value;
}

/** `<<` without quotes. */
export function isMergeKey(child: RawChild): boolean {
  return targetOf(child)?.tag === YAML_TAG.merge;
}
