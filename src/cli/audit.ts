import { once } from 'node:events';
import * as fs from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { UnexportableError, rowLine, rowsJsonWriter, tableCells, tableHead, type Row } from '../core/log/exportRows';
import { visible } from '../core/text/visible';
import { ExportFile } from '../logfile/exportFile';
import { isOwnFile } from '../logfile/ownFile';
import { AuditDatabase } from '../sqlite/auditDatabase';
import { DamagedError } from '../sqlite/cursor';
import { AuditDatabaseError, asAuditError } from '../sqlite/errors';
import type { RowFilter } from '../sqlite/rowFilter';
import { UsageError } from './errors';
import { failure, MEMORY_LIMIT, WASM } from './openLog';
import { count, shownPath } from './terminal';

interface AuditFlags extends RowFilter {
  readonly db: string;
  readonly format: 'table' | 'json' | 'jsonl';
  readonly output?: string;
}

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('show or export the entries of an audit database')
    .option('--db <FILE>', 'the database', 'aegis_audit.db')
    .option('--session <ID>', 'only this session')
    .option('--action-type <TYPE>', 'only this type of action')
    .option('--risk-level <LEVEL>', 'only this risk: low, medium, high or critical')
    .option('--result-status <STATUS>', 'only this result: success, failed, blocked, denied or skipped')
    .option(
      '--since <TIME>',
      'only from this time on, compared as text with timestamps such as 2026-03-29T10:30:02+00:00',
    )
    .option('--until <TIME>', 'only up to this time, likewise')
    .option('--limit <N>', 'only the first N', wholeNumber)
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['table', 'json', 'jsonl']).default('table'))
    .option('-o, --output <FILE>', 'where JSON lines go (default: aegis_audit.jsonl)')
    .addHelpText(
      'after',
      '\nThe database is only read: nothing is written to it or beside it.\nExit code: 0, or 2 where it could not be read.',
    )
    .action(async (flags: AuditFlags) => {
      process.exitCode = await audit(flags);
    });
}

async function audit(flags: AuditFlags): Promise<number> {
  let database: AuditDatabase;
  try {
    database = await AuditDatabase.open(flags.db, { wasm: WASM, memoryLimit: MEMORY_LIMIT });
  } catch (error) {
    throw error instanceof AuditDatabaseError ? failure(flags.db, error) : error;
  }
  try {
    if (flags.format === 'jsonl') exportLines(database, flags);
    else await print(database, flags);
    return 0;
  } finally {
    database.close();
  }
}

/** Prints in parts. What cannot be printed to the end is not begun: all rows are gone through before. */
async function print(database: AuditDatabase, flags: AuditFlags): Promise<void> {
  const json = rowsJsonWriter();
  const isJson = flags.format === 'json';
  const total = forEachRow(database, flags, isJson ? (row) => void json.row(row) : () => undefined);
  if (total === 0) {
    process.stdout.write('No audit entries found.\n');
    return;
  }
  const printed = rowsJsonWriter();
  const lineOf = isJson ? (row: Row) => printed.row(row) : (row: Row) => `${tableLine(row)}\n`;
  let part = isJson ? '' : `${tableHead().join('\n')}\n`;
  for (const row of rowsOf(database, flags)) {
    part += lineOf(row);
    if (part.length < PART) continue;
    if (!process.stdout.write(part)) await once(process.stdout, 'drain');
    part = '';
  }
  process.stdout.write(isJson ? `${part}${printed.end()}\n` : part);
}

/** Characters that are printed at a time. */
const PART = 1 << 16;

function exportLines(database: AuditDatabase, flags: AuditFlags): void {
  const output = flags.output ?? 'aegis_audit.jsonl';
  if (isOwnFile(flags.db, output)) {
    throw new UsageError(
      `${shownPath(output)}: this is the database itself, which is never written to. Name another file.`,
    );
  }
  // Under the name that nobody chose there may be what another recorder writes.
  if (flags.output === undefined && fs.lstatSync(output, { throwIfNoEntry: false }) !== undefined) {
    throw new UsageError(`${shownPath(output)} exists already. Name another file with -o.`);
  }
  const write = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      throw new UsageError(`${shownPath(output)}: the export could not be written: ${(error as Error).message}`);
    }
  };
  const file = write(() => ExportFile.create(output));
  try {
    const total = forEachRow(database, flags, (row) => {
      const line = `${rowLine(row)}\n`;
      write(() => file.write(line));
    });
    write(() => file.finish());
    process.stdout.write(`Exported ${total} entries to ${shownPath(output)}\n`);
  } catch (error) {
    file.discard();
    throw error;
  }
}

/**
 * Goes through all rows. A damaged database gives none, as the reference has it: what is missing could be what mattered.
 *
 * @returns how many.
 */
function forEachRow(database: AuditDatabase, flags: AuditFlags, take: (row: Row) => void): number {
  let total = 0;
  try {
    for (const row of rowsOf(database, flags)) {
      take(row);
      total++;
    }
    return total;
  } catch (error) {
    const { message } = asAuditError(error) as Error;
    if (error instanceof UnexportableError) throw new UsageError(`${shownPath(flags.db)}: ${message}`);
    if (!(error instanceof DamagedError)) throw error;
    throw new UsageError(
      `${shownPath(flags.db)}: ${message} ${count(total, 'row')} could be read before that; nothing was printed.`,
    );
  }
}

function* rowsOf(database: AuditDatabase, flags: AuditFlags): Generator<Row> {
  const cursor = database.rows(flags);
  try {
    const { columns } = cursor;
    while (cursor.next()) yield { columns, cells: columns.map((_, i) => cursor.cell(i)) };
  } finally {
    cursor.close();
  }
}

/** In a terminal nothing of a log may act; a pipe gets the reference's bytes. */
function tableLine(row: Row): string {
  const cells = tableCells(row);
  return (process.stdout.isTTY ? cells.map((cell) => visible(cell, cell.length)) : cells).join(' ');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}
