import { COMPLETED_COLUMNS, ROW_COLUMNS } from '../../core/record/auditRow';

/**
 * The tables of the reference's newest recorder, so that it reads and writes the same file.
 * Source: `AuditLogger` of its runtime/audit.py.
 */
const REFERENCE_TABLES = `
CREATE TABLE IF NOT EXISTS audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  action_type TEXT NOT NULL,
  action_target TEXT NOT NULL,
  action_params TEXT,
  action_desc TEXT,
  risk_level TEXT NOT NULL,
  approval TEXT NOT NULL,
  matched_rule TEXT,
  human_decision TEXT,
  result_status TEXT,
  result_data TEXT,
  result_error TEXT,
  agent_id TEXT,
  parent_agent_id TEXT,
  chain_id TEXT,
  chain_depth INTEGER DEFAULT 0
);
CREATE TABLE IF NOT EXISTS governance_tenure (
  first_activated TEXT,
  total_actions INTEGER DEFAULT 0,
  threats_blocked INTEGER DEFAULT 0
);`;

/** Only once all the columns are there: an older table lacks some. */
const REFERENCE_INDEXES = ['session_id', 'timestamp', 'agent_id', 'action_type']
  .map((column) => `CREATE INDEX IF NOT EXISTS idx_audit_${column.replace('_id', '')} ON audit_log(${column});`)
  .join('\n');

/**
 * Which row an action has, where each chain and each file of JSON lines stood at the last commit (by its place beside the database, for
 * not every writer of the database writes the same files), and the lines that are still owed.
 */
const OWN_TABLES = `
CREATE TABLE IF NOT EXISTS aegis_action (
  action_id TEXT PRIMARY KEY,
  row_id INTEGER NOT NULL UNIQUE,
  is_open INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aegis_chain_head (
  file TEXT PRIMARY KEY,
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  last_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aegis_json_lines_head (
  file TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aegis_owed_line (row_id INTEGER PRIMARY KEY);`;

const FIXED_COLUMNS = ['id', ...ROW_COLUMNS.filter((name) => !(COMPLETED_COLUMNS as readonly string[]).includes(name))];

/**
 * What is recorded stays. They stop accidents, not somebody who writes the file. INSERT OR REPLACE would slip past what watches for
 * DELETE, so that no row is put in the place of another.
 */
const TRIGGERS = `
CREATE TRIGGER IF NOT EXISTS aegis_no_delete BEFORE DELETE ON audit_log BEGIN
  SELECT RAISE(ABORT, 'audit_log: a recorded action is not deleted');
END;
CREATE TRIGGER IF NOT EXISTS aegis_no_replace BEFORE INSERT ON audit_log
WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'audit_log: a recorded action is not replaced');
END;
CREATE TRIGGER IF NOT EXISTS aegis_no_update BEFORE UPDATE ON audit_log
WHEN NEW.result_status IS NULL
  OR NOT EXISTS (SELECT 1 FROM aegis_action WHERE row_id = OLD.id AND is_open = 1)
  OR ${FIXED_COLUMNS.map((name) => `OLD.${name} IS NOT NEW.${name}`).join(' OR ')} BEGIN
  SELECT RAISE(ABORT, 'audit_log: a recorded action is not changed');
END;
CREATE TRIGGER IF NOT EXISTS aegis_action_no_delete BEFORE DELETE ON aegis_action BEGIN
  SELECT RAISE(ABORT, 'aegis_action: what is recorded is not deleted');
END;
CREATE TRIGGER IF NOT EXISTS aegis_action_no_replace BEFORE INSERT ON aegis_action
WHEN EXISTS (SELECT 1 FROM aegis_action WHERE action_id = NEW.action_id OR row_id = NEW.row_id) BEGIN
  SELECT RAISE(ABORT, 'aegis_action: what is recorded is not replaced');
END;
CREATE TRIGGER IF NOT EXISTS aegis_action_closes_once BEFORE UPDATE ON aegis_action
WHEN NEW.action_id <> OLD.action_id OR NEW.row_id <> OLD.row_id OR OLD.is_open = 0 OR NEW.is_open <> 0 BEGIN
  SELECT RAISE(ABORT, 'aegis_action: what is recorded is not changed');
END;`;

/** What makes the schema, given the columns that `audit_log` has; none where there is no such table. */
export function schemaFor(columns: readonly string[]): string {
  const lacking = columns.length === 0 ? [] : ADDABLE_COLUMNS.filter((name) => !columns.includes(name));
  const added = lacking.map((name) => `ALTER TABLE audit_log ADD COLUMN ${name} ${TYPES[name] ?? 'TEXT'};`).join('\n');
  return [REFERENCE_TABLES, added, REFERENCE_INDEXES, OWN_TABLES, TRIGGERS].join('\n');
}

/** Whether `audit_log` has these columns and no others, in this order, and nothing but the triggers here is at work when it is written. */
export function isPlainTable(
  columns: readonly Readonly<Record<string, unknown>>[],
  triggers: readonly Readonly<Record<string, unknown>>[],
): boolean {
  const plain = ['id', ...ROW_COLUMNS];
  return (
    columns.length === plain.length &&
    columns.every(({ name, type }, i) => name === plain[i] && type === (INTEGERS.has(plain[i]) ? 'INTEGER' : 'TEXT')) &&
    triggers.every(({ name }) => String(name).startsWith('aegis_'))
  );
}

const INTEGERS = new Set(['id', 'chain_depth']);

/** A table without them is another one. Each row has a value there. */
export const NEEDED_COLUMNS = [
  'id',
  'session_id',
  'timestamp',
  'action_type',
  'action_target',
  'risk_level',
  'approval',
] as const;

/** What older tables of the reference lack, in the order in which its newest has them. */
const ADDABLE_COLUMNS = ROW_COLUMNS.filter((name) => !(NEEDED_COLUMNS as readonly string[]).includes(name));

const TYPES: Readonly<Partial<Record<string, string>>> = { chain_depth: 'INTEGER DEFAULT 0' };
