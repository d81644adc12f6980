import type { ActionRecord } from '../../core/record/actionRecord';
import type { Agent, ToolCall, Verdict } from '../agents/agent';
import { callTargets } from '../agents/callTarget';
import { NO_POLICY } from '../../core/text/noPolicy';
import { recordOfCall } from './callRecord';

export interface Judgement {
  readonly verdict: Verdict;
  readonly record: ActionRecord;
}

/**
 * What the policy says of a call, in the agent's possibilities, and how it is recorded.
 *
 * @param policy its file; undefined where there is none: then nothing is blocked.
 */
export async function judgeCall(agent: Agent, call: ToolCall, policy: string | undefined): Promise<Judgement> {
  const given = recordOfCall(agent, call);
  if (policy === undefined) {
    const record = { ...given, riskLevel: 'MEDIUM', approval: 'auto', matchedRule: NO_POLICY } as const;
    return { verdict: { kind: 'silent' }, record };
  }
  // What reads policies takes as long to load as all the rest.
  const { judgeByPolicy } = await import('./judgeByPolicy');
  return judgeByPolicy(agent, given, policy, callTargets(call.tool, call.input));
}
