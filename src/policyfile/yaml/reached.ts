import { isEquals, isMergeKey, readingOf } from './rawTags';
import { targetOf, type RawChild, type RawCollection, type RawDocument, type RawNode } from './rawNodes';

/** What the loader gets to see of a document: not, for example, the tag of a mapping that only stands behind `<<`. */
export class Reached {
  private readonly made: Uint8Array;
  private readonly opened: Uint8Array;
  /** Lists that stood behind `<<`. */
  private readonly merged: Uint8Array;
  private readonly waiting: RawCollection[] = [];
  private readonly toOpen: RawCollection[] = [];

  constructor({ root, nodes }: RawDocument) {
    this.made = new Uint8Array(nodes.length);
    this.opened = new Uint8Array(nodes.length);
    this.merged = new Uint8Array(nodes.length);
    if (root !== undefined) this.make(root);
    while (this.waiting.length > 0 || this.toOpen.length > 0) {
      const mapping = this.toOpen.pop();
      if (mapping !== undefined) this.openEntries(mapping);
      else this.makeParts(this.waiting.pop()!);
    }
  }

  /** A value is made of the node, so that its tag counts. */
  isMade({ order }: RawNode): boolean {
    return this.made[order] === 1;
  }

  /** Its parts are looked at, for itself or for a `<<`. */
  isOpened({ order }: RawNode): boolean {
    return this.opened[order] === 1;
  }

  private make(child: RawChild): void {
    const target = targetOf(child);
    if (target === undefined || this.isMade(target)) return;
    this.made[target.order] = 1;
    if (target.kind !== 'scalar') this.waiting.push(target);
  }

  private makeParts(node: RawCollection): void {
    const reading = readingOf(node);
    if (reading === 'scalar') return;
    if (node.kind === 'mapping') return this.open(node);
    this.opened[node.order] = 1;
    for (const child of node.children) {
      const pair = reading === 'pairs' ? targetOf(child) : undefined;
      if (pair === undefined) this.make(child);
      else if (pair.kind === 'mapping') pair.children.forEach((part) => this.make(part));
    }
  }

  private open(mapping: RawCollection): void {
    if (this.isOpened(mapping)) return;
    this.opened[mapping.order] = 1;
    this.toOpen.push(mapping);
  }

  private openEntries({ children }: RawCollection): void {
    for (let i = 0; i < children.length; i += 2) {
      const [key, value] = [children[i], children[i + 1]];
      if (isMergeKey(key)) {
        this.openMerged(value);
        continue;
      }
      // (As a key it is a text.)
      if (!isEquals(key)) this.make(key);
      this.make(value);
    }
  }

  private openMerged(value: RawChild): void {
    const target = targetOf(value);
    if (target?.kind === 'mapping') return this.open(target);
    if (target?.kind !== 'sequence' || this.merged[target.order] === 1) return;
    this.merged[target.order] = 1;
    for (const source of target.children.map(targetOf)) if (source?.kind === 'mapping') this.open(source);
  }
}
