import type { LoggingRecord } from '../../core/record/loggingRecord';
import { LOG_LEVELS, LOGGER_NAME, type LogLevel } from '../../core/record/loggingRecord';

type LogMethod = (...given: never[]) => unknown;

/** Any logger that has the four levels: console, pino, winston, and others. */
export type Logger = Readonly<Record<LogLevel, LogMethod>>;

/**
 * How a logger wants to be called: with the record's members and then the message, as pino and bunyan do; with the message and then the
 * members, as winston does; or with the message alone.
 */
export type LoggerStyle = 'object-first' | 'message-first' | 'message-only';

export const LOGGER_STYLES: readonly LoggerStyle[] = ['object-first', 'message-first', 'message-only'];

/** @throws TypeError with a sentence for what lacks a level. */
export function checkLogger(logger: Logger): void {
  const missing = LOG_LEVELS.find((level) => typeof (logger as Partial<Logger> | null)?.[level] !== 'function');
  if (missing === undefined) return;
  throw new TypeError(`A logger needs the methods debug, info, warn and error, and this one has no ${missing}.`);
}

/** pino and winston are known by what only they have. */
export function styleOf(logger: Logger): LoggerStyle {
  const { bindings, levels, transports, configure } = logger as Readonly<Record<string, unknown>>;
  if (typeof bindings === 'function' && typeof levels === 'object') return 'object-first';
  if (typeof configure === 'function' && transports !== undefined) return 'message-first';
  return 'message-only';
}

/** @throws whatever the logger throws. */
export function callLogger(
  logger: Logger,
  style: LoggerStyle,
  level: LogLevel,
  message: string,
  record: LoggingRecord,
): void {
  const log = (...given: unknown[]): unknown => Reflect.apply(logger[level], logger, given);
  // The name comes first, as the one thing that is the same of all of them. A logger may add to the object.
  const members = (): object => ({ logger: LOGGER_NAME, ...record });
  if (style === 'object-first') log(members(), message);
  else if (style === 'message-first') log(message, members());
  else log(message);
}
