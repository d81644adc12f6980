import * as path from 'node:path';
import { TRAIL_FILES } from '../auditTrail';
import { AuditQueries } from '../database/auditQueries';
import { nodeSqlite } from '../../sqlite/nodeDatabase';

/**
 * When something of an agent was recorded last, ISO 8601 in UTC; null where nothing was, undefined where it cannot be told: this Node has
 * no SQLite, or the database cannot be read.
 */
export function lastRecorded(dir: string, agentId: string): string | null | undefined {
  if (nodeSqlite() === undefined) return undefined;
  try {
    return new AuditQueries(path.join(dir, TRAIL_FILES.database)).lastTimestamp(agentId) ?? null;
  } catch {
    return undefined;
  }
}
