import type { ActionRecord } from '../../core/record/actionRecord';
import type { Agent, ToolCall, Verdict } from '../agents/agent';
import { callTargets } from '../agents/callTarget';
import { objectOf } from '../agents/payload';
import { NO_POLICY } from '../../core/text/noPolicy';
import { actionIdOf } from './actionId';

export interface Judgement {
  readonly verdict: Verdict;
  readonly record: ActionRecord;
}

/** A call before anybody has judged it. */
export type UnjudgedRecord = Omit<ActionRecord, 'riskLevel' | 'approval' | 'matchedRule' | 'actionParams'> & {
  readonly actionParams: Readonly<Record<string, unknown>>;
};

/**
 * What the policy says of a call, in the agent's possibilities, and how it is recorded.
 *
 * @param policy its file; undefined where there is none: then nothing is blocked.
 */
export async function judgeCall(agent: Agent, call: ToolCall, policy: string | undefined): Promise<Judgement> {
  const { input } = call;
  const targets = callTargets(call.tool, input);
  const given: UnjudgedRecord = {
    actionId: actionIdOf(call),
    sessionId: call.sessionId,
    actionType: call.tool,
    actionTarget: targets.join(', '),
    actionParams: objectOf(input) ?? (input === undefined ? {} : { value: input }),
    agentId: agent.agentId,
  };
  if (policy === undefined) {
    const record = { ...given, riskLevel: 'MEDIUM', approval: 'auto', matchedRule: NO_POLICY } as const;
    return { verdict: { kind: 'silent' }, record };
  }
  // What reads policies takes as long to load as all the rest.
  const { judgeByPolicy } = await import('./judgeByPolicy');
  return judgeByPolicy(agent, given, policy, targets);
}
