// Lets the agent work through its tickets, and records what it does: `node main.mjs [FOLDER]`. Needs Node 22.13 or newer.
import { fileURLToPath } from 'node:url';
import { AuditTrail, Policy, Runtime } from 'aegis-audit-trail';
import { actionsFor } from './agent.mjs';
import { executor, tickets } from './shop.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const trail = new AuditTrail({ directory: process.argv[2] ?? here('.aegis') });
const runtime = new Runtime({
  executor,
  policy: Policy.fromFile(here('policy.yaml')),
  auditLogger: trail,
  agentId: 'support-agent',
});

try {
  for (const ticket of tickets) {
    console.log(`\nTicket ${ticket.id}: ${ticket.text}`);
    const plan = runtime.plan(actionsFor(ticket));
    console.log(plan.summary());
    for (const result of await runtime.execute(plan))
      console.log(`  ${result}${result.error === null ? '' : `: ${result.error}`}`);
  }
} finally {
  await trail.close();
}

const { valid, entries } = await trail.verify();
console.log(`\n${trail.count()} actions are recorded in ${trail.databasePath}.`);
console.log(`The chain beside it has ${entries} entries and is ${valid ? 'intact' : 'broken'}.`);
console.log('Open the folder in VS Code and look at the shield in the activity bar.');
