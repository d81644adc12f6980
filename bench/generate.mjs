// Writes a chain of N entries as an agent's recorder would: `node bench/generate.mjs N FILE`. Always the same for one N.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';

const { appendEntry } = createRequire(import.meta.url)('../dist/index.js');

const [count, file] = [Number(process.argv[2]), process.argv[3]];
const ACTIONS = [
  ['read_file', 'src/app.ts', 'auto', 'low', 'allow_reads'],
  ['update_deal', 'salesforce/records', 'approve', 'medium', 'approve_crm_writes'],
  ['send_email', 'board@example.com', 'approve', 'high', '<default>'],
  ['delete_user', 'production_db', 'block', 'critical', 'block_prod_deletes'],
];
const START = Date.UTC(2026, 2, 29, 10, 30, 2);
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

const out = createWriteStream(file);
let previous;
let lines = [];
for (let i = 0; i < count; i++) {
  const [action_type, action_target, decision, risk_level, matched_rule] = ACTIONS[(i * 7 + (i >> 5)) % ACTIONS.length];
  const timestamp = `${new Date(START + i * 137).toISOString().slice(0, -1)}000+00:00`;
  const metadata = {
    session_id: `s-${i >> 6}`,
    action_params: { path: `src/module-${i % 97}/file-${i}.ts`, user_id: String(i % 512), amount: i * 1.25 },
    result_status: decision === 'block' ? 'blocked' : 'success',
  };
  const content = {
    timestamp,
    agent_id: `prod-agent-${i % 7}`,
    action_type,
    action_target,
    decision,
    risk_level,
    matched_rule,
    metadata,
  };
  const { entry, line } = appendEntry(previous, content, hash);
  previous = entry;
  lines.push(line, '\n');
  if (lines.length >= 10_000) {
    if (!out.write(lines.join(''))) await once(out, 'drain');
    lines = [];
  }
}
out.end(lines.join(''));
await once(out, 'finish');
