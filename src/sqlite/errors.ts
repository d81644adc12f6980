import { DamagedError } from './cursor';
import { DatabaseFileError } from './image/databaseFileError';

export type AuditDatabaseProblem =
  | 'missing'
  | 'denied'
  | 'locked'
  | 'empty'
  | 'encrypted'
  | 'not-sqlite'
  | 'no-table'
  | 'damaged'
  | 'too-large'
  /** It was written to each time it was read: later it may be read. */
  | 'unstable'
  | 'unreadable';

/** A database that no audit log can be read from, with a sentence that says why. */
export class AuditDatabaseError extends Error {
  override readonly name = 'AuditDatabaseError';

  constructor(
    readonly problem: AuditDatabaseProblem,
    message: string,
  ) {
    super(message);
  }
}

/** What went wrong while a database was opened or read, as a sentence; a bug stays what it is. */
export function asAuditError(error: unknown): unknown {
  if (error instanceof DamagedError) return damaged(error);
  if (error instanceof DatabaseFileError) return new AuditDatabaseError(problemOf(error.code), error.message);
  return error;
}

function damaged(error: DamagedError): AuditDatabaseError {
  if (error.isOutOfMemory) {
    return new AuditDatabaseError(
      'too-large',
      'There is not enough memory to read this database. Close other programs, or read it on a machine that has more.',
    );
  }
  return error.message === 'file is not a database'
    ? new AuditDatabaseError('encrypted', 'It begins as a SQLite database, but is none: it is damaged, or encrypted.')
    : new AuditDatabaseError('damaged', `This database is damaged: ${error.finding}.`);
}

function problemOf(code: DatabaseFileError['code']): AuditDatabaseProblem {
  switch (code) {
    case 'folder':
      return 'unreadable';
    default:
      return code;
  }
}
