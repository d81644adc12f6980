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

const REASONS: Readonly<Partial<Record<string, readonly [DatabaseFileProblem, string]>>> = {
  ENOENT: ['missing', 'there is no such file'],
  ENOTDIR: ['missing', 'a part of its path is not a folder'],
  ENAMETOOLONG: ['missing', 'its path is too long for this system'],
  ERR_INVALID_ARG_VALUE: ['missing', 'its path holds a character that no path can have'],
  EISDIR: ['folder', 'it is a folder. Give the path of a file in it'],
  EACCES: ['denied', 'permission is denied'],
  EPERM: ['denied', 'the system does not permit it'],
  EBUSY: ['locked', 'another program has locked it. Try again when that has finished'],
  EEXIST: ['unreadable', 'there is a file of that name already'],
  ENOSPC: ['unreadable', 'the disk is full'],
  EDQUOT: ['unreadable', 'no more room is granted on that disk'],
  EFBIG: ['unreadable', 'the file system has no files of that size'],
  EMFILE: ['unreadable', 'too many files are open'],
  ENFILE: ['unreadable', 'too many files are open'],
  EIO: ['unreadable', 'the disk or the network reported an error'],
  ELOOP: ['unreadable', 'its symbolic links go in a circle'],
};

/** A failure of the file system as such an error; anything else stays what it is. */
export function fileFailure(error: unknown, what = 'The database could not be read'): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const ofFiles = syscall !== undefined || code === 'ERR_INVALID_ARG_VALUE';
  if (error instanceof DatabaseFileError || !ofFiles) return error;
  // The system's own message names the path, which is for whoever shows this.
  const [problem, reason] = REASONS[code ?? ''] ?? ['unreadable', `the system reports ${code ?? 'a failure'}`];
  return new DatabaseFileError(problem, `${what}: ${reason}.`);
}
