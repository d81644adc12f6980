// Records the sample workspace: `node scripts/make-sample.mjs [FOLDER]` (after `npm run build`, with Node 22.13 or newer) runs the agent of
// examples/agent through two sessions, and then does to copies of its chain and its database what somebody might who has something to hide.
// Clock and ids are not those of the machine: the chains and the JSON lines are the same each time, and so is what the databases hold.
import crypto from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { tamperedChain, tamperWithDatabase } from './tamper-sample.mjs';

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 30, 3, 12, 40, 408);

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

/** Tickets come some minutes apart. @param {string} line */
const say = (line) => {
  if (line.startsWith('\nTicket')) time += 2 * MINUTE + ((time * 13) % (5 * MINUTE));
};

// Imported only now: the library takes hold of `randomUUID` as it is loaded.
const { policyFile, run } = await import('../examples/agent/run.mjs');
const { executor } = await import('../examples/agent/shop.mjs');

/** By night nobody is there to be asked, and while the last mail was sent the agent's machine went down: how that ended nobody knows. */
async function nightUntilTheMachineWentDown(/** @type {string} */ directory) {
  await new Promise((resolve, reject) => {
    let mails = 0;
    const execute = (/** @type {{ type: string }} */ action, /** @type {unknown[]} */ ...more) => {
      if (action.type !== 'send_mail' || ++mails < 2) return executor.execute(action, ...more);
      resolve(undefined);
      return new Promise(() => {});
    };
    const approvalHandler = () => false;
    const sessionId = 'tickets-0330-night';
    const only = [2, 3, 4, 7, 8];
    run({ directory, say, clock, sessionId, only, approvalHandler, executor: { ...executor, execute } }).catch(reject);
  });
}

const made = mkdtempSync(join(tmpdir(), 'aegis-sample-'));
try {
  await nightUntilTheMachineWentDown(made);
  time += 4 * 60 * MINUTE;
  const approvalHandler = () => ((time += 41_200), true);
  await run({ directory: made, say, clock, sessionId: 'tickets-0330', approvalHandler });

  // The trail of the night was never closed: what is in its write-ahead log belongs into the one file that is kept.
  const database = new DatabaseSync(join(made, 'aegis_audit.db'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();

  const folder = process.argv[2] ?? fileURLToPath(new URL('../sample', import.meta.url));
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(made, 'aegis_audit.db'), join(folder, 'aegis_audit.db'));
  copyFileSync(join(made, 'aegis_audit.jsonl'), join(folder, 'aegis_audit.jsonl'));
  copyFileSync(join(made, 'audit_chain.jsonl'), join(folder, 'intact.jsonl'));
  copyFileSync(policyFile, join(folder, 'policy.yaml'));
  writeFileSync(join(folder, 'tampered.jsonl'), tamperedChain(readFileSync(join(folder, 'intact.jsonl'), 'utf8')));
  copyFileSync(join(folder, 'aegis_audit.db'), join(folder, 'tampered.db'));
  tamperWithDatabase(join(folder, 'tampered.db'));
} finally {
  rmSync(made, { recursive: true, force: true });
}
// The night's trail is still open.
process.exit();
