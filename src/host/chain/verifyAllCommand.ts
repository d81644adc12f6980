import * as vscode from 'vscode';
import { CancelledError, ChainFileError } from '../../chainfile/errors';
import { quantity } from '../../core/text/quantity';
import { COMMANDS, VIEWS } from '../ids';
import { log } from '../log';
import { targetName, targetOf } from './chainTarget';
import type { ChainVerifier } from './chainVerifier';
import { chooseChain } from './chooseChain';
import type { VerifiedChain } from './verifiedChains';

/**
 * Verifies chains one after the other under one progress, and sums up what was found. What cannot be read does not stop
 * the others.
 *
 * @param uris all that there are.
 * @returns what was verified.
 */
export async function verifyAll(uris: readonly vscode.Uri[], verifier: ChainVerifier): Promise<VerifiedChain[]> {
  if (uris.length === 0) {
    const chosen = await chooseChain('No chain was found in the workspace.');
    if (chosen !== undefined) await vscode.commands.executeCommand(COMMANDS.verifyChain, chosen);
    return [];
  }
  const verified: VerifiedChain[] = [];
  let unread = 0;
  let isCancelled = false;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Verifying chains', cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      for (const [i, uri] of uris.entries()) {
        progress.report({ increment: i === 0 ? 0 : 100 / uris.length, message: `${i + 1} of ${uris.length}` });
        try {
          const { chain } = await verifier.verify(targetOf(uri), { signal: abort.signal });
          if (chain !== undefined) verified.push(chain);
        } catch (error) {
          if (error instanceof CancelledError) {
            isCancelled = true;
            return;
          }
          if (!(error instanceof ChainFileError)) throw error;
          // The view shows its sentence.
          log().warn(`${targetName(targetOf(uri))} could not be verified.`);
          unread++;
        }
      }
    },
  );
  sumUp(verified, unread, isCancelled ? uris.length : undefined);
  return verified;
}

/** @param of how many, where it was cancelled. */
function sumUp(verified: readonly VerifiedChain[], unread: number, of: number | undefined): void {
  const bad = verified.filter(({ report }) => !report.valid);
  const unpinned = verified.filter(({ report }) => report.tail === 'unpinned').length;
  const extent =
    of === undefined ? quantity(verified.length, 'chain') : `${verified.length} of ${quantity(of, 'chain')}`;
  const parts = [
    `${extent} verified`,
    bad.length === 0 ? 'no break found' : `${bad.length} broken or not as pinned`,
    ...(unread > 0 ? [`${unread} could not be read`] : []),
  ];
  const tails =
    unpinned === 0
      ? ''
      : ` ${unpinned === 1 ? '1 has' : `${unpinned} have`} no pin, so a cut at the end would not show.`;
  const message = `${parts.join(', ')}.${tails}`;
  if (bad.length === 0 && unread === 0) {
    void vscode.window.showInformationMessage(message);
    return;
  }
  const show = 'Show Chains';
  void vscode.window.showWarningMessage(message, show).then((answer) => {
    if (answer === show) void vscode.commands.executeCommand(`${VIEWS.chains}.focus`);
  });
}
