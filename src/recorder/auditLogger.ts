import * as path from 'node:path';
import { AuditQueries, type CountFilter, type LogFilter, type LogRow } from './database/auditQueries';
import { TRAIL_FILES } from './auditTrail';
import { TrailLog, type TrailOptions } from './trailLog';

/** Records in an SQLite database that the reference reads and writes too. */
export class AuditLogger extends TrailLog {
  /** Where it is, whatever folder the program is in later. */
  readonly databasePath: string;
  private readonly queries: AuditQueries;

  constructor(databasePath: string = TRAIL_FILES.database, options: TrailOptions = {}) {
    const file = path.resolve(databasePath);
    super({ ...options, database: file });
    this.databasePath = file;
    this.queries = new AuditQueries(file);
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
  readonly jsonlPath: string;

  constructor(jsonlPath: string = TRAIL_FILES.jsonLines, options: TrailOptions = {}) {
    const file = path.resolve(jsonlPath);
    super({ ...options, jsonLines: file });
    this.jsonlPath = file;
  }
}
