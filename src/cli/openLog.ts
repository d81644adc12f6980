import * as path from 'node:path';
import { LogError, type LogSource } from '../logfile/logSource';
import { openSource } from '../logfile/openSource';
import { AuditDatabaseError } from '../sqlite/errors';
import { UsageError } from './errors';
import { tell } from './tell';
import { shownPath } from './terminal';

/** What is read into memory; beyond it a private copy is made, which needs a Node with SQLite. */
export const MEMORY_LIMIT = 512 << 20;

export const WASM = path.join(__dirname, 'sql-wasm.wasm');

/**
 * Reads a log of any form. It is only read, and nothing is written beside it.
 *
 * @throws UsageError with a sentence where there is nothing to read.
 */
export async function openLog(file: string): Promise<LogSource> {
  try {
    const options = { wasm: WASM, memoryLimit: MEMORY_LIMIT, pause: () => Promise.resolve() };
    return await openSource(file, options, undefined, true, () => undefined);
  } catch (error) {
    if (!(error instanceof AuditDatabaseError || error instanceof LogError)) throw error;
    throw failure(file, error);
  }
}

/** Why there is nothing to be read, for the person who asked for it. */
export function failure(file: string, error: AuditDatabaseError | LogError): UsageError {
  if (!(error instanceof AuditDatabaseError) || error.problem !== 'missing')
    return new UsageError(`${shownPath(file)}: ${error.message}`);
  return new UsageError(
    `Database not found: ${shownPath(file)}. Run your agent with Aegis first to generate audit data.`,
  );
}

/** Says on stderr what has to be known of a log, such as damage. */
export function tellWarnings(file: string, warnings: readonly string[]): void {
  for (const warning of warnings) tell(`${file}: ${warning}`);
}
