import type { Indexed } from '../entryIndex';
import type { WithoutStatus } from '../outcomes';
import type { Piece } from './textPattern';

/** What an entry holds beyond the index: read only where a filter asks for it. null where nothing was recorded. */
export interface EntryContent {
  /** JSON, as it was written. */
  readonly params: string | null;
  readonly description: string | null;
  readonly data: string | null;
  readonly error: string | null;
}
export type ContentField = keyof EntryContent;

export const CONTENT_FIELDS = ['params', 'description', 'data', 'error'] as const satisfies readonly ContentField[];

/** Where a bare word is looked for in the index; then in all of the content. */
export const TEXT_COLUMNS = [
  'type',
  'target',
  'rule',
  'agent',
  'session',
  'status',
  'human',
] as const satisfies readonly Indexed[];

/** What is asked of a column's value. */
export type ValueTest =
  /** Nothing was recorded: no value, or an empty one. */
  | { readonly kind: 'none' }
  /** All of the value is what the pattern says. */
  | { readonly kind: 'whole'; readonly pattern: readonly Piece[] }
  /** The pattern stands somewhere in it. */
  | { readonly kind: 'part'; readonly pattern: readonly Piece[] }
  /** Ranks in RISKS, both included; a word that is not among them has none. */
  | { readonly kind: 'rank'; readonly from: number; readonly to: number };

/** Whole numbers, both ends included; null where it is open, `none` where no number was recorded. */
export type NumberTest = { readonly from: bigint | null; readonly to: bigint | null } | 'none';

/** Microseconds since 1970, from <= t < to, infinite where it is open; `none` where the timestamp is no time. */
export type TimeTest = { readonly from: number; readonly to: number } | 'none';

/** One of the tests must hold; where the term is negated, none of them may. */
export type Term = { readonly isNegated: boolean } & (
  | { readonly kind: 'column'; readonly column: Indexed; readonly tests: readonly ValueTest[] }
  /** The recorded status, or what the entry counts as where none was recorded. */
  | { readonly kind: 'outcome'; readonly tests: readonly ValueTest[]; readonly without: readonly WithoutStatus[] }
  | { readonly kind: 'number'; readonly of: 'id' | 'depth'; readonly tests: readonly NumberTest[] }
  | { readonly kind: 'time'; readonly tests: readonly TimeTest[] }
  /** Anywhere in TEXT_COLUMNS or in the content. */
  | { readonly kind: 'text'; readonly patterns: readonly (readonly Piece[])[] }
  | { readonly kind: 'content'; readonly field: ContentField; readonly patterns: readonly (readonly Piece[])[] }
  /** Something was recorded there. */
  | { readonly kind: 'has'; readonly fields: readonly (Indexed | ContentField)[] }
);

/** What entries must be like: all terms must hold. */
export interface Filter {
  readonly terms: readonly Term[];
}

/** What is wrong with a filter's text. */
export interface FilterProblem {
  /** A sentence for who wrote it. */
  readonly message: string;
  /** The characters that it is about. */
  readonly from: number;
  readonly to: number;
}

/** Whether a value is as good as none: what other writers leave empty, the reference does not write at all. */
export function isNothing(value: string | null): boolean {
  return value === null || value === '';
}
