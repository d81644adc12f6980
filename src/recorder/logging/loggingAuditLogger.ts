import * as fs from 'node:fs';
import type { CleanAction, CleanOutcome } from '../../core/record/actionRecord';
import { loggingRecordOf, logLevelOf, type LoggingRecord } from '../../core/record/loggingRecord';
import { pythonJsonInOrder } from '../../core/json/pythonJson';
import { EndedActionLog, type EndedActionLogOptions } from './endedActionLog';
import { callLogger, checkLogger, LOGGER_STYLES, styleOf, type Logger, type LoggerStyle } from './loggerCall';

export interface LoggingAuditLoggerOptions extends EndedActionLogOptions {
  /** By default the console. */
  readonly logger?: Logger | undefined;
  /** By default pino and winston are recognised, and any other gets the message alone. */
  readonly style?: LoggerStyle | undefined;
  /** How many records `getLog` has at most; by default 10,000, as in the reference. */
  readonly keep?: number | undefined;
}

const KEPT = 10_000;

/**
 * Writes each action to a logger when it has ended: low risk at debug, medium at info, high at warn, critical at error. The message is
 * the reference's record as JSON; a logger that takes members gets them too, with `logger: "aegis.audit"`.
 *
 * Source: `LoggingAuditLogger` of the reference's runtime/audit_logging.py.
 */
export class LoggingAuditLogger extends EndedActionLog {
  private readonly logger: Logger;
  private readonly style: LoggerStyle;
  private readonly keep: number;
  private kept: LoggingRecord[] = [];

  /** @throws TypeError with a sentence for a logger that lacks a level, or a style that does not exist. */
  constructor(options: LoggingAuditLoggerOptions = {}) {
    super(options);
    this.logger = options.logger ?? console;
    checkLogger(this.logger);
    this.style = options.style ?? styleOf(this.logger);
    if (!LOGGER_STYLES.includes(this.style))
      throw new TypeError(`The style of a logger must be one of ${LOGGER_STYLES.join(', ')}.`);
    this.keep = options.keep ?? KEPT;
  }

  write(action: CleanAction, outcome: CleanOutcome): void {
    const record = loggingRecordOf(action, outcome);
    callLogger(this.logger, this.style, logLevelOf(action.risk_level), pythonJsonInOrder(record), record);
    this.kept.push(record);
    if (this.kept.length >= this.keep * 2) this.kept = this.last();
  }

  /** The last records, all or those of a session. */
  getLog(sessionId?: string): readonly LoggingRecord[] {
    const records = this.last();
    return sessionId === undefined || sessionId === ''
      ? records
      : records.filter((record) => record.session_id === sessionId);
  }

  /** Writes them to a file, one JSON object a line, and returns how many. What the file had before is gone. */
  exportJsonl(file: string, sessionId?: string): number {
    const records = this.getLog(sessionId);
    fs.writeFileSync(file, records.map((record) => `${pythonJsonInOrder(record)}\n`).join(''));
    return records.length;
  }

  private last(): LoggingRecord[] {
    return this.keep > 0 ? this.kept.slice(-this.keep) : [];
  }
}
