/**
 * A YAML document with places, as PyYAML's `safe_load` would understand it. What is made of it here is what the reference's loader gets.
 */

/** Offsets in UTF-16 units of the text, the end behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value as Python has it. Whole numbers are bigint (`1`), others number (`1.0`): the two are different to `str()` and the same to `==`. */
export type PyValue =
  null | boolean | bigint | number | string | PyDate | PyBytes | readonly PyValue[] | PyMapping | PySet;

/** `datetime.date`, or `datetime.datetime` where it has a time. Python's `isoformat`, and its `str()`. */
export interface PyDate {
  readonly kind: 'date' | 'datetime';
  readonly iso: string;
  readonly text: string;
}

/** `!!binary` */
export interface PyBytes {
  readonly kind: 'bytes';
  readonly bytes: readonly number[];
}

/** A dict in the order of its first keys. Keys that Python holds for equal (1, 1.0, true) are one. */
export interface PyMapping {
  readonly kind: 'mapping';
  readonly entries: readonly (readonly [key: PyValue, value: PyValue])[];
}

/** `!!set` */
export interface PySet {
  readonly kind: 'set';
  readonly items: readonly PyValue[];
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly style: ScalarStyle;
  /** The content before it is resolved: what stands there without quotes, escapes and folding. */
  readonly text: string;
  /** The tag that the loader resolves it to, such as `tag:yaml.org,2002:int`. */
  readonly tag: string;
  readonly value: PyValue;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly items: readonly YamlNode[];
}

export interface MappingEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** A later entry of the same mapping has an equal key, so the loader drops this one. */
  readonly isOverwritten: boolean;
  /** It came in by `<<`; its spans are where it is written. */
  readonly isMerged: boolean;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly span: Span;
  /** In the loader's order: those of `<<`, and then those that are written here. */
  readonly entries: readonly MappingEntry[];
}

/** An alias stands as the node that it names, so one node may be met twice; it is never met within itself. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode;

export type YamlProblemCode = 'yaml-syntax' | 'yaml-tab' | 'yaml-tag' | 'multiple-documents';

/** Why the loader refuses the text. */
export interface YamlProblem {
  readonly code: YamlProblemCode;
  readonly message: string;
  readonly span: Span;
}

export interface YamlTree {
  /** undefined: an empty document, which the loader takes for null. */
  readonly root: YamlNode | undefined;
  /** Empty where the loader takes the text. Otherwise `root` is what could be made out around the errors, for findings elsewhere. */
  readonly problems: readonly YamlProblem[];
  /**
   * Parts of the text that could not be read and are missing in `root`: whole list entries, lines, or all from a place on. As long as
   * there are some, nothing should be called absent or empty.
   */
  readonly leftOut: readonly Span[];
}
