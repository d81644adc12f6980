import { first } from './auditTable';
import { DamagedError, type Cursor } from './cursor';
import { damagesOf } from './damages';
import { asAuditError } from './errors';
import type { DatabaseStamp } from './image/databaseImage';
import { openDatabase, reopenDatabase, type AuditDatabaseOptions, type OpenedDatabase } from './openDatabase';
import { RisingCursor } from './risingCursor';
import { whereOf, type RowFilter } from './rowFilter';

/**
 * The rows of an audit database as of its last commit. The file itself is never opened as a database: SQLite would write beside it
 * even to read. Its bytes are read into memory, or, where it is too large for that, into a private copy.
 */
export class AuditDatabase {
  private constructor(private readonly opened: OpenedDatabase) {}

  /** @throws AuditDatabaseError with a sentence where there is nothing to read. */
  static async open(file: string, options: AuditDatabaseOptions): Promise<AuditDatabase> {
    try {
      return new AuditDatabase(await openDatabase(file, options));
    } catch (error) {
      throw asAuditError(error);
    }
  }

  /**
   * Opens a database that was opened before, for less: what is the same is kept. The earlier one is closed, and is of no use any more.
   *
   * @returns with the id up to which all rows are as they were; undefined where none can be told to be.
   * @throws AuditDatabaseError with a sentence where there is nothing to read.
   */
  static async reopen(
    file: string,
    options: AuditDatabaseOptions,
    before: AuditDatabase,
  ): Promise<{ readonly database: AuditDatabase; readonly sameUpTo: bigint | undefined }> {
    try {
      const { opened, sameUpTo } = await reopenDatabase(file, options, before.opened);
      return { database: new AuditDatabase(opened), sameUpTo };
    } catch (error) {
      throw asAuditError(error);
    }
  }

  /** What it was read from, to tell whether that has changed since. */
  get stamp(): DatabaseStamp {
    return this.opened.stamp;
  }

  /** The table's columns, in its order. */
  get columns(): readonly string[] {
    return this.opened.columns;
  }

  /** Rows as the reference's `get_log` gives them: all columns, by id. */
  rows(filter: RowFilter = {}): Cursor {
    const { where, bindings, limit } = whereOf(filter, this.columns);
    // No index: what is wrong with one must not lead to other rows than the table has.
    const rows = this.opened.database.query(
      `SELECT * FROM audit_log NOT INDEXED${where} ORDER BY id${limit}`,
      bindings,
    );
    return new RisingCursor(rows, where === '' ? undefined : () => this.assertEnd());
  }

  /** Some columns, the id among them, of the rows whose id is greater than `after`, by id. Columns that the table lacks are left out. */
  select(columns: readonly string[], after?: string): Cursor {
    return this.ordered(columns, after === undefined ? undefined : BigInt(after));
  }

  /** The same of the rows with the highest ids, by id. */
  newest(columns: readonly string[], most: number): Cursor {
    return this.ordered(columns, this.leastOfNewest(most));
  }

  /** All columns of the row of that id. */
  row(id: string): Cursor {
    return this.opened.database.query('SELECT * FROM audit_log WHERE id = CAST(? AS INTEGER)', [id]);
  }

  /** The highest id that was ever given, as SQLite remembers it; undefined where the table does not number that way. */
  lastGivenId(): bigint | undefined {
    // A hostile file can have anything of that name. This is what SQLite itself makes of it, to the letter.
    const isSequence =
      "name = 'sqlite_sequence' AND type = 'table' AND rootpage > 0 AND sql = 'CREATE TABLE sqlite_sequence(name,seq)'";
    if (first(this.opened.database.query(`SELECT 1 FROM sqlite_schema WHERE ${isSequence}`)) === undefined)
      return undefined;
    const rows = new RisingCursor(
      this.opened.database.query('SELECT rowid AS id, name, seq FROM sqlite_sequence ORDER BY rowid'),
    );
    try {
      while (rows.next()) {
        const [name, last] = [rows.cell(1), rows.cell(2)];
        if (name.kind === 'text' && name.text === 'audit_log') {
          return last.kind === 'integer' ? BigInt(last.text) : undefined;
        }
      }
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
    } finally {
      rows.close();
    }
    return undefined;
  }

  /**
   * What SQLite's own check finds wrong with the file; empty where it finds nothing. At most `most` findings. It is to be asked only
   * where all rows could be read.
   */
  damages(most: number): string[] {
    return damagesOf(this.opened.database, most);
  }

  close(): void {
    this.opened.database.close();
    this.opened.dispose();
  }

  /** The id in front of those of so many rows that have the highest. */
  private leastOfNewest(most: number): bigint | undefined {
    const known = this.opened.table?.leastOfNewest(most);
    if (known !== undefined) return known - 1n;
    const ids = `SELECT id FROM audit_log NOT INDEXED ORDER BY id DESC LIMIT 1 OFFSET ${most - 1}`;
    const [least] = first(this.opened.database.query(ids)) ?? [];
    return least?.kind === 'integer' ? BigInt(least.text) - 1n : undefined;
  }

  private ordered(columns: readonly string[], after: bigint | undefined): Cursor {
    const names = columns.filter((name) => this.columns.includes(name));
    const ask = (id: bigint | undefined): Cursor => {
      const where = id === undefined ? '' : ' WHERE id > CAST(? AS INTEGER)';
      const sql = `SELECT ${names.map((name) => `"${name}"`).join(', ')} FROM audit_log NOT INDEXED${where} ORDER BY id`;
      return this.opened.database.query(sql, id === undefined ? [] : [String(id)]);
    };
    return new RisingCursor(this.opened.table?.rows(names, after, ask) ?? ask(after));
  }

  /** A filter that no row meets would have SQLite look for one without end where the rows have none. */
  private assertEnd(): void {
    const rows = new RisingCursor(this.opened.database.query('SELECT id FROM audit_log NOT INDEXED ORDER BY id'));
    try {
      while (rows.next());
    } catch (error) {
      // What SQLite cannot read ends its search as well, and is told where it is met.
      if (!(error instanceof DamagedError) || error.code === undefined) throw error;
    } finally {
      rows.close();
    }
  }
}
