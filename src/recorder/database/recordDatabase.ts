import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ChainHead } from '../chain/chainHead';
import type { NodeChanges, NodeDatabaseSync, NodeSqlite, NodeStatement } from '../../sqlite/nodeDatabase';
import { identityOf } from '../files/sameFile';
import { COMPLETED_COLUMNS, ROW_COLUMNS, completionOf, type AuditRow } from '../../core/record/auditRow';
import type { CleanAction, CleanOutcome } from '../../core/record/actionRecord';
import { Remembered, type OpenAttempt } from './remembered';
import { isPlainTable, NEEDED_COLUMNS, schemaFor } from './schema';

/**
 * The database that is written to. All of it happens between `begin` and `commit`; who waits for a turn does so outside.
 *
 * @param isTruth whether there is no chain beside it, so that a commit must be on the disk before it counts.
 */
export class RecordDatabase {
  private readonly database: NodeDatabaseSync;
  private readonly statements = new Map<string, NodeStatement>();
  private readonly identity: string | undefined;
  private readonly names = new Map<string, string>();
  private remembered = new Remembered();
  /** Changes when another connection commits. */
  private version: unknown;
  private isPrepared = false;
  private isBegun = false;

  constructor(
    sqlite: NodeSqlite,
    readonly file: string,
    private readonly isTruth: boolean,
  ) {
    this.database = new sqlite.DatabaseSync(file, { readOnly: false });
    this.identity = identityOf(file);
  }

  /** Whether it is still what others find under its name. */
  get isInPlace(): boolean {
    return this.identity !== undefined && identityOf(this.file) === this.identity;
  }

  /** @throws SQLite's error; busy where another connection writes. */
  begin(): void {
    if (!this.isPrepared) this.prepare();
    this.statement('BEGIN IMMEDIATE').run();
    this.isBegun = true;
    const version = this.get('PRAGMA data_version')?.data_version;
    if (version !== this.version) this.remembered = new Remembered();
    this.version = version;
  }

  commit(): void {
    this.statement('COMMIT').run();
    this.isBegun = false;
  }

  /**
   * Puts on the disk what was committed. Not by SQLite, which does so with a commit only: its log is a plain file that it holds no lock on.
   */
  sync(): void {
    let descriptor: number;
    try {
      descriptor = fs.openSync(`${this.file}-wal`, 'r+');
    } catch (error) {
      // Without a log beside it, what was committed is in the database, and synced.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  /** Does nothing where nothing is begun. */
  rollback(): void {
    if (!this.isBegun) return;
    this.isBegun = false;
    this.remembered = new Remembered();
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // SQLite has done so itself after an error such as a full disk.
    }
  }

  /** Where a chain stood when the database was committed last; undefined where it was not written with this database. */
  chainHead(file: string): ChainHead | undefined {
    const name = this.nameOf(file);
    return remembering(this.remembered.chainHeads, name, () => {
      const row = this.get('SELECT entries, bytes, last_hash FROM aegis_chain_head WHERE file = ?', [name]);
      return row && { entries: Number(row.entries), bytes: Number(row.bytes), hash: String(row.last_hash) };
    });
  }

  setChainHead(file: string, head: ChainHead): void {
    const name = this.nameOf(file);
    this.run(SET_CHAIN_HEAD, [name, head.entries, head.bytes, head.hash]);
    this.remembered.chainHeads.set(name, head);
  }

  /** The same of a file of JSON lines. */
  jsonLinesHead(file: string): number | undefined {
    const name = this.nameOf(file);
    return remembering(this.remembered.jsonLinesHeads, name, () => {
      const row = this.get('SELECT bytes FROM aegis_json_lines_head WHERE file = ?', [name]);
      return row && Number(row.bytes);
    });
  }

  setJsonLinesHead(file: string, bytes: number): void {
    const name = this.nameOf(file);
    // An attempt has none.
    if (this.remembered.jsonLinesHeads.get(name) === bytes) return;
    this.run(SET_JSON_LINES_HEAD, [name, bytes]);
    this.remembered.jsonLinesHeads.set(name, bytes);
  }

  /**
   * @param action what the row was made of, where it is an attempt that is to be remembered.
   * @returns the row's id.
   */
  insert(actionId: string, row: AuditRow, action?: CleanAction): number {
    const { lastInsertRowid } = this.run(INSERT, [...ROW_COLUMNS.map((name) => row[name])]);
    const rowId = Number(lastInsertRowid);
    const isOpen = row.result_status === null;
    this.run('INSERT INTO aegis_action VALUES (?, ?, ?)', [actionId, rowId, isOpen ? 1 : 0]);
    if (isOpen && action !== undefined) this.remembered.attempted({ rowId, row, action });
    return rowId;
  }

  knows(actionId: string): boolean {
    return this.get('SELECT 1 FROM aegis_action WHERE action_id = ?', [actionId]) !== undefined;
  }

  openAttempt(actionId: string): OpenAttempt | undefined {
    const remembered = this.remembered.attempt(actionId);
    if (remembered !== undefined) return remembered;
    const row = this.get(OPEN_ATTEMPT, [actionId]);
    return row && { rowId: Number(row.id), row: row as AuditRow, action: undefined };
  }

  /** The action that began first, and has not ended, of those with the session, type and parameters of this row. */
  oldestOpenLike({ session_id, action_type, action_params }: AuditRow): string | undefined {
    const row = this.get(
      'SELECT action_id FROM audit_log INDEXED BY idx_audit_session JOIN aegis_action ON row_id = id ' +
        'WHERE session_id = ? AND action_type = ? AND action_params = ? AND is_open = 1 ORDER BY id LIMIT 1',
      [session_id, action_type, action_params],
    );
    return row && String(row.action_id);
  }

  /** The row of an action as it is now, but for its id; undefined where there is none. */
  actionRow(actionId: string): AuditRow | undefined {
    return this.get(ACTION_ROW, [actionId]) as AuditRow | undefined;
  }

  /** @returns the row as it is now. */
  complete(actionId: string, { rowId, row }: OpenAttempt, outcome: CleanOutcome): AuditRow {
    const completion = completionOf(outcome);
    this.run(COMPLETE, [...COMPLETED_COLUMNS.map((name) => completion[name]), rowId]);
    this.run('UPDATE aegis_action SET is_open = 0 WHERE action_id = ?', [actionId]);
    this.remembered.ended(actionId);
    return { ...row, ...completion };
  }

  /** What the reference counts: actions, and those among them that were stopped. */
  countInTenure(now: string, actions: number, stopped: number): void {
    const counted = this.run(
      'UPDATE governance_tenure SET total_actions = total_actions + ?, threats_blocked = threats_blocked + ?',
      [actions, stopped],
    );
    if (Number(counted.changes) > 0) return;
    this.run('INSERT INTO governance_tenure VALUES (?, ?, ?)', [now, actions, stopped]);
  }

  /** Whether what was inserted is all that a row has: an older table has its columns in another order, and somebody can have added some. */
  get keepsRows(): boolean {
    return (this.remembered.keepsRows ??= isPlainTable(
      this.statement("SELECT name, type FROM pragma_table_info('audit_log')").all(),
      this.statement("SELECT name FROM sqlite_master WHERE type = 'trigger'").all(),
    ));
  }

  /** The columns of the table and the values of one row, integers as bigint. */
  row(rowId: number): Readonly<Record<string, unknown>> | undefined {
    return this.get('SELECT * FROM audit_log WHERE id = ?', [rowId], true);
  }

  owe(rowId: number): void {
    this.remembered.owesNothing = false;
    this.run('INSERT INTO aegis_owed_line VALUES (?) ON CONFLICT DO NOTHING', [rowId]);
  }

  owedLines(): number[] {
    if (this.remembered.owesNothing) return [];
    const owed = this.statement('SELECT row_id FROM aegis_owed_line ORDER BY row_id').all();
    this.remembered.owesNothing = owed.length === 0;
    return owed.map(({ row_id }) => Number(row_id));
  }

  owesNothing(): void {
    this.run('DELETE FROM aegis_owed_line', []);
    this.remembered.owesNothing = true;
  }

  /** The row of an action that has ended; undefined where there is none. */
  endedRow(actionId: string): number | undefined {
    const row = this.get('SELECT row_id FROM aegis_action WHERE action_id = ? AND is_open = 0', [actionId]);
    return row && Number(row.row_id);
  }

  /** The rows of all actions that have ended, in order. */
  endedRows(): number[] {
    return this.statement('SELECT row_id FROM aegis_action WHERE is_open = 0 ORDER BY row_id')
      .all()
      .map(({ row_id }) => Number(row_id));
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }

  private prepare(): void {
    this.database.exec('PRAGMA journal_mode = WAL');
    // With a chain beside it, which is synced at each step, what a loss of power takes from the database is made again of the chain.
    this.database.exec(`PRAGMA synchronous = ${this.isTruth ? 'FULL' : 'NORMAL'}`);
    this.database.exec('BEGIN IMMEDIATE');
    this.isBegun = true;
    try {
      const columns = this.statement('SELECT name FROM pragma_table_info(?)')
        .all('audit_log')
        .map(({ name }) => String(name));
      const missing = columns.length === 0 ? [] : NEEDED_COLUMNS.filter((name) => !columns.includes(name));
      if (missing.length > 0)
        throw new Error(`it has a table audit_log of another kind, without ${missing.join(', ')}`);
      this.database.exec(schemaFor(columns));
      this.commit();
    } catch (error) {
      this.rollback();
      throw error;
    }
    this.isPrepared = true;
  }

  /** A folder that is moved as a whole is still the same trail. */
  private nameOf(file: string): string {
    let name = this.names.get(file);
    if (name === undefined) {
      name = path.relative(path.dirname(path.resolve(this.file)), path.resolve(file)).replaceAll('\\', '/');
      this.names.set(file, name);
    }
    return name;
  }

  private run(sql: string, bindings: readonly (string | number | null)[]): NodeChanges {
    return this.statement(sql).run(...bindings);
  }

  private get(
    sql: string,
    bindings: readonly (string | number | null)[] = [],
    bigInts = false,
  ): Record<string, unknown> | undefined {
    return this.statement(sql, bigInts).get(...bindings);
  }

  private statement(sql: string, bigInts = false): NodeStatement {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    if (bigInts) statement.setReadBigInts(true);
    this.statements.set(sql, statement);
    return statement;
  }
}

const INSERT = `INSERT INTO audit_log (${ROW_COLUMNS.join(', ')}) VALUES (${ROW_COLUMNS.map(() => '?').join(', ')})`;
const COMPLETE = `UPDATE audit_log SET ${COMPLETED_COLUMNS.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
const ACTION_ROW = `SELECT ${ROW_COLUMNS.join(', ')} FROM aegis_action JOIN audit_log ON id = row_id WHERE action_id = ?`;
const OPEN_ATTEMPT = `SELECT id, ${ROW_COLUMNS.join(', ')} FROM aegis_action JOIN audit_log ON id = row_id WHERE action_id = ? AND is_open = 1`;
const SET_CHAIN_HEAD =
  'INSERT INTO aegis_chain_head VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET entries = excluded.entries, bytes = excluded.bytes, last_hash = excluded.last_hash';
const SET_JSON_LINES_HEAD =
  'INSERT INTO aegis_json_lines_head VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes';

function remembering<T>(known: Map<string, T>, name: string, ask: () => T): T {
  if (!known.has(name)) known.set(name, ask());
  return known.get(name)!;
}
