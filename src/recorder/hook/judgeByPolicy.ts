import * as path from 'node:path';
import { reasonOf } from '../../core/record/reading';
import { NOT_JUDGED } from '../../core/text/noPolicy';
import { visible } from '../../core/text/visible';
import type { Agent, Verdict } from '../agents/agent';
import { capturePolicy } from '../capture/capturePolicy';
import { strictest } from '../capture/strictest';
import { Action } from '../runtime/action';
import { asking } from './asking';
import type { UnjudgedRecord } from './callRecord';
import type { Judgement } from './judgeCall';

const MEND = 'A person must mend it before calls can be judged.';

/**
 * @param file the policy's, absolute. What cannot be judged by it is asked about: it may be what the policy blocks.
 * @param targets what the call acts on, one by one: the strictest of what the policy says of them stands.
 */
export function judgeByPolicy(
  agent: Agent,
  given: UnjudgedRecord,
  file: string,
  targets: readonly string[],
): Judgement {
  try {
    const found = capturePolicy(path.dirname(file), file);
    if (found.kind === 'unusable') return unjudged(agent, given, `The policy cannot be used: ${found.reason}`, MEND);
    const { actionType: type, actionTarget, actionParams: params, agentId } = given;
    const several = targets.length > 1 ? targets : [];
    const judged = [actionTarget, ...several].map((target) => ({
      decision: found.policy.evaluate(new Action({ type, target, params, agentId })),
    }));
    const { riskLevel, approval, matchedRule, policyHash, problem } = strictest(judged).decision;
    const verdict = verdictOf(agent, approval, visible(matchedRule, 200), problem);
    return { verdict, record: { ...given, riskLevel, approval, matchedRule, policyHash } };
  } catch (error) {
    // Such as parameters that are nested too deep.
    return unjudged(agent, given, `The call cannot be judged: ${reasonOf(error, 400)}`);
  }
}

function verdictOf(agent: Agent, approval: 'auto' | 'approve' | 'block', rule: string, problem?: string): Verdict {
  switch (approval) {
    case 'auto':
      return { kind: 'silent' };
    case 'approve':
      return asking(agent, `The policy rule ${rule} wants a person to approve this.`);
    case 'block':
      return { kind: 'deny', reason: problem ?? `Blocked by policy rule: ${rule}` };
  }
}

/** @param reason a sentence. */
function unjudged(agent: Agent, given: UnjudgedRecord, reason: string, remedy?: string): Judgement {
  return {
    verdict: asking(agent, `${visible(reason.replace(/\.$/, ''), 600)}.`, remedy),
    record: { ...given, riskLevel: 'MEDIUM', approval: 'approve', matchedRule: NOT_JUDGED },
  };
}
