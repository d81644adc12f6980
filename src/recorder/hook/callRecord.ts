import type { ActionRecord } from '../../core/record/actionRecord';
import type { Agent, ToolCall } from '../agents/agent';
import { callTarget } from '../agents/callTarget';
import { objectOf } from '../agents/payload';
import { actionIdOf } from './actionId';

/** A call before anybody has judged it. */
export type UnjudgedRecord = Omit<ActionRecord, 'riskLevel' | 'approval' | 'matchedRule' | 'actionParams'> & {
  readonly actionParams: Readonly<Record<string, unknown>>;
};

/** A call as it is recorded. */
export function recordOfCall(agent: Agent, call: ToolCall): UnjudgedRecord {
  const { sessionId, tool, input } = call;
  return {
    actionId: actionIdOf(call),
    sessionId,
    actionType: tool,
    actionTarget: callTarget(tool, input),
    actionParams: objectOf(input) ?? (input === undefined ? {} : { value: input }),
    agentId: agent.agentId,
  };
}
