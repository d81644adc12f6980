import { ROW_COLUMNS, type AuditRow } from '../../core/record/auditRow';
import { rowLine, type Row, type RowCell } from '../../core/log/exportRows';

/**
 * The line of a row of the database, as the reference's `export_jsonl` writes it, with its line end.
 *
 * @param row its columns in the table's order, integers as bigint.
 */
export function lineOfRow(row: Readonly<Record<string, unknown>>): string {
  return `${rowLine(rowOfRecord(row), 'marked')}\n`;
}

export function rowOfRecord(row: Readonly<Record<string, unknown>>): Row {
  return { columns: Object.keys(row), cells: Object.values(row).map(cellOf) };
}

/** The same where there is no database, and so no id. */
export function lineWithoutId(row: AuditRow): string {
  const cells = ROW_COLUMNS.map((name) => {
    const value = row[name];
    return cellOf(typeof value === 'number' ? BigInt(value) : value);
  });
  return `${rowLine({ columns: ROW_COLUMNS, cells })}\n`;
}

function cellOf(value: unknown): RowCell {
  if (value === null || value === undefined) return { kind: 'null' };
  if (typeof value === 'bigint') return { kind: 'integer', text: String(value) };
  if (typeof value === 'number') return { kind: 'real', value };
  if (value instanceof Uint8Array) return { kind: 'blob', bytes: value };
  return { kind: 'text', text: value as string, valid: true };
}
