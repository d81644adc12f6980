import type { Agent, Verdict } from '../agents/agent';

/**
 * Has the person asked, or denies where the agent would not ask.
 *
 * @param reason a sentence without its full stop.
 */
export function asking(agent: Agent, reason: string): Verdict {
  if (agent.knowsAsking) return { kind: 'ask', reason: `${reason}.` };
  return { kind: 'deny', reason: `${reason}, and ${agent.title} cannot ask on a hook's word: it is denied.` };
}
