import { allRows, first } from './auditTable';
import { DamagedError, type Database } from './cursor';

/** Words of a table whose rows SQLite computes when it goes through them: in a hostile file that could take for ever. */
const COMPUTING = /^CREATE\s+VIRTUAL\b|\bAS\b/i;

/**
 * What SQLite's own check finds wrong with a database; empty where it finds nothing. At most `most` findings.
 *
 * It is to be asked only where all rows of `audit_log` could be read: it goes through them all.
 */
export function damagesOf(database: Database, most: number): string[] {
  try {
    first(database.query('PRAGMA ignore_check_constraints = ON'));
    const tables = allRows(
      database.query("SELECT sql FROM sqlite_schema WHERE type NOT IN ('view', 'trigger', 'index')"),
    );
    const isPlain = !tables.some(([sql]) => sql.kind === 'text' && COMPUTING.test(sql.text));
    // Only the check of all tables finds pages that none of them leads to.
    const check = isPlain ? `PRAGMA quick_check(${most})` : "PRAGMA quick_check('audit_log')";
    // What is wrong with pages comes first, in one. Behind it the check goes through the rows, which then may have no end.
    const [cell] = first(database.query(check)) ?? [];
    if (cell?.kind !== 'text' || cell.text === 'ok') return [];
    const findings = cell.text.split('\n').filter((line) => !line.startsWith('*** in database'));
    return findings.slice(0, most);
  } catch (error) {
    // Memory that ran out says nothing about the file.
    if (error instanceof DamagedError) return error.isOutOfMemory ? [] : [error.message];
    throw error;
  }
}
