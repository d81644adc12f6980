import type { JsonValue } from '../../core/chain/entry';
import type { CleanAction, CleanOutcome } from '../../core/record/actionRecord';
import { LOGGER_NAME, loggingRecordOf, logLevelOf } from '../../core/record/loggingRecord';
import { pythonJsonInOrder } from '../../core/json/pythonJson';
import { microsecondsOf } from '../../core/log/timestamp';
import { isPlainList } from '../../core/record/plainObject';
import { EndedActionLog, type EndedActionLogOptions } from './endedActionLog';

/** What of `@opentelemetry/api-logs` is used, so that the package need not be there. */
export interface OpenTelemetryLogs {
  getLogger(name: string, version?: string): { emit(record: OpenTelemetryRecord): void };
}

export interface OpenTelemetryRecord {
  eventName: string;
  /** Seconds since 1970, and nanoseconds. */
  timestamp: [number, number];
  severityNumber: number;
  severityText: string;
  body: string;
  attributes: Record<string, AttributeValue>;
}

export type AttributeValue = string | number | boolean | null | AttributeValue[] | { [key: string]: AttributeValue };

export interface OpenTelemetryAuditLoggerOptions extends EndedActionLogOptions {
  /** `logs` of `@opentelemetry/api-logs`, or a LoggerProvider. */
  readonly logs: OpenTelemetryLogs;
}

/** The numbers of the log data model for debug, info, warn and error. */
const SEVERITIES = { debug: 5, info: 9, warn: 13, error: 17 } as const;

/**
 * Emits each action, when it has ended, as a log record of OpenTelemetry: the scope is `aegis.audit`, the body the reference's record as
 * JSON, the attributes its members, the severity that of the action's risk, the time that of the attempt.
 */
export class OpenTelemetryAuditLogger extends EndedActionLog {
  private readonly logs: OpenTelemetryLogs;

  /** @throws TypeError with a sentence where there is no logs API. */
  constructor(options: OpenTelemetryAuditLoggerOptions) {
    super(options);
    if (typeof (options.logs as Partial<OpenTelemetryLogs> | undefined)?.getLogger !== 'function')
      throw new TypeError(
        'OpenTelemetryAuditLogger needs logs, which is the logs of @opentelemetry/api-logs or a LoggerProvider.',
      );
    this.logs = options.logs;
  }

  write(action: CleanAction, outcome: CleanOutcome): void {
    const record = loggingRecordOf(action, outcome);
    const level = logLevelOf(action.risk_level);
    // Asked for each time: a program may set its provider up after this.
    this.logs.getLogger(LOGGER_NAME).emit({
      eventName: LOGGER_NAME,
      timestamp: timeOf(action.timestamp),
      severityNumber: SEVERITIES[level],
      severityText: level.toUpperCase(),
      body: pythonJsonInOrder(record),
      attributes: attributesOf(record),
    });
  }
}

function timeOf(timestamp: string): [number, number] {
  const microseconds = microsecondsOf(timestamp);
  const seconds = Math.floor(microseconds / 1_000_000);
  return [seconds, (microseconds - seconds * 1_000_000) * 1000];
}

function attributesOf(members: Readonly<Record<string, JsonValue>>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, attributeOf(value)]));
}

/** An attribute is no integer of any size. */
function attributeOf(value: JsonValue): AttributeValue {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return value;
  return isPlainList(value) ? value.map(attributeOf) : attributesOf(value);
}
