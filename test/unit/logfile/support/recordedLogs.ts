import * as fs from 'node:fs';
import { makeDatabase, TABLE } from './logs';

/** An action as a log has it; null stands for what was not recorded. */
export interface Logged {
  readonly type: string;
  readonly target: string;
  readonly agent: string | null;
  /** JSON. */
  readonly params: string | null;
  readonly description: string | null;
  readonly time: string;
}

export const LOG_FORMS = ['database', 'lines', 'chain'] as const;
export type LogForm = (typeof LOG_FORMS)[number];

/** A time on Wednesday, 11 March 2026. */
export function at(hour: number, minute = 0): string {
  return `2026-03-11T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00+00:00`;
}

export function logged(over: Partial<Logged>): Logged {
  return { type: 'read', target: 'db', agent: 'ann', params: '{}', description: '', time: at(12), ...over };
}

/** Writes a log of those actions. A chain has an attempt and an outcome of each. */
export async function writeLog(file: string, form: LogForm, actions: readonly Logged[]): Promise<string> {
  if (form === 'database') return await makeDatabase(file, `${TABLE}\n${insertions(actions)}`);
  fs.writeFileSync(file, linesOf(form, actions));
  return file;
}

export function linesOf(form: 'lines' | 'chain', actions: readonly Logged[], first = 1): string {
  const entries = actions.flatMap((action, i) => (form === 'chain' ? chainEntries(action) : [row(action, first + i)]));
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

function row({ type, target, agent, params, description, time }: Logged, id: number): object {
  return {
    id,
    session_id: 's',
    timestamp: time,
    action_type: type,
    action_target: target,
    action_params: params,
    action_desc: description,
    risk_level: 'LOW',
    approval: 'auto',
    matched_rule: null,
    result_status: 'success',
    agent_id: agent,
  };
}

/** (Nothing holds their hashes against them here.) */
function chainEntries({ type, target, agent, params, description, time }: Logged): object[] {
  return ['attempt', 'outcome'].map((phase) => ({
    sequence_id: 0,
    timestamp: time,
    agent_id: agent,
    action_type: type,
    action_target: target,
    decision: 'auto',
    matched_rule: '',
    risk_level: 'low',
    metadata: { phase, action_params: params, action_desc: description },
    previous_hash: '0'.repeat(64),
    entry_hash: '0'.repeat(64),
  }));
}

function insertions(actions: readonly Logged[]): string {
  if (actions.length === 0) return '';
  const values = actions.map(({ type, target, agent, params, description, time }) => {
    const texts = [time, type, target, params, description, agent].map(quoted).join(', ');
    return `('s', 'LOW', 'auto', 'success', ${texts})`;
  });
  return `INSERT INTO audit_log (session_id, risk_level, approval, result_status, timestamp, action_type, action_target,
    action_params, action_desc, agent_id) VALUES ${values.join(',\n')};`;
}

function quoted(text: string | null): string {
  return text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
}
