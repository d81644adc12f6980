import { AuditQueries, type CountFilter, type LogFilter, type LogRow } from './database/auditQueries';
import { TRAIL_FILES } from './auditTrail';
import { TrailLog, type TrailOptions } from './trailLog';

/** Records in an SQLite database that the reference reads and writes too. */
export class AuditLogger extends TrailLog {
  private readonly queries: AuditQueries;

  constructor(
    readonly databasePath: string = TRAIL_FILES.database,
    options: TrailOptions = {},
  ) {
    super({ ...options, database: databasePath });
    this.queries = new AuditQueries(databasePath);
  }

  getLog(filter: LogFilter = {}): LogRow[] {
    return this.queries.getLog(filter);
  }

  count(filter: CountFilter = {}): number {
    return this.queries.count(filter);
  }

  /** @returns how many rows were written. */
  exportJsonl(file: string, sessionId?: string): number {
    return this.queries.exportJsonl(file, sessionId);
  }
}

/** Records in a file of JSON lines: one for each action that has ended. An attempt alone leaves no line. */
export class JsonlAuditLogger extends TrailLog {
  constructor(
    readonly jsonlPath: string = TRAIL_FILES.jsonLines,
    options: TrailOptions = {},
  ) {
    super({ ...options, jsonLines: jsonlPath });
  }
}
