import type { HumanDecision } from '../../core/record/actionRecord';
import { reasonOf } from '../../core/record/reading';
import { reasonForDenial } from '../approval/denials';
import type { Decision } from './decision';
import type { ApprovalHandler, RuntimeHooks } from './executor';

export interface Answer {
  /** undefined where nobody said anything: the handler failed, or there was nobody to ask. */
  readonly human: HumanDecision | undefined;
  /** Why the action is not executed; undefined where it is. */
  readonly refusal: { readonly status: 'denied' | 'blocked'; readonly error: string } | undefined;
}

/** Asks, and tells the hook. Anything that goes wrong is a no. */
export async function askApproval(
  decision: Decision,
  handler: ApprovalHandler,
  onApproval: RuntimeHooks['onApproval'],
): Promise<Answer> {
  const answer = await answerOf(decision, handler);
  const isApproved = answer.refusal === undefined;
  try {
    await onApproval?.(decision, isApproved);
    return answer;
  } catch (error) {
    const failed = `The hook onApproval failed: ${reasonOf(error)}`;
    if (answer.refusal === undefined) return { ...answer, refusal: { status: 'blocked', error: failed } };
    return { ...answer, refusal: { status: 'denied', error: `${answer.refusal.error}. ${failed}` } };
  }
}

async function answerOf(decision: Decision, handler: ApprovalHandler): Promise<Answer> {
  let answer: unknown;
  try {
    answer = await handler(decision);
  } catch (error) {
    return denied(undefined, `Denied: the approval handler failed: ${reasonOf(error)}`);
  }
  if (answer === true) return { human: 'approved', refusal: undefined };
  if (answer !== false) return denied(undefined, 'Denied: the approval handler answered neither true nor false');
  const reason = reasonForDenial(decision);
  return reason === undefined ? denied('denied', 'Denied by human operator') : denied(undefined, `Denied: ${reason}`);
}

function denied(human: HumanDecision | undefined, error: string): Answer {
  return { human, refusal: { status: 'denied', error } };
}
