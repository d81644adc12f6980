// A chain that is too large for the editor, with three things wrong in it: a made-up month of an agent's work.

import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const ENTRIES = 100_000;
const START = Date.UTC(2026, 2, 1);
const ACTIONS = [
  ['read_file', 'services/billing/refund.ts', 'auto', 'low', 'allow_reads'],
  ['run_command', 'npm test', 'auto', 'low', 'allow_tests'],
  ['update_deal', 'salesforce/deals/5521', 'approve', 'medium', 'approve_crm_writes'],
  ['delete_user', 'production_db', 'block', 'critical', 'block_prod_deletes'],
];

/** @param {string} file */
export function writeLargeChain(file) {
  const { appendEntry } = createRequire(import.meta.url)('../dist/index.js');
  const hash = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');
  const descriptor = openSync(file, 'w');
  /** @type {import('../src/index.ts').ChainEntry | undefined} */
  let previous;
  /** @type {string[]} */
  let lines = [];
  for (let i = 0; i < ENTRIES; i++) {
    const [action_type, action_target, decision, risk_level, matched_rule] = ACTIONS[(i * 7) % 4] ?? [];
    const timestamp = `${new Date(START + i * 25_000).toISOString().slice(0, -1)}000+00:00`;
    const metadata = { session_id: `s-${i >> 6}`, action_params: { note: 'x'.repeat(120) } };
    const content = { timestamp, agent_id: 'nightly-sync', action_type, action_target, decision, risk_level };
    const { entry, line } = appendEntry(previous, { ...content, matched_rule, metadata }, hash);
    previous = entry;
    const isChanged = i === 23_105;
    const isGone = i === 61_002 || i === 61_003;
    if (!isGone) lines.push(isChanged ? line.replace('"block"', '"auto"') : line, '\n');
    if (i === 88_214) lines.push(line, '\n');
    if (lines.length > 10_000 || i === ENTRIES - 1) {
      writeSync(descriptor, lines.join(''));
      lines = [];
    }
  }
  closeSync(descriptor);
}
