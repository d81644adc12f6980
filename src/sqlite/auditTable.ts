import type { Cell } from '../core/log/cell';
import type { Cursor, Database } from './cursor';
import { AuditDatabaseError } from './errors';
import type { TableColumn } from './table/plainTable';

/** The first row of a query, which is done then. */
export function first(cursor: Cursor): Cell[] | undefined {
  try {
    return cursor.next() ? rowOf(cursor) : undefined;
  } finally {
    cursor.close();
  }
}

/** The table `audit_log`. */
export interface AuditTable {
  /** In its order. */
  readonly columns: readonly TableColumn[];
  /** Its first page. */
  readonly root: number;
}

/**
 * How `audit_log` is declared. Makes sure that it is a table of rows with ids, and nothing that computes when it is
 * read: a view, a virtual table or a generated column of a hostile file could take for ever, or all memory.
 *
 * @throws AuditDatabaseError where no log is read from it.
 */
export function tableOf(database: Database): AuditTable {
  // Functions that reach beyond the database have no business in its schema.
  first(database.query('PRAGMA trusted_schema = OFF'));
  const found = first(
    database.query(
      "SELECT type, sql, rootpage FROM sqlite_schema WHERE name = 'audit_log' COLLATE NOCASE AND type NOT IN ('index', 'trigger')",
    ),
  );
  const [type, sql, root] = (found ?? []).map(textOf);
  if (type === undefined) throw refusal(noTable(database));
  if (type !== 'table' || !/^CREATE\s+TABLE\b/i.test(sql)) {
    throw refusal('Its audit_log is not a table of rows, so no audit log is read from it.');
  }
  const columns = declaredColumns(database);
  const missing = ['id', 'session_id', 'timestamp', 'action_type'].filter(
    (name) => !columns.some((column) => column.name === name),
  );
  if (missing.length > 0) {
    throw refusal(`Its table audit_log has no ${missing.join(', ')}: it is not an Aegis audit log.`);
  }
  if (columns.some(({ hidden }) => hidden !== 0)) {
    throw refusal('Its table audit_log computes columns when it is read, which no Aegis log does.');
  }
  if (!isNumberedById(database, columns)) {
    throw refusal(
      'The id of its table audit_log is not the number of its rows (INTEGER PRIMARY KEY), as in an Aegis log.',
    );
  }
  return { columns, root: Number(root) };
}

interface DeclaredColumn extends TableColumn {
  /** Its place in the primary key, from 1 on; 0 where it is not part of it. */
  readonly key: number;
  /** Not 0 where its values are computed, or not part of a row. */
  readonly hidden: number;
}

function declaredColumns(database: Database): DeclaredColumn[] {
  return allRows(database.query("PRAGMA table_xinfo('audit_log')")).map(([, name, type, , preset, key, hidden]) => ({
    name: textOf(name),
    type: textOf(type),
    preset: preset.kind === 'null' || textOf(preset).toUpperCase() === 'NULL' ? null : textOf(preset),
    key: Number(textOf(key)),
    hidden: Number(textOf(hidden)),
  }));
}

/** Where the key is anything but the number that SQLite gives each row, an index holds it: `INT`, `DESC` and WITHOUT ROWID are such. */
function isNumberedById(database: Database, columns: readonly DeclaredColumn[]): boolean {
  const keys = columns.filter(({ key }) => key !== 0);
  if (keys.length !== 1 || keys[0].name !== 'id' || keys[0].type.toUpperCase() !== 'INTEGER') return false;
  const indexes = allRows(database.query("PRAGMA index_list('audit_log')"));
  return indexes.every(([, , , origin]) => textOf(origin) !== 'pk');
}

function noTable(database: Database): string {
  const rows = database.query("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const [cell] = first(rows) ?? [];
  const tables = cell?.kind === 'integer' ? Number(cell.text) : 0;
  return tables === 0
    ? 'This database has no tables yet: nothing has been recorded in it.'
    : 'This database has no table audit_log: it is not an Aegis audit log.';
}

/** All rows of a query that gives few. */
export function allRows(cursor: Cursor): Cell[][] {
  try {
    const rows: Cell[][] = [];
    while (cursor.next()) rows.push(rowOf(cursor));
    return rows;
  } finally {
    cursor.close();
  }
}

function rowOf(cursor: Cursor): Cell[] {
  return cursor.columns.map((_, column) => cursor.cell(column));
}

function textOf(cell: Cell): string {
  return cell.kind === 'text' || cell.kind === 'integer' ? cell.text : '';
}

function refusal(sentence: string): AuditDatabaseError {
  return new AuditDatabaseError('no-table', sentence);
}
