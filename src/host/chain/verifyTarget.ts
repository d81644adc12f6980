import * as vscode from 'vscode';
import { verifyChainBytes, verifyChainFile, type ChainFileOptions, type Progress } from '../../chainfile/chainFile';
import { CancelledError, ChainFileError } from '../../chainfile/errors';
import type { ChainReport } from '../../core/chain/report';
import { targetName, type ChainTarget } from './chainTarget';

/** A verification that takes less is not worth a notification of its own. */
const PATIENCE_MS = 400;

/**
 * Verifies a target on threads of its own. What takes a while shows its progress and can be cancelled there.
 *
 * @throws ChainFileError with the target's name in its sentence; CancelledError.
 */
export async function verifyTarget(target: ChainTarget, workerScript: string): Promise<ChainReport> {
  const abort = new AbortController();
  const listeners = new Set<(progress: Progress) => void>();
  const work = read(target, {
    algorithm: 'auto',
    workerScript,
    offThread: true,
    signal: abort.signal,
    onProgress: (progress) => listeners.forEach((listener) => listener(progress)),
  });
  if (await settlesWithin(work, PATIENCE_MS)) return work;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Verifying ${targetName(target)}`, cancellable: true },
    (notification, token) => {
      token.onCancellationRequested(() => abort.abort());
      let reported = 0;
      listeners.add(({ bytes, totalBytes, entries }) => {
        const percent = totalBytes === 0 ? 100 : (bytes / totalBytes) * 100;
        const message =
          entries === undefined ? 'looking for what happened' : `${entries.toLocaleString('en-US')} entries`;
        notification.report({ increment: percent - reported, message });
        reported = percent;
      });
      return work;
    },
  );
}

async function read(target: ChainTarget, options: ChainFileOptions): Promise<ChainReport> {
  try {
    if (target.kind === 'text')
      return await verifyChainBytes(new TextEncoder().encode(target.document.getText()), options);
    if (target.uri.scheme === 'file') return await verifyChainFile(target.uri.fsPath, options);
    return await verifyChainBytes(await vscode.workspace.fs.readFile(target.uri), options);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (error instanceof ChainFileError) throw new ChainFileError(`${targetName(target)}: ${error.message}`);
    if (error instanceof vscode.FileSystemError)
      throw new ChainFileError(`${targetName(target)} could not be read: ${error.message}`);
    throw error;
  }
}

async function settlesWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const settled = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
