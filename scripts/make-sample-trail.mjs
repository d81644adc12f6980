// Records the trail of the sample workspace: `node scripts/make-sample-trail.mjs [FOLDER]` (after `npm run build`, with Node 22.13 or newer) runs the
// example's agent through two sessions, in one of which somebody is there to be asked. Its chain and its JSON lines are the same each time,
// and so is what its database holds.
import crypto from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const START = Date.UTC(2026, 2, 30, 7, 45, 12, 408);

let ids = 0;
// @ts-expect-error (it must look like an UUID, and does)
crypto.randomUUID = () => {
  const digits = crypto.createHash('sha256').update(`sample ${++ids}`).digest('hex');
  return [8, 12, 16, 20, 32].map((end, i) => digits.slice([0, 8, 12, 16, 20][i], end)).join('-');
};
syncBuiltinESMExports();

let time = START;
/** Time passes as it is looked at, sometimes faster. */
const clock = () => (time += 37 + ((time * 7) % 211));

const { policyFile, run } = await import('../examples/agent/run.mjs');

const made = mkdtempSync(join(tmpdir(), 'aegis-sample-'));
try {
  const say = () => {};
  await run({ directory: made, say, clock, sessionId: 'tickets-0330-early', only: [1, 2, 4] });
  time += 3 * 3_600_000;
  await run({
    directory: made,
    say,
    clock,
    sessionId: 'tickets-0330',
    approvalHandler: () => ((time += 41_200), true),
  });

  const folder = process.argv[2] ?? fileURLToPath(new URL('../sample/support-agent', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const name of ['aegis_audit.db', 'aegis_audit.jsonl', 'audit_chain.jsonl'])
    copyFileSync(join(made, name), join(folder, name));
  copyFileSync(policyFile, join(folder, 'policy.yaml'));
} finally {
  rmSync(made, { recursive: true, force: true });
}
