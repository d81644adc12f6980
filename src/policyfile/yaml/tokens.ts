import type { ScalarStyle } from '../../core/policy/yamlTree';

/** Marks of one or a few characters, and of no length where the indentation says something. */
export type MarkKind =
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value';

export interface MarkToken {
  readonly kind: MarkKind;
  readonly start: number;
  readonly end: number;
}

export interface DirectiveToken {
  readonly kind: 'directive';
  readonly start: number;
  readonly end: number;
  readonly directive: Directive;
}

export type Directive =
  | { readonly name: 'YAML'; readonly major: string }
  | { readonly name: 'TAG'; readonly handle: string; readonly prefix: string }
  | { readonly name: 'other' };

export interface NameToken {
  readonly kind: 'anchor' | 'alias';
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

export interface TagToken {
  readonly kind: 'tag';
  readonly start: number;
  readonly end: number;
  /** `!`, `!!` or a declared one; undefined for a tag that is written out, and for a lone `!`. */
  readonly handle: string | undefined;
  readonly suffix: string;
}

export interface ScalarToken {
  readonly kind: 'scalar';
  readonly start: number;
  /** Behind the last character that belongs to it: the line break behind a block scalar does not. */
  readonly end: number;
  readonly style: ScalarStyle;
  readonly text: string;
}

export type Token = MarkToken | DirectiveToken | NameToken | TagToken | ScalarToken;
