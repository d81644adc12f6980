// Entries as an agent's recorder would write them. The same for the same place in the chain.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

const { appendEntry } = createRequire(import.meta.url)('../dist/index.js');

/** @typedef {{ sequence_id: number, entry_hash: string }} Head */

const ACTIONS = /** @type {const} */ ([
  ['read_file', 'src/app.ts', 'auto', 'low', 'allow_reads'],
  ['update_deal', 'salesforce/records', 'approve', 'medium', 'approve_crm_writes'],
  ['send_email', 'board@example.com', 'approve', 'high', '<default>'],
  ['delete_user', 'production_db', 'block', 'critical', 'block_prod_deletes'],
]);
const START = Date.UTC(2026, 2, 29, 10, 30, 2);
const hash = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * The entry that follows on another one, or the first of a chain, and its line.
 * @param {Head} [previous]
 * @returns {{ entry: Head, line: string }}
 */
export function entryAfter(previous) {
  const i = previous === undefined ? 0 : previous.sequence_id + 1;
  const [action_type, action_target, decision, risk_level, matched_rule] =
    ACTIONS[(i * 7 + (i >> 5)) % ACTIONS.length] ?? ACTIONS[0];
  return appendEntry(
    previous,
    {
      timestamp: `${new Date(START + i * 137).toISOString().slice(0, -1)}000+00:00`,
      agent_id: `prod-agent-${i % 7}`,
      action_type,
      action_target,
      decision,
      risk_level,
      matched_rule,
      metadata: {
        session_id: `s-${i >> 6}`,
        action_params: { path: `src/module-${i % 97}/file-${i}.ts`, user_id: String(i % 512), amount: i * 1.25 },
        result_status: decision === 'block' ? 'blocked' : 'success',
      },
    },
    hash,
  );
}

/** What goes on at the end of a chain file. */
export class Continuation {
  /** @param {string} file */
  constructor(file) {
    this.head = headOf(file);
  }

  /**
   * @param {number} count
   * @returns {string} the next lines
   */
  lines(count) {
    let lines = '';
    for (let i = 0; i < count; i++) {
      const { entry, line } = entryAfter(this.head);
      this.head = entry;
      lines += `${line}\n`;
    }
    return lines;
  }
}

/**
 * @param {string} file
 * @returns {Head} the last entry of a chain file, which ends in a line end
 */
function headOf(file) {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const end = Buffer.alloc(Math.min(size, 1 << 16));
    readSync(descriptor, end, 0, end.length, size - end.length);
    return JSON.parse(end.toString('utf8').trimEnd().split('\n').at(-1) ?? '');
  } finally {
    closeSync(descriptor);
  }
}
