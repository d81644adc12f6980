import { AuditQueries, type CountFilter, type LogFilter, type LogRow } from './database/auditQueries';
import { TrailLog, type TrailDetails } from './trailLog';

/** Records in files of which one is a database, which can be asked what is there. */
export class DatabaseLog extends TrailLog {
  private readonly queries: AuditQueries | undefined;

  constructor(details: TrailDetails) {
    super(details);
    const { database, chain, jsonLines } = details;
    if (database !== undefined) this.queries = new AuditQueries(database, [chain, jsonLines]);
  }

  /** The recorded actions. @see LogFilter */
  getLog(filter: LogFilter = {}): LogRow[] {
    return this.asked().getLog(filter);
  }

  count(filter: CountFilter = {}): number {
    return this.asked().count(filter);
  }

  /** @returns how many rows were written. */
  exportJsonl(file: string, sessionId?: string): number {
    return this.asked().exportJsonl(file, sessionId);
  }

  private asked(): AuditQueries {
    if (this.queries === undefined) throw new TypeError('This trail has no database to ask.');
    return this.queries;
  }
}
