import * as path from 'node:path';
import { TRAIL_FILES } from './trailFiles';
import { DatabaseLog } from './databaseLog';
import { TrailLog, type TrailOptions } from './trailLog';

/** Records in an SQLite database that the reference reads and writes too. */
export class AuditLogger extends DatabaseLog {
  /** Where it is, whatever folder the program is in later. */
  readonly databasePath: string;

  constructor(databasePath: string = TRAIL_FILES.database, options: TrailOptions = {}) {
    const file = path.resolve(databasePath);
    super({ ...options, database: file });
    this.databasePath = file;
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
