import type { Binding } from './cursor';

/** Which rows, with the meaning of the reference's `get_log`: all that is given must hold, and an empty text asks for nothing. */
export interface RowFilter {
  /** Exact, case counts. */
  readonly session?: string;
  readonly actionType?: string;
  /** Upper-cased first: the log has the names that way. */
  readonly riskLevel?: string;
  /** Exact. */
  readonly resultStatus?: string;
  /** Compared with the row's timestamp as a text, both inclusive. */
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
}

/** The SQL of a filter. A column that the table lacks makes the condition one that no row meets. */
export function whereOf(
  filter: RowFilter,
  columns: readonly string[],
): { readonly where: string; readonly bindings: readonly Binding[]; readonly limit: string } {
  const conditions: [column: string, operator: string, value: string | undefined][] = [
    ['session_id', '=', filter.session],
    ['action_type', '=', filter.actionType],
    ['risk_level', '=', filter.riskLevel?.toUpperCase()],
    ['result_status', '=', filter.resultStatus],
    ['timestamp', '>=', filter.since],
    ['timestamp', '<=', filter.until],
  ];
  const asked = conditions.filter(([, , value]) => value !== undefined && value !== '');
  const terms = asked.map(([column, operator]) =>
    columns.includes(column) ? `"${column}" ${operator} ?` : '? IS NULL',
  );
  return {
    where: terms.length === 0 ? '' : ` WHERE ${terms.join(' AND ')}`,
    bindings: asked.map(([, , value]) => value!),
    limit: filter.limit === undefined ? '' : ` LIMIT ${Math.trunc(filter.limit)}`,
  };
}
