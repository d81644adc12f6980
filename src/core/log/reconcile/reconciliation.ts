import type { Writable } from '../../json/writeJson';

/** In what a database and a chain of the same actions can differ. */
export type DifferenceKind =
  'row_without_entry' | 'entry_without_row' | 'field_differs' | 'outcome_duplicated' | 'order_differs';

export interface Difference {
  readonly kind: DifferenceKind;
  /** The row's id in decimal; null where there is no row. */
  readonly rowId: string | null;
  /** The entry's line in the chain file, from 1; null where there is no entry. */
  readonly line: number | null;
  /** The row's column, where one value is in question. */
  readonly field: string | null;
  /** As it is shown; null where there is none. */
  readonly rowValue: string | null;
  readonly entryValue: string | null;
}

/** How many differences are listed; all are counted. */
export const MAX_DIFFERENCES = 1_000;

/** What a database held against a chain gave. */
export interface Reconciliation {
  /** No difference at all. */
  readonly valid: boolean;
  readonly rows: number;
  readonly entries: number;
  /** Rows that at least one entry commits to. */
  readonly matched: number;
  /** Of these, rows that were matched by the id of their action; the rest by session, time, action and order. */
  readonly matchedById: number;
  /** Attempts of which no outcome was recorded: counted, no difference. */
  readonly openAttempts: number;
  readonly differencesTotal: number;
  /** By row and line, at most `MAX_DIFFERENCES`. */
  readonly differences: readonly Difference[];
}

/** As `aegis reconcile --format json` prints it. */
export function reconciliationJson(found: Reconciliation): Writable {
  return {
    valid: found.valid,
    rows: found.rows,
    entries: found.entries,
    matched: found.matched,
    matched_by_id: found.matchedById,
    open_attempts: found.openAttempts,
    differences_total: found.differencesTotal,
    differences: found.differences.map(({ kind, rowId, line, field, rowValue, entryValue }) => ({
      kind,
      row_id: rowId === null ? null : Number(rowId),
      line,
      field,
      row_value: rowValue,
      entry_value: entryValue,
    })),
  };
}
