import * as fs from 'node:fs';
import * as path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { UnexportableError, rowLine, rowsJson, tableCells, tableHead, type Row } from '../core/log/exportRows';
import { visible } from '../core/text/visible';
import { AuditDatabase } from '../sqlite/auditDatabase';
import { DamagedError, type Cursor } from '../sqlite/cursor';
import { AuditDatabaseError, asAuditError } from '../sqlite/errors';
import type { RowFilter } from '../sqlite/rowFilter';
import { UsageError } from './errors';
import { count, shownPath } from './terminal';

interface AuditFlags {
  readonly db: string;
  readonly session?: string;
  readonly actionType?: string;
  readonly riskLevel?: string;
  readonly resultStatus?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly format: 'table' | 'json' | 'jsonl';
  readonly output?: string;
}

/** What is read into memory; beyond it a private copy is made, which needs a Node with SQLite. */
const MEMORY_LIMIT = 512 << 20;

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
    const wasm = path.join(__dirname, 'sql-wasm.wasm');
    database = await AuditDatabase.open(flags.db, { wasm, memoryLimit: MEMORY_LIMIT });
  } catch (error) {
    if (!(error instanceof AuditDatabaseError)) throw error;
    if (error.problem !== 'missing') throw new UsageError(`${shownPath(flags.db)}: ${error.message}`);
    throw new UsageError(
      `Database not found: ${shownPath(flags.db)}. Run your agent with Aegis first to generate audit data.`,
    );
  }
  try {
    return print(database, flags);
  } finally {
    database.close();
  }
}

function print(database: AuditDatabase, flags: AuditFlags): number {
  const rows = read(database.rows(filterOf(flags)), flags.db);
  try {
    if (flags.format === 'jsonl') return exportLines(rows, flags.output ?? 'aegis_audit.jsonl', flags.db);
    if (rows.length === 0) process.stdout.write('No audit entries found.\n');
    else if (flags.format === 'json') process.stdout.write(`${rowsJson(rows)}\n`);
    else process.stdout.write(`${table(rows).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UnexportableError) throw new UsageError(`${shownPath(flags.db)}: ${error.message}`);
    throw error;
  }
}

function filterOf(flags: AuditFlags): RowFilter {
  const { session, actionType, riskLevel, resultStatus, since, until, limit } = flags;
  return { session, actionType, riskLevel, resultStatus, since, until, limit };
}

/** All rows. A damaged database gives none, as the reference has it: what is missing could be what mattered. */
function read(cursor: Cursor, file: string): Row[] {
  const rows: Row[] = [];
  try {
    while (cursor.next()) rows.push({ columns: cursor.columns, cells: cursor.columns.map((_, i) => cursor.cell(i)) });
    return rows;
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    const { message } = asAuditError(error) as Error;
    throw new UsageError(
      `${shownPath(file)}: ${message} ${count(rows.length, 'row')} could be read before that; nothing was printed.`,
    );
  } finally {
    cursor.close();
  }
}

function exportLines(rows: readonly Row[], output: string, database: string): number {
  if (isOneOf(output, [database, `${database}-wal`, `${database}-journal`, `${database}-shm`])) {
    throw new UsageError(
      `${shownPath(output)}: this is the database itself, which is never written to. Name another file.`,
    );
  }
  const lines = rows.map((row) => `${rowLine(row)}\n`);
  try {
    fs.writeFileSync(output, lines.join(''));
  } catch (error) {
    throw new UsageError(`${shownPath(output)}: the export could not be written: ${(error as Error).message}`);
  }
  process.stdout.write(`Exported ${rows.length} entries to ${shownPath(output)}\n`);
  return 0;
}

/** Whether a path leads to one of these files, by whatever name. */
function isOneOf(file: string, others: readonly string[]): boolean {
  const identity = (each: string): string | undefined => {
    const stats = fs.statSync(each, { throwIfNoEntry: false, bigint: true });
    return stats && `${stats.dev}:${stats.ino}`;
  };
  const own = identity(file);
  return others.some(
    (each) => path.resolve(each) === path.resolve(file) || (own !== undefined && identity(each) === own),
  );
}

/** In a terminal nothing of a log may act; a pipe gets the reference's bytes. */
function table(rows: readonly Row[]): string[] {
  const shown = (cell: string): string => (process.stdout.isTTY ? visible(cell, cell.length) : cell);
  return [...tableHead(), ...rows.map((row) => tableCells(row).map(shown).join(' '))];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}
