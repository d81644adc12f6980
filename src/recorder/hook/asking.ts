import type { Agent, Verdict } from '../agents/agent';

/**
 * Has the person asked, or denies where the agent would not ask. The model may read what is said, too.
 *
 * @param wrong why, in sentences: what, and where.
 * @param remedy what to do, in a sentence.
 */
export function asking(agent: Agent, wrong: string, remedy?: string): Verdict {
  const after = remedy === undefined ? '' : ` ${remedy}`;
  if (agent.knowsAsking) return { kind: 'ask', reason: `${wrong}${after}` };
  const reason = `${wrong} ${agent.title} cannot ask on a hook's word, so this call is denied.${after}`;
  return { kind: 'deny', reason };
}
