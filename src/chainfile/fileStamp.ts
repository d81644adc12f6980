import type { BigIntStats } from 'node:fs';

/** By what a file is known not to have been written meanwhile. */
export interface FileStamp {
  /** Bytes that were there, or were read. */
  readonly size: number;
  /** Whatever else the file system tells of it. The time of a change to a file is none that its writer can choose. */
  readonly mark: string;
}

export function fileStamp({ ino, mtimeNs, ctimeNs }: BigIntStats, size: number): FileStamp {
  return { size, mark: `${ino}:${mtimeNs}:${ctimeNs}` };
}

export function isSameStamp(a: FileStamp | undefined, b: FileStamp | undefined): boolean {
  return a !== undefined && a.size === b?.size && a.mark === b.mark;
}
