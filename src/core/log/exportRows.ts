import { pythonFloat } from '../json/pythonFloat';
import { pythonJsonText } from '../json/pythonJson';
import type { Cell } from './cell';

/** A row as the exports take it: its columns by name, in the table's order. */
export interface Row {
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
}

/** A value that has no form in an export: the reference raises an error there too. */
export class UnexportableError extends Error {
  override readonly name = 'UnexportableError';
}

/** A row as a line of the reference's `export_jsonl`, without its line end: keys in column order, ASCII, `", "` and `": "`. */
export function rowLine(row: Row): string {
  return `{${members(row).join(', ')}}`;
}

/** Rows as `aegis audit --format json` prints them: a list, indented by 2. */
export function rowsJson(rows: readonly Row[]): string {
  if (rows.length === 0) return '[]';
  const objects = rows.map(
    (row) =>
      `  {\n${members(row)
        .map((member) => `    ${member}`)
        .join(',\n')}\n  }`,
  );
  return `[\n${objects.join(',\n')}\n]`;
}

function members(row: Row): string[] {
  return row.columns.map((name, i) => `${pythonJsonText(name)}: ${cellJson(row, i)}`);
}

function cellJson(row: Row, column: number): string {
  const cell = row.cells[column];
  switch (cell.kind) {
    case 'null':
      return 'null';
    case 'integer':
      return cell.text;
    case 'real':
      return pythonFloat(cell.value);
    case 'text':
      if (cell.valid) return pythonJsonText(cell.text);
      throw unexportable(row, column, 'is not valid UTF-8');
    case 'blob':
      throw unexportable(row, column, 'holds bytes, which JSON has no form for');
  }
}

function unexportable({ columns, cells }: Row, column: number, why: string): UnexportableError {
  const id = cells[columns.indexOf('id')];
  const row = id?.kind === 'integer' ? `Row ${id.text}` : 'A row';
  return new UnexportableError(`${row} cannot be exported: its ${columns[column]} ${why}.`);
}

/** Columns of the reference's table with their least widths. */
const TABLE: readonly [title: string, width: number, columns: readonly string[]][] = [
  ['ID', 4, ['id']],
  ['Session', 12, ['session_id']],
  ['Action', 15, ['action_type']],
  ['Target', 15, ['action_target']],
  ['Risk', 8, ['risk_level']],
  ['Decision', 10, ['human_decision', 'approval']],
  ['Result', 10, ['result_status']],
];

/** The head of the table that `aegis audit` prints, and the line below it. */
export function tableHead(): [string, string] {
  const head = TABLE.map(([title, width]) => title.padStart(width)).join(' ');
  return [head, '-'.repeat(head.length)];
}

/** A row of that table: right-aligned, wider where a value is, never cut. Of several columns the first that has something counts. */
export function tableCells({ columns, cells }: Row): string[] {
  return TABLE.map(([title, width, names]) => {
    const text = names.map((name) => plainText(cells[columns.indexOf(name)])).find((each) => each !== '');
    const shown = text ?? (title === 'Result' ? '-' : '');
    return ' '.repeat(Math.max(0, width - [...shown].length)) + shown;
  });
}

function plainText(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case 'integer':
    case 'text':
      return cell.text;
    case 'real':
      return pythonFloat(cell.value);
    case 'blob':
      return `${cell.bytes.length} bytes`;
    default:
      return '';
  }
}
