// Writes the audit database of the sample workspace: what the agents of the sample's chain did, and some days before it.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const SCHEMA = `
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id TEXT NOT NULL, timestamp TEXT NOT NULL, action_type TEXT NOT NULL, action_target TEXT NOT NULL,
  action_params TEXT, action_desc TEXT, risk_level TEXT NOT NULL, approval TEXT NOT NULL, matched_rule TEXT,
  human_decision TEXT, result_status TEXT, result_data TEXT, result_error TEXT,
  agent_id TEXT, parent_agent_id TEXT, chain_id TEXT, chain_depth INTEGER DEFAULT 0);
CREATE INDEX idx_audit_session ON audit_log(session_id);
CREATE INDEX idx_audit_timestamp ON audit_log(timestamp);
CREATE INDEX idx_audit_agent ON audit_log(agent_id);
CREATE INDEX idx_audit_action_type ON audit_log(action_type);
CREATE TABLE governance_tenure (first_activated TEXT, total_actions INTEGER, threats_blocked INTEGER);`;

/** Sessions before the one that the chain holds: name, agents from the first to who was delegated to, start, entries. */
const EARLIER = [
  ['release-train-118', ['release-bot', 'test-runner', 'changelog-writer'], Date.UTC(2026, 2, 26, 8, 12, 40), 64],
  ['support-triage', ['triage-agent'], Date.UTC(2026, 2, 27, 14, 3, 5), 38],
  ['crm-sync-0328', ['crm-sync', 'crm-reader'], Date.UTC(2026, 2, 28, 1, 0, 0), 120],
];

/**
 * @param {string} file
 * @param {readonly object[]} chain contents of the chain's entries
 * @param {readonly (readonly unknown[])[]} story what an agent does: action, target, decision, risk, rule, parameters, result
 */
export async function writeSampleDatabase(file, chain, story) {
  const sql = await require('sql.js')();
  const database = new sql.Database();
  database.run(SCHEMA);
  const insert = database.prepare(
    `INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params, risk_level, approval, matched_rule,
       human_decision, result_status, result_data, result_error, agent_id, parent_agent_id, chain_id, chain_depth)
     VALUES (${Array.from({ length: 16 }, () => '?').join(', ')})`,
  );
  for (const [session, agents, start, count] of EARLIER) {
    for (let i = 0; i < count; i++) insert.run(earlierRow(story, session, agents, start, i));
  }
  for (const entry of chain) insert.run(rowOf(entry));
  insert.free();
  // Somebody deleted what an agent did: its ids are missing.
  database.run('DELETE FROM audit_log WHERE id IN (41, 42, 97)');
  writeFileSync(file, database.export());
  database.close();
}

function earlierRow(story, session, agents, start, i) {
  const [type, target, approval, risk, rule, params, result] = story[(i * 7 + session.length) % story.length];
  const depth = i % 9 < 5 ? 0 : Math.min(agents.length - 1, 1 + (i % 2));
  // Bursts of work, with pauses between them.
  const time = start + i * 2_717 + Math.floor(i / 11) * 48_000 + ((i * i) % 700);
  const status = i % 17 === 16 ? 'failed' : result;
  return [
    session,
    `${new Date(time).toISOString().slice(0, -1)}000+00:00`,
    type,
    target,
    spaced(params),
    risk.toUpperCase(),
    approval,
    rule,
    approval === 'approve' ? (status === 'denied' ? 'denied by a.lindqvist' : 'approved by a.lindqvist') : null,
    status,
    status === 'success' ? '{"ok": true}' : null,
    status === 'failed' ? 'timeout after 30s' : null,
    agents[depth],
    depth === 0 ? null : agents[depth - 1],
    `${session}/1`,
    depth,
  ];
}

function rowOf({ timestamp, agent_id, action_type, action_target, decision, risk_level, matched_rule, metadata }) {
  const { session_id, action_params, result_status } = metadata;
  const human = decision === 'approve' ? (result_status === 'denied' ? 'denied' : 'approved') : null;
  return [
    session_id,
    timestamp,
    action_type,
    action_target,
    spaced(action_params),
    risk_level.toUpperCase(),
    decision,
    matched_rule,
    human,
    result_status,
    null,
    null,
    agent_id,
    null,
    null,
    0,
  ];
}

/** As Python's json writes it. */
function spaced(value) {
  return JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/([[{]) /g, '$1')
    .replace(/ ([\]}])/g, '$1');
}
