import { randomUUID } from 'node:crypto';
import type { ActionRecord } from '../../../src/core/record/actionRecord';

/** An action as a program hands it over. */
export function given(members: Partial<ActionRecord> = {}): ActionRecord {
  return {
    actionId: randomUUID(),
    sessionId: 's1',
    actionType: 'read_file',
    actionTarget: 'docs/a.md',
    actionParams: { lines: 10 },
    riskLevel: 'LOW',
    approval: 'auto',
    matchedRule: 'allow_reads',
    ...members,
  };
}
