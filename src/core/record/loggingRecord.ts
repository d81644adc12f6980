import type { JsonValue } from '../chain/entry';
import type { RiskLevel } from '../policy/policy';
import type { CleanAction, CleanOutcome } from './actionRecord';

/** What is logged of an action: the reference's members, in its order. Source: `LoggingAuditLogger` of runtime/audit_logging.py. */
export type LoggingRecord = Readonly<Record<(typeof MEMBERS)[number], JsonValue>>;

const MEMBERS = [
  'session_id',
  'timestamp',
  'action_type',
  'action_target',
  'action_params',
  'risk_level',
  'approval',
  'matched_rule',
  'human_decision',
  'result_status',
  'result_error',
] as const;

/** The name of the reference's logger, by which a record is known in a file. */
export const LOGGER_NAME = 'aegis.audit';

export function loggingRecordOf(action: CleanAction, outcome: CleanOutcome): LoggingRecord {
  const all: Readonly<Record<string, JsonValue>> = { ...action, ...outcome };
  return Object.fromEntries(MEMBERS.map((name) => [name, all[name]])) as LoggingRecord;
}

const LEVELS = { LOW: 'debug', MEDIUM: 'info', HIGH: 'warn', CRITICAL: 'error' } as const;

/** The reference's levels. (Its WARNING is what Node's loggers call warn.) */
export type LogLevel = (typeof LEVELS)[RiskLevel];

export const LOG_LEVELS: readonly LogLevel[] = Object.values(LEVELS);

/** The level at which an action is logged; `info` for a risk that is none. */
export function logLevelOf(risk: RiskLevel): LogLevel {
  return (LEVELS as Partial<Record<RiskLevel, LogLevel>>)[risk] ?? 'info';
}
