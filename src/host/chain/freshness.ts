import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileStamp, isSameStamp, type FileStamp } from '../../chainfile/fileStamp';
import type { Freshness, VerifiedChain } from './verifiedChains';

/** What a file is now; undefined where there is none. */
export async function stampOf(uri: vscode.Uri): Promise<FileStamp | undefined> {
  try {
    if (uri.scheme === 'file') {
      const now = await stat(uri.fsPath, { bigint: true });
      return fileStamp(now, Number(now.size));
    }
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    return { size, mark: String(mtime) };
  } catch {
    return undefined;
  }
}

/** How a file stands to the one that was verified. */
export function freshnessOnDisk(
  { stamp, report }: Pick<VerifiedChain, 'stamp' | 'report'>,
  now: FileStamp | undefined,
): Exclude<Freshness, 'edited'> {
  const wasGone = report.pin?.state === 'gone';
  if (now === undefined) return wasGone ? 'fresh' : 'gone';
  if (wasGone || stamp === undefined) return 'changed';
  if (isSameStamp(stamp, now)) return 'fresh';
  return now.size > stamp.size ? 'grown' : 'changed';
}
