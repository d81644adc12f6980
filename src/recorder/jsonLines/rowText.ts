import { ROW_COLUMNS, type AuditRow } from '../../core/record/auditRow';
import { pythonJsonText } from '../../core/json/pythonJson';
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

/** The same of a row that is known. @param id undefined where there is no database, and so none. */
export function lineOfAuditRow(row: AuditRow, id: number | undefined): string {
  let line = id === undefined ? '' : `, "id": ${id}`;
  for (const { name, key } of KEYS) {
    const value = row[name];
    line += key + (typeof value === 'string' ? pythonJsonText(value) : String(value));
  }
  return `{${line.slice(', '.length)}}\n`;
}

/** Each as it stands behind the one before. */
const KEYS = ROW_COLUMNS.map((name) => ({ name, key: `, "${name}": ` }));

function cellOf(value: unknown): RowCell {
  if (value === null || value === undefined) return { kind: 'null' };
  if (typeof value === 'bigint') return { kind: 'integer', text: String(value) };
  if (typeof value === 'number') return { kind: 'real', value };
  if (value instanceof Uint8Array) return { kind: 'blob', bytes: value };
  return { kind: 'text', text: value as string, valid: true };
}
