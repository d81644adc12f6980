import type { ActionRecord } from '../../core/record/actionRecord';
import { reasonOf } from '../../core/record/reading';
import { visible } from '../../core/text/visible';
import type { Agent, ToolCall, Verdict } from '../agents/agent';
import { callTarget } from '../agents/callTarget';
import { objectOf } from '../agents/payload';
import type { CapturePolicy } from '../capture/capturePolicy';
import { Action } from '../runtime/action';
import { actionIdOf } from './actionId';

/** What the record says decided where a policy is there and could not. */
const NOT_JUDGED = '<not judged>';

export interface Judgement {
  readonly verdict: Verdict;
  readonly record: ActionRecord;
}

/** What the policy says of a call, in the agent's possibilities, and how it is recorded. */
export function judgeCall(agent: Agent, call: ToolCall, policy: CapturePolicy): Judgement {
  const members = objectOf(call.input);
  const given = {
    actionId: actionIdOf(call),
    sessionId: call.sessionId,
    actionType: call.tool,
    actionTarget: callTarget(call.tool, call.input),
    actionParams: members ?? (call.input === undefined ? {} : { value: call.input }),
    agentId: agent.agentId,
  };
  if (policy.kind === 'unusable') return unjudged(agent, given, policy.reason);
  try {
    const action = new Action({
      type: given.actionType,
      target: given.actionTarget,
      params: given.actionParams,
      agentId: given.agentId,
    });
    const { riskLevel, approval, matchedRule, policyHash, problem } = policy.policy.evaluate(action);
    const record = { ...given, riskLevel, approval, matchedRule, policyHash };
    const rule = visible(matchedRule, 200);
    if (approval === 'auto') return { verdict: { kind: 'silent' }, record };
    if (approval === 'block')
      return { verdict: { kind: 'deny', reason: problem ?? `Blocked by policy rule: ${rule}` }, record };
    return { verdict: asking(agent, `The policy rule ${rule} wants a person to approve this`), record };
  } catch (error) {
    // Such as parameters that are nested too deep. Without a policy there is nothing to judge by.
    if (policy.kind === 'none')
      return {
        verdict: { kind: 'silent' },
        record: { ...given, riskLevel: 'MEDIUM', approval: 'auto', matchedRule: NOT_JUDGED },
      };
    return unjudged(agent, given, `The call cannot be judged: ${reasonOf(error)}`);
  }
}

/** What is not known to be allowed is asked about. */
function unjudged(
  agent: Agent,
  given: Omit<ActionRecord, 'riskLevel' | 'approval' | 'matchedRule'>,
  reason: string,
): Judgement {
  return {
    verdict: asking(agent, visible(reason.replace(/\.$/, ''), 600)),
    record: { ...given, riskLevel: 'MEDIUM', approval: 'approve', matchedRule: NOT_JUDGED },
  };
}

/** @param reason a sentence without its full stop. */
export function asking(agent: Agent, reason: string): Verdict {
  if (agent.knowsAsking) return { kind: 'ask', reason: `${reason}.` };
  return { kind: 'deny', reason: `${reason}, and ${agent.title} cannot ask on a hook's word: it is denied.` };
}
