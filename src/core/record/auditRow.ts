import { FIRST_COLUMNS, LATER_COLUMNS } from '../log/cell';
import { pythonJson } from '../json/pythonJson';
import { readJsonValue, toJsonValue } from '../policy/jsonValue';
import type { CleanAction, CleanOutcome } from './actionRecord';

export type RowColumn = Exclude<(typeof FIRST_COLUMNS)[number] | (typeof LATER_COLUMNS)[number], 'id'>;

/** The columns of the reference's newest table, in its order, but for the id. */
export const ROW_COLUMNS: readonly RowColumn[] = [...FIRST_COLUMNS, ...LATER_COLUMNS].filter((name) => name !== 'id');

/** What of a row is written when an action ends that was attempted; all else stands since the attempt. */
export const COMPLETED_COLUMNS = [
  'result_status',
  'result_data',
  'result_error',
] as const satisfies readonly RowColumn[];

export type AuditRow = Readonly<Record<RowColumn, string | number | null>>;

/**
 * The row of an action, without a result where it has not ended.
 *
 * Source: `AuditLogger.log` of the reference's runtime/audit.py. Parameters are written with sorted keys, so that the row can be
 * made again, to the byte, of the chain's entry.
 */
export function rowOf(action: CleanAction, outcome?: CleanOutcome): AuditRow {
  return {
    session_id: action.session_id,
    timestamp: action.timestamp,
    action_type: action.action_type,
    action_target: action.action_target,
    action_params: pythonJson(action.action_params),
    action_desc: action.action_desc,
    risk_level: action.risk_level,
    approval: action.approval,
    matched_rule: action.matched_rule,
    human_decision: action.human_decision,
    ...completionOf(outcome),
    agent_id: action.agent_id,
    parent_agent_id: action.parent_agent_id,
    chain_id: action.chain_id,
    chain_depth: action.chain_depth,
  };
}

export function completionOf(
  outcome: CleanOutcome | undefined,
): Readonly<Record<(typeof COMPLETED_COLUMNS)[number], string | null>> {
  if (outcome === undefined) return { result_status: null, result_data: null, result_error: null };
  const { result_status, result_data, result_error } = outcome;
  return { result_status, result_data: isFalsy(result_data) ? null : pythonJson(result_data), result_error };
}

/**
 * The action of an outcome as its attempt was recorded: who tells of the outcome, in another process, may know it in other words.
 *
 * @param row the attempt's.
 */
export function actionAsRecorded(told: CleanAction, row: AuditRow): CleanAction {
  const same = rowOf(told);
  const differing = ROW_COLUMNS.filter((name) => !isOf(name, COMPLETED_COLUMNS) && row[name] !== same[name]);
  if (differing.length === 0) return told;
  const recorded = Object.fromEntries(differing.map((name) => [name, row[name]]));
  if (!differing.includes('action_params')) return { ...told, ...recorded };
  return { ...told, ...recorded, action_params: paramsOf(row.action_params) };
}

function paramsOf(text: AuditRow[RowColumn]): CleanAction['action_params'] {
  const reading = readJsonValue(String(text));
  return 'value' in reading ? (toJsonValue(reading.value) as CleanAction['action_params']) : {};
}

function isOf(name: RowColumn, columns: readonly RowColumn[]): boolean {
  return columns.includes(name);
}

/** What Python takes for false, of which the reference writes nothing. */
function isFalsy(data: CleanOutcome['result_data']): boolean {
  if (typeof data !== 'object' || data === null) return !data && !Number.isNaN(data);
  return (Array.isArray(data) ? data : Object.keys(data)).length === 0;
}
