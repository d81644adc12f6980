import type { ActionRecord } from '../../core/record/actionRecord';
import type { ToolEvent } from '../agents/agent';
import { AuditTrail } from '../auditTrail';
import { RecordedAlready } from '../errors';
import type { Judgement } from './judgeCall';

/** Milliseconds for other processes to write: well below what agents give a hook. */
const LOCK_PATIENCE = 10_000;

/**
 * Records what an agent told. That it is recorded already, by a hook that was told the same, is no failure.
 *
 * @throws RecordError; Error with a sentence where this Node has no SQLite.
 */
export async function recordEvent(folder: string, event: ToolEvent, { verdict, record }: Judgement): Promise<void> {
  const trail = new AuditTrail({ directory: folder, lockTimeout: LOCK_PATIENCE });
  try {
    await write(trail, event, record, verdict.kind === 'deny' ? verdict.reason : undefined);
  } catch (error) {
    if (!(error instanceof RecordedAlready)) throw error;
  } finally {
    await trail.close();
  }
}

function write(trail: AuditTrail, event: ToolEvent, record: ActionRecord, denial: string | undefined): Promise<void> {
  if (event.kind === 'after') return trail.end(record, event.outcome, event.call.callId === undefined);
  if (denial !== undefined) return trail.decision(record, { status: 'blocked', error: denial });
  return trail.attempt(record);
}
