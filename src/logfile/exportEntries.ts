import * as fs from 'node:fs';
import type { Cell } from '../core/log/cell';
import { UnexportableError, rowLine, rowsJson, type Row } from '../core/log/exportRows';
import { companions } from '../sqlite/image/databaseStamp';
import { LinesSource } from './linesSource';
import { LogError, type LogSource } from './logSource';

export type ExportFormat = 'jsonl' | 'json' | 'csv';

/** Entries between two pauses. */
const CHUNK = 500;

/**
 * Writes entries to a file: JSON lines and JSON as the reference's exports, CSV for a spreadsheet.
 *
 * @returns how many entries.
 * @throws LogError where the file cannot be written, or an entry has no form in it.
 */
export async function exportEntries(
  source: LogSource,
  positions: Uint32Array,
  format: ExportFormat,
  destination: string,
  pause: () => Promise<void>,
): Promise<number> {
  const parts: string[] = [];
  try {
    const rows: Row[] = [];
    for (let i = 0; i < positions.length; i++) {
      if (source instanceof LinesSource && format === 'jsonl') parts.push(`${source.line(positions[i])}\n`);
      else if (format === 'jsonl') parts.push(`${rowLine(source.row(positions[i]))}\n`);
      else rows.push(source.row(positions[i]));
      if (i % CHUNK === CHUNK - 1) await pause();
    }
    if (format === 'json') parts.push(`${rowsJson(rows)}\n`);
    if (format === 'csv') parts.push(...csvLines(rows));
    fs.writeFileSync(destination, parts.join(''));
    return positions.length;
  } catch (error) {
    if (error instanceof UnexportableError) throw new LogError(error.message, 'unexportable');
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new LogError(`The export could not be written: ${(error as Error).message}`, 'unwritable');
  }
}

/** Whether an export to this file would overwrite what it is made of. */
export function isOwnFile(source: string, destination: string): boolean {
  const { wal, journal } = companions(source);
  const identity = (file: string): string | undefined => {
    const stats = fs.statSync(file, { throwIfNoEntry: false, bigint: true });
    return stats && `${stats.dev}:${stats.ino}`;
  };
  const own = identity(destination);
  return own !== undefined && [source, wal, journal, `${source}-shm`].some((file) => identity(file) === own);
}

function csvLines(rows: readonly Row[]): string[] {
  const columns = [...new Set(rows.flatMap((row) => row.columns))];
  const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
  return [
    line(columns),
    ...rows.map((row) => line(columns.map((name) => plainText(row.cells[row.columns.indexOf(name)])))),
  ];
}

/** A spreadsheet takes what begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;

function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function plainText(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case 'integer':
    case 'text':
      return cell.text;
    case 'real':
      return String(cell.value);
    case 'blob':
      return Buffer.from(cell.bytes).toString('hex');
    default:
      return '';
  }
}
