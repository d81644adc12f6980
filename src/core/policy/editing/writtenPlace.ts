import type { Span } from '../yamlTree';
import type { Container } from './containers';

/** What is being written at a place in a text. */
export interface WrittenPlace {
  /** A key, the value of a key or a single one of a list, or the beginning of an item without its dash. */
  readonly kind: 'key' | 'value' | 'item';
  /** What the key stands in, what the value is, or the list that the item is of. */
  readonly container: Container;
  /** Of a value: whether it is a single one in a list. */
  readonly isItem: boolean;
  /** What is there of it, on the line. */
  readonly span: Span;
  /** Of a key: whether a colon follows, so that only the name is to be changed. */
  readonly hasColon?: boolean;
  /** Of a key: those that stand in the same mapping. */
  readonly siblings: ReadonlySet<string>;
}

export interface CursorContext extends WrittenPlace {
  readonly isFlow: boolean;
  /** Column at which lines of the same mapping begin. */
  readonly column: number;
  /** Where a list goes on that ends here: another item of it may be begun as well. */
  readonly nextItem: NextItem | undefined;
}

export interface NextItem {
  /** The list. */
  readonly container: Container;
  /** Column for its dash. */
  readonly column: number;
}
