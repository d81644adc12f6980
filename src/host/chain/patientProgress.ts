import * as vscode from 'vscode';
import type { Progress } from '../../chainfile/chainFile';
import type { VerifyProgress } from './chainVerifier';

/** A verification that takes less is not worth a notification of its own. */
const PATIENCE_MS = 400;

/**
 * Does some verifying; what takes a while shows its progress in a notification and can be cancelled there.
 *
 * @param title of the notification.
 */
export async function withPatientProgress<T>(
  title: string,
  work: (progress: VerifyProgress) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const listeners = new Set<(progress: Progress) => void>();
  const working = work({
    signal: abort.signal,
    onProgress: (progress) => listeners.forEach((listener) => listener(progress)),
  });
  if (await settlesWithin(working, PATIENCE_MS)) return working;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (notification, token) => {
      token.onCancellationRequested(() => abort.abort());
      let reported = 0;
      listeners.add(({ bytes, totalBytes, entries }) => {
        const percent = totalBytes === 0 ? 100 : (bytes / totalBytes) * 100;
        const message =
          entries === undefined ? 'looking for what happened' : `${entries.toLocaleString('en-US')} entries`;
        notification.report({ increment: Math.max(0, percent - reported), message });
        reported = Math.max(reported, percent);
      });
      return working;
    },
  );
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
