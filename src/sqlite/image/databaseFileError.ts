export type DatabaseFileProblem =
  | 'missing'
  | 'denied'
  | 'locked'
  | 'folder'
  | 'empty'
  | 'not-sqlite'
  | 'encrypted'
  | 'damaged'
  | 'unstable'
  | 'too-large'
  | 'unreadable';

/** A file that is no readable database, with a sentence for the person who asked for it. */
export class DatabaseFileError extends Error {
  override readonly name = 'DatabaseFileError';

  constructor(
    readonly code: DatabaseFileProblem,
    message: string,
  ) {
    super(message);
  }
}

const FAILURES: Readonly<Partial<Record<string, readonly [DatabaseFileProblem, string]>>> = {
  ENOENT: ['missing', 'There is no such file.'],
  ENOTDIR: ['missing', 'There is no such file: a part of its path is not a folder.'],
  EISDIR: ['folder', 'This is a folder, not a database. Give the path of a file in it.'],
  EACCES: ['denied', 'The database may not be read: permission is denied.'],
  EPERM: ['denied', 'The database may not be read: the system does not permit it.'],
  EBUSY: ['locked', 'The database is locked by another program. Try again when that has finished.'],
  EMFILE: ['unreadable', 'The database could not be opened: too many files are open.'],
  EIO: ['unreadable', 'The database could not be read: the disk or the network reported an error.'],
  ELOOP: ['unreadable', 'The database could not be opened: its symbolic links go in a circle.'],
  ERR_INVALID_ARG_VALUE: ['missing', 'The path holds a character that no path can have.'],
  ENAMETOOLONG: ['missing', 'The path is too long for this system.'],
};

/** A failure of the file system as such an error; anything else stays what it is. */
export function fileFailure(error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const ofFiles = syscall !== undefined || code === 'ERR_INVALID_ARG_VALUE';
  if (error instanceof DatabaseFileError || !ofFiles) return error;
  const [problem, sentence] = (code === undefined ? undefined : FAILURES[code]) ?? [
    'unreadable',
    `The database could not be read: ${message}`,
  ];
  return new DatabaseFileError(problem, sentence);
}
