import { pythonFloat } from '../json/pythonFloat';
import { pythonJsonText } from '../json/pythonJson';
import type { Cell } from './cell';
import { jsonTree } from './jsonTree';

/** A value of a row, or of a line of JSON: there it can be an object, a list, true or false, as it is written. */
export type RowCell = Cell | { readonly kind: 'json'; readonly text: string };

/** A row as the exports take it: its columns by name, in the table's order. Of columns of one name the last counts. */
export interface Row {
  readonly columns: readonly string[];
  readonly cells: readonly RowCell[];
}

/**
 * What becomes of a value that JSON has no form for. `refused`: UnexportableError, as in the reference. `marked`: an object says what it
 * is, `{"blob_hex": "00ff"}` or `{"invalid_utf8": "a\ufffd"}`, so that nothing is taken for what it is not.
 */
export type Formless = 'refused' | 'marked';

/** A value that has no form in an export: the reference raises an error there too. */
export class UnexportableError extends Error {
  override readonly name = 'UnexportableError';
}

/** A row as a line of the reference's `export_jsonl`, without its line end: keys in column order, ASCII, `", "` and `": "`. */
export function rowLine(row: Row, formless: Formless = 'refused'): string {
  return `{${members(row, formless).join(', ')}}`;
}

/** Rows as `aegis audit --format json` prints them: a list, indented by 2. */
export function rowsJson(rows: readonly Row[]): string {
  const writer = rowsJsonWriter();
  return rows.map((row) => writer.row(row)).join('') + writer.end();
}

/** The same one row after the other: the texts put together are the list. */
export function rowsJsonWriter(formless: Formless = 'refused'): { row(row: Row): string; end(): string } {
  let isFirst = true;
  return {
    row: (row) => {
      const object = members(row, formless).map((member) => `    ${member}`);
      const before = isFirst ? '[\n' : ',\n';
      isFirst = false;
      return `${before}  {\n${object.join(',\n')}\n  }`;
    },
    end: () => (isFirst ? '[]' : '\n]'),
  };
}

function members(row: Row, formless: Formless): string[] {
  return row.columns.map((name, i) => `${pythonJsonText(name)}: ${cellJson(row, i, formless)}`);
}

function cellJson(row: Row, column: number, formless: Formless): string {
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
      if (formless === 'marked') return markedText(cell);
      throw unexportable(row, column, 'is not valid UTF-8');
    case 'json':
      return embedded(cell.text);
    case 'blob':
      if (formless === 'marked') return markedText(cell);
      throw unexportable(row, column, 'holds bytes, which JSON has no form for');
  }
}

/** JSON within other JSON, on one line: what is none stays a text, so that it cannot add anything beside itself. */
export function embedded(text: string): string {
  if (jsonTree(text, 1) === undefined) return pythonJsonText(text);
  // Line ends can only stand between the members.
  return text.trim().replace(/[\r\n]+/g, ' ');
}

/** What JSON has no form for, as an object that says what it is. */
export function markedText(cell: Cell & { readonly kind: 'text' | 'blob' }): string {
  return cell.kind === 'text'
    ? `{"invalid_utf8": ${pythonJsonText(cell.text)}}`
    : `{"blob_hex": "${hexOf(cell.bytes)}"}`;
}

function hexOf(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) {
    parts.push(Array.from(bytes.subarray(at, at + 4096), (byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return parts.join('');
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

function plainText(cell: RowCell | undefined): string {
  switch (cell?.kind) {
    case 'integer':
    case 'text':
    case 'json':
      return cell.text;
    case 'real':
      return pythonFloat(cell.value);
    case 'blob':
      return `${cell.bytes.length} bytes`;
    default:
      return '';
  }
}
