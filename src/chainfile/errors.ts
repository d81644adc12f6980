/** A file that cannot be read, with a sentence for the person who asked for it. */
export class ChainFileError extends Error {
  override readonly name = 'ChainFileError';

  /** @param isMissing there is no such file at all. */
  constructor(
    message: string,
    readonly isMissing = false,
  ) {
    super(message);
  }
}

/** Somebody asked for it to stop. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('Cancelled.');
  }
}

/** By the code of the operating system, or of Node for what never reaches it. */
export const SENTENCES: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file: a part of its path is not a folder.',
  EISDIR: 'This is a folder, not a file. Give the path of a chain file in it.',
  EACCES: 'The file may not be read: permission is denied.',
  EPERM: 'The file may not be read: the system does not permit it.',
  EMFILE: 'The file could not be opened: too many files are open.',
  ENXIO: 'The file cannot be read: it is a socket or a pipe without a writer.',
  EIO: 'The file could not be read: the disk or the network reported an error.',
  EBUSY: 'The file could not be read: another program holds it locked.',
  ELOOP: 'The file could not be opened: its symbolic links go in a circle.',
  ERR_INVALID_ARG_VALUE: 'The path holds a character that no path can have.',
  ENAMETOOLONG: 'The path is too long for this system.',
};

/** A failure of the file system as a sentence; anything else is a bug and stays what it is. */
export function readFailure(error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined && code === undefined) return error;
  const sentence = code === undefined ? undefined : SENTENCES[code];
  return new ChainFileError(
    sentence ?? `The file could not be read: ${message}`,
    code === 'ENOENT' || code === 'ENOTDIR',
  );
}
