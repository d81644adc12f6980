/** What SQLite's primary result codes are called that matter here. Source: https://sqlite.org/rescode.html */
const REASONS: Readonly<Record<number, string>> = {
  8: 'it is read-only',
  10: 'the disk could not be read or written',
  11: 'the database is damaged',
  13: 'the disk is full',
  14: 'it cannot be opened',
  26: 'it is not a database',
};

const [BUSY, LOCKED] = [5, 6];

function resultCode(error: unknown): number | undefined {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** Whether another connection is at it, so that trying again makes sense. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

/** A clause for people: why something with a database or a file failed. */
export function writeFailureReason(error: unknown): string {
  const code = resultCode(error);
  const { message, code: system } = error as NodeJS.ErrnoException;
  if (code !== undefined) return REASONS[code] ?? message;
  return (system !== undefined ? SYSTEM_REASONS[system] : undefined) ?? message;
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would become larger than is allowed',
  EISDIR: 'there is a folder of that name',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'part of its path is not a folder',
};
