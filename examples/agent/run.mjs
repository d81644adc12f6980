// Lets the agent work through its tickets, each of them a plan, and records what it does.
import { fileURLToPath } from 'node:url';
import { AuditTrail, Policy, Runtime } from 'aegis-audit-trail';
import { actionsFor } from './agent.mjs';
import { executor as shop, tickets } from './shop.mjs';

/** What the agent may do. */
export const policyFile = fileURLToPath(new URL('policy.yaml', import.meta.url));

/**
 * @param {object} options
 * @param {string} options.directory where the trail is
 * @param {(line: string) => void} options.say
 * @param {import('aegis-audit-trail').ApprovalHandler} [options.approvalHandler] who is asked; the person at the terminal by default
 * @param {import('aegis-audit-trail').Executor} [options.executor] what does the actions; the shop by default
 * @param {string} [options.sessionId] random by default
 * @param {() => number} [options.clock] the machine's by default
 * @param {number[]} [options.only] numbers of tickets; all of them by default
 */
export async function run({ directory, say, approvalHandler, executor = shop, sessionId, clock, only }) {
  const trail = new AuditTrail({ directory, clock });
  const policy = Policy.fromFile(policyFile);
  const agentId = 'support-agent';
  const runtime = new Runtime({ executor, policy, auditLogger: trail, approvalHandler, sessionId, agentId, clock });
  try {
    for (const ticket of tickets.filter(({ id }) => only === undefined || only.includes(id))) {
      say(`\nTicket ${ticket.id}: ${ticket.text}`);
      const plan = runtime.plan(actionsFor(ticket));
      say(plan.summary());
      for (const result of await runtime.execute(plan))
        say(`  ${result}${result.error === null ? '' : `: ${result.error}`}`);
    }
  } finally {
    await trail.close();
  }
  return trail;
}
