import { MEMBERS } from '../core/chain/entry';
import { FIRST_COLUMNS, LATER_COLUMNS } from '../core/log/cell';
import { markedText, rowLine, type Row, type RowCell } from '../core/log/exportRows';
import { csvCell } from './csvCell';
import type { LogKind } from './logSource';

/** Rows as a spreadsheet reads them. */

/** What a row has beyond the columns of its kind, as JSON: with a column for each of those a hostile log could grow without bound. */
const OTHER = 'other';

export interface CsvColumns {
  readonly names: readonly string[];
  /** Rows may have others. */
  readonly isOpen: boolean;
}

/** The columns for rows of a log, of which this is the first. */
export function csvColumns(kind: LogKind, first: Row | undefined): CsvColumns {
  switch (kind) {
    case 'database':
      // All rows have the table's.
      return { names: first?.columns ?? [], isOpen: false };
    case 'chain':
      return { names: CHAIN, isOpen: true };
    case 'lines':
      return { names: [...FIRST_COLUMNS, ...LATER_COLUMNS], isOpen: true };
  }
}

/** In the order in which a person reads an entry, not by name. */
const CHAIN = ['sequence_id', 'timestamp', ...MEMBERS.filter((name) => !/^(sequence_id|timestamp)$/.test(name))];

export function csvHead({ names, isOpen }: CsvColumns): string {
  return csvLine(isOpen ? [...names, OTHER] : names);
}

export function csvRow({ names, isOpen }: CsvColumns, row: Row): string {
  // Of members of one name the last counts; the ones before it are kept with what has no column.
  const places = names.map((name) => row.columns.lastIndexOf(name));
  const texts = places.map((place) => plainText(row.cells[place]));
  if (!isOpen) return csvLine(texts);
  const used = new Set(places);
  const rest = row.columns.map((_, i) => i).filter((i) => !used.has(i));
  return csvLine([...texts, rest.length === 0 ? '' : rowLine(partOf(row, rest), 'marked')]);
}

function csvLine(texts: readonly string[]): string {
  return `${texts.map((text, i) => csvCell(text, i === 0)).join(',')}\r\n`;
}

function partOf({ columns, cells }: Row, places: readonly number[]): Row {
  return { columns: places.map((i) => columns[i]), cells: places.map((i) => cells[i]) };
}

function plainText(cell: RowCell | undefined): string {
  switch (cell?.kind) {
    case 'text':
      return cell.valid ? cell.text : markedText(cell);
    case 'integer':
    case 'json':
      return cell.text;
    case 'real':
      return String(cell.value);
    case 'blob':
      return markedText(cell);
    default:
      return '';
  }
}
