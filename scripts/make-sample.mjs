// Writes the logs of the sample workspace: a chain that is intact, the same one tampered with in several ways, and a database.
// `node scripts/make-sample.mjs` (after `npm run build`) gives the same files each time.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

import { writeSampleDatabase } from './make-sample-database.mjs';

const { appendEntry } = createRequire(import.meta.url)('../dist/index.js');
const folder = fileURLToPath(new URL('../sample/', import.meta.url));
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What the agent did: action, target, decision, risk, rule, parameters, result. */
const STORY = [
  ['read_file', 'docs/runbook.md', 'auto', 'low', 'allow_reads', { lines: 214 }, 'success'],
  [
    'search_tickets',
    'support/inbox',
    'auto',
    'low',
    'allow_reads',
    { query: 'refund > 30 days', limit: 25 },
    'success',
  ],
  ['read_record', 'salesforce/accounts/8841', 'auto', 'low', 'allow_reads', {}, 'success'],
  [
    'update_deal',
    'salesforce/deals/5521',
    'approve',
    'medium',
    'approve_crm_writes',
    { stage: 'negotiation', amount: 48000 },
    'success',
  ],
  ['send_email', 'board@example.com', 'approve', 'high', 'approve_outbound_mail', { subject: 'Q1 pipeline' }, 'denied'],
  ['run_command', 'npm test', 'auto', 'low', 'allow_tests', { cwd: 'services/billing' }, 'success'],
  [
    'edit_file',
    'services/billing/refund.ts',
    'approve',
    'medium',
    'approve_source_edits',
    { added: 12, removed: 4 },
    'success',
  ],
  ['delete_user', 'production_db', 'block', 'critical', 'block_prod_deletes', { user_id: '42' }, 'blocked'],
  [
    'issue_refund',
    'stripe/charges/ch_3PZ',
    'approve',
    'high',
    'approve_payments',
    { amount: 129.5, currency: 'EUR' },
    'success',
  ],
  ['export_table', 'warehouse/customers', 'block', 'critical', 'block_bulk_export', { rows: 250000 }, 'blocked'],
  ['create_ticket', 'jira/OPS', 'auto', 'low', 'allow_tickets', { title: 'Refund job is slow' }, 'success'],
  ['call_tool', 'mcp/calendar/list_events', 'auto', 'low', '<default>', { day: '2026-03-29' }, 'success'],
];
const ENTRIES = 42;
const START = Date.UTC(2026, 2, 29, 10, 30, 2);

function contentOf(i) {
  const [action_type, action_target, decision, risk_level, matched_rule, action_params, result_status] =
    STORY[(i * 5) % STORY.length];
  const timestamp = `${new Date(START + i * 6_143).toISOString().slice(0, -1)}000+00:00`;
  const metadata = { session_id: i < 30 ? 'prod-agent-042' : 'nightly-sync', action_params, result_status };
  return {
    timestamp,
    agent_id: i < 30 ? 'prod-agent-042' : 'nightly-sync',
    action_type,
    action_target,
    decision,
    risk_level,
    matched_rule,
    metadata,
  };
}

function chain(count) {
  const made = [];
  for (let i = 0; i < count; i++) made.push(appendEntry(made.at(-1)?.entry, contentOf(i), hash));
  return made;
}

const made = chain(ENTRIES);
const intact = made.map(({ line }) => line);

/** Each change is far enough from the others to be told apart. Entry N is on line N + 1 of the intact chain. */
const tampered = [...intact];
// Changed: the blocked deletion of entry 5's neighbour now reads as if it had been allowed.
const blocked = made.findIndex(({ entry }) => entry.decision === 'block');
tampered[blocked] = intact[blocked].replace('"decision": "block"', '"decision": "auto"');
// Changed and hashed anew: it matches itself, but no longer what the next entry committed to.
const { entry: before } = made[13];
tampered[14] = appendEntry(before, { ...contentOf(14), agent_id: 'somebody-else' }, hash).line;
// Put in: an entry that links to the one before it but that nothing commits to.
const forged = appendEntry(
  made[24].entry,
  { ...contentOf(25), action_type: 'read_file', matched_rule: 'allow_reads' },
  hash,
).line;
// From the end to the start, so that the places before stay what they are.
tampered.splice(38, 0, intact[33]); // a copy further down
[tampered[34], tampered[35]] = [tampered[35], tampered[34]]; // two swapped
tampered.splice(25, 0, forged);
tampered.splice(19, 2); // two deleted

mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'intact.jsonl'), `${intact.join('\n')}\n`);
writeFileSync(path.join(folder, 'tampered.jsonl'), `${tampered.join('\n')}\n`);
await writeSampleDatabase(
  path.join(folder, 'aegis_audit.db'),
  Array.from({ length: ENTRIES }, (_, i) => contentOf(i)),
  STORY,
);
