import type { Span } from '../yamlTree';

/** Something that can be written at a place. */
export interface PolicyCompletion {
  readonly label: string;
  readonly kind: 'key' | 'word' | 'value' | 'recorded' | 'rule';
  /** What is put in the place of `span`; lines behind the first are indented as the line is in which it stands. */
  readonly insert: string;
  /** Whether `insert` has places to be filled in, as VS Code writes them. */
  readonly isSnippet: boolean;
  /** What is typed is held against this. */
  readonly filter: string;
  /** On one line, with the cursor in it or at its end. */
  readonly span: Span;
  readonly detail: string | undefined;
  /** Plain text. */
  readonly documentation: string | undefined;
  /** Whether its value can be chosen next. */
  readonly suggestsNext: boolean;
  /** Smaller ones are offered first. */
  readonly order: number;
}

/** What is offered before it is fitted into its line: lines behind the first are indented as if it stood in the first column. */
export type Offer = Omit<PolicyCompletion, 'span' | 'order' | 'filter'> & Partial<Pick<PolicyCompletion, 'filter'>>;
