// Records actions into a folder, through the library as a program gets it, and prints the seconds. Started by bench/record.mjs with a
// Node that has SQLite.
//   recorder.mjs FOLDER ACTIONS one|plan|batch
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder, count, way] = process.argv.slice(2);
const library = fileURLToPath(new URL('../dist/index.js', import.meta.url));
const { AuditTrail } = createRequire(import.meta.url)(library);

let logged = 0;
const trail = new AuditTrail({ directory: path.join(folder, 'trail'), log: { write: () => void logged++ } });
const actions = Array.from({ length: Number(count) }, (_, i) => ({
  actionId: randomUUID(),
  sessionId: 'bench',
  actionType: 'edit_file',
  actionTarget: `src/module${i % 50}.ts`,
  actionParams: { path: `src/module${i % 50}.ts`, added: i, removed: i % 7, note: 'what was changed, in a sentence' },
  riskLevel: 'MEDIUM',
  approval: 'auto',
  matchedRule: 'allow_edits',
  agentId: 'bench-agent',
}));
const result = { status: 'success', data: { bytes: 1024 } };

/** Each is on the disk before it would be executed, and its end before the next is begun. */
async function oneByOne() {
  for (const action of actions) {
    await trail.attempt(action);
    await trail.outcome(action, result);
  }
}

/** As a plan in turn is: an outcome and the next attempt go to the disk together. */
async function inPlan() {
  let before = Promise.resolve();
  for (const action of actions) {
    await Promise.all([before, trail.attempt(action)]);
    before = trail.outcome(action, result);
  }
  await before;
}

/** As a plan in parallel is, a hundred at a time. */
async function inBatches() {
  for (let start = 0; start < actions.length; start += 100) {
    const batch = actions.slice(start, start + 100);
    await Promise.all(batch.map((action) => trail.attempt(action)));
    await Promise.all(batch.map((action) => trail.outcome(action, result)));
  }
}

/** @type {Record<string, () => Promise<void>>} */
const ways = { one: oneByOne, plan: inPlan, batch: inBatches };
await trail.getLog({ limit: 1 });
const start = performance.now();
await ways[way]?.();
const seconds = (performance.now() - start) / 1000;
if (logged !== actions.length || trail.count({ resultStatus: 'success' }) !== actions.length)
  throw new Error(`Of ${actions.length} actions, ${logged} were logged.`);
const { valid, entries } = await trail.verify();
if (!valid || entries !== 2 * actions.length) throw new Error(`The chain has ${entries} entries, valid: ${valid}.`);
await trail.close();
console.log(JSON.stringify({ seconds }));
