import type { ScalarStyle, Span, YamlProblem } from '../../core/policy/yamlTree';
import type { YamlFault } from './fault';

/** A document as it is written: aliases are not followed, and `<<` is a key like any other. */

interface Node {
  readonly span: Span;
  /** In full: the one that is written, or the one that the loader finds for what is written without. */
  readonly tag: string;
  /** undefined where no tag is written. */
  readonly tagSpan: Span | undefined;
  /** Its place in `RawDocument.nodes`. */
  readonly order: number;
}

export interface RawScalar extends Node {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  readonly text: string;
}

export interface RawCollection extends Node {
  readonly kind: 'sequence' | 'mapping';
  /** Those of a mapping are key, value, key, value. */
  readonly children: readonly RawChild[];
}

export type RawNode = RawScalar | RawCollection;

export interface RawAlias {
  readonly kind: 'alias';
  readonly span: Span;
  readonly name: string;
  /** undefined: nothing before it has the name. */
  readonly target: RawNode | undefined;
}

export type RawChild = RawNode | RawAlias;

export interface RawDocument {
  /** undefined where there is no document. */
  readonly root: RawChild | undefined;
  /** All but aliases, each behind what it holds. */
  readonly nodes: readonly RawNode[];
  /** Aliases of names that nothing has. */
  readonly unknown: readonly RawAlias[];
  /** What the loader refuses and that did not keep us from reading on. */
  readonly problems: readonly YamlProblem[];
  /** Where reading ended before the end; all that was open there was closed. */
  readonly fault: YamlFault | undefined;
  /** Where a text in quotes began that ended on the line of the fault, but began on another. */
  readonly longQuote: number | undefined;
}

/** What an alias stands for. */
export function targetOf(child: RawChild): RawNode | undefined {
  return child.kind === 'alias' ? child.target : child;
}
