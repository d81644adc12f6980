import * as fs from 'node:fs';
import { isoOfMicroseconds } from '../../core/log/timestamp';
import { nodeSqlite, type NodeDatabaseSync } from '../../sqlite/nodeDatabase';
import { realPlace } from '../files/realPlace';
import { checkMembers } from '../knownMembers';
import { lineOfRow } from '../jsonLines/rowText';

/** Which rows: those that all of it is true of. An empty text asks for nothing. Times are compared as the texts that they are recorded as. */
export interface LogFilter {
  readonly sessionId?: string | undefined;
  readonly actionType?: string | undefined;
  /** In any case. */
  readonly riskLevel?: string | undefined;
  readonly resultStatus?: string | undefined;
  readonly since?: Date | string | undefined;
  readonly until?: Date | string | undefined;
  readonly agentId?: string | undefined;
  readonly chainId?: string | undefined;
  /** Rows at most; 0 gives none. */
  readonly limit?: number | undefined;
}

export type CountFilter = Pick<LogFilter, 'sessionId' | 'actionType' | 'riskLevel' | 'resultStatus'>;

/** A row with all columns that the table has, in its order; an integer that a number cannot hold is a bigint. */
export type LogRow = Readonly<Record<string, string | number | bigint | Uint8Array | null>>;

const FILTERS = [
  ...(['sessionId', 'actionType', 'riskLevel', 'resultStatus'] satisfies (keyof CountFilter)[]),
  ...(['since', 'until', 'agentId', 'chainId', 'limit'] satisfies (keyof LogFilter)[]),
];

/**
 * Questions to a database that a recorder writes, asked over a connection of their own, which sees what is committed.
 * Source: `get_log`, `count` and `export_jsonl` of the reference's runtime/audit.py.
 */
export class AuditQueries {
  /** @param others files of the trail, which nothing is exported over. */
  constructor(
    private readonly file: string,
    private readonly others: readonly (string | undefined)[] = [],
  ) {}

  getLog(filter: LogFilter = {}): LogRow[] {
    checkMembers(filter, FILTERS, 'A filter');
    return this.read((database) => [...rowsOf(database, filter)].map(withNumbers));
  }

  count(filter: CountFilter = {}): number {
    checkMembers(filter, FILTERS.slice(0, 4), 'A filter of a count');
    const { where, bindings } = conditionsOf(filter);
    return this.read((database) =>
      Number(database.prepare(`SELECT COUNT(*) AS n FROM audit_log${where}`).get(...bindings)?.n),
    );
  }

  /**
   * Writes the rows, of one session where one is given, as JSON lines, to the byte as the reference does; what was in the file
   * is gone.
   *
   * @returns how many there were.
   */
  exportJsonl(file: string, sessionId?: string): number {
    const place = realPlace(file);
    if ([this.file, ...this.others].some((own) => own !== undefined && realPlace(own) === place))
      throw new TypeError(`"${file}" is a file of the trail itself: give the export another name.`);
    return this.read((database) => {
      const descriptor = fs.openSync(file, 'w');
      try {
        let count = 0;
        for (const row of rowsOf(database, { sessionId })) {
          fs.writeFileSync(descriptor, lineOfRow(row));
          count++;
        }
        return count;
      } finally {
        fs.closeSync(descriptor);
      }
    });
  }

  /** Nothing was recorded yet where there is no file, or no table in it. */
  private read<T>(work: (database: NodeDatabaseSync) => T): T {
    const sqlite = nodeSqlite()!;
    const database = fs.existsSync(this.file)
      ? new sqlite.DatabaseSync(this.file, { readOnly: true })
      : new sqlite.DatabaseSync(':memory:', { readOnly: false });
    try {
      const { n } = database.prepare("SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'audit_log'").get()!;
      if (n !== 0) return work(database);
    } finally {
      database.close();
    }
    const none = new sqlite.DatabaseSync(':memory:', { readOnly: false });
    try {
      none.exec(EMPTY_TABLE);
      return work(none);
    } finally {
      none.close();
    }
  }
}

const EMPTY_TABLE = `CREATE TABLE audit_log (id INTEGER, session_id, timestamp, action_type, risk_level, result_status, agent_id, chain_id)`;

function rowsOf(database: NodeDatabaseSync, filter: LogFilter): Iterable<Record<string, unknown>> {
  const { where, bindings } = conditionsOf(filter);
  const limit = limitOf(filter.limit);
  const statement = database.prepare(`SELECT * FROM audit_log${where} ORDER BY id${limit}`);
  statement.setReadBigInts(true);
  return { [Symbol.iterator]: () => statement.iterate(...bindings) };
}

function limitOf(limit: unknown): string {
  if (limit === undefined || limit === Infinity) return '';
  if (typeof limit !== 'number' || Number.isNaN(limit)) throw new TypeError('limit must be a number of rows.');
  return ` LIMIT ${Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.trunc(limit)))}`;
}

function conditionsOf(filter: LogFilter): { readonly where: string; readonly bindings: readonly string[] } {
  const conditions: [string, string | undefined][] = [
    ['session_id = ?', filter.sessionId],
    ['action_type = ?', filter.actionType],
    ['risk_level = ?', filter.riskLevel?.toUpperCase()],
    ['result_status = ?', filter.resultStatus],
    ['timestamp >= ?', timeText(filter.since)],
    ['timestamp <= ?', timeText(filter.until)],
    ['agent_id = ?', filter.agentId],
    ['chain_id = ?', filter.chainId],
  ];
  const asked = conditions.filter((each): each is [string, string] => each[1] !== undefined && each[1] !== '');
  return {
    where: asked.length === 0 ? '' : ` WHERE ${asked.map(([condition]) => condition).join(' AND ')}`,
    bindings: asked.map(([, value]) => value),
  };
}

function timeText(time: Date | string | undefined): string | undefined {
  return time instanceof Date ? isoOfMicroseconds(time.getTime() * 1000) : time;
}

function withNumbers(row: Record<string, unknown>): LogRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value,
    ]),
  ) as LogRow;
}
