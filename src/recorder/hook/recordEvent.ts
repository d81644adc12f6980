import * as path from 'node:path';
import type { ActionRecord } from '../../core/record/actionRecord';
import type { ToolEvent } from '../agents/agent';
import { RecordedAlready } from '../errors';
import { TRAIL_FILES } from '../trailFiles';
import { TrailLog } from '../trailLog';
import type { Judgement } from './judgeCall';

/** Milliseconds for other processes to write: well below what agents give a hook. */
const LOCK_PATIENCE = 10_000;

/**
 * Records what an agent told. That it is recorded already, by a hook that was told the same, is no failure.
 *
 * @throws RecordError; Error with a sentence where this Node has no SQLite.
 */
export async function recordEvent(folder: string, event: ToolEvent, { verdict, record }: Judgement): Promise<void> {
  // Not an AuditTrail: what verifies a chain takes time to load, and nothing is verified here.
  const trail = new TrailLog({
    chain: path.join(folder, TRAIL_FILES.chain),
    database: path.join(folder, TRAIL_FILES.database),
    jsonLines: path.join(folder, TRAIL_FILES.jsonLines),
    lockTimeout: LOCK_PATIENCE,
  });
  try {
    await write(trail, event, record, verdict.kind === 'deny' ? verdict.reason : undefined);
  } catch (error) {
    if (!(error instanceof RecordedAlready)) throw error;
  } finally {
    // What is recorded is on the disk. To tidy the database up takes its time, which is not taken while a call waits to be made.
    if (event.kind === 'after') await trail.close();
  }
}

function write(trail: TrailLog, event: ToolEvent, record: ActionRecord, denial: string | undefined): Promise<void> {
  if (event.kind === 'after') return trail.end(record, event.outcome, event.call.callId === undefined);
  return trail.begin(record, denial === undefined ? undefined : { status: 'blocked', error: denial });
}
