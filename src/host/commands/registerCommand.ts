import * as vscode from 'vscode';
import { CancelledError, ChainFileError } from '../../chainfile/errors';
import { LogError } from '../../logfile/logSource';
import { PinStoreError } from '../../pins/pinStore';
import { PolicyThreadError } from '../../policyfile/policyThread';
import { log } from '../log';
import { shownText } from '../shownName';

/** Errors whose message is a sentence for the person. */
const TOLD = [ChainFileError, PinStoreError, LogError, PolicyThreadError];

/**
 * Registers a command so that whatever goes wrong in it reaches the person: what they can mend as its sentence, anything
 * else as a short message whose details are in the log.
 */
export function registerCommand<A extends unknown[]>(id: string, handler: (...args: A) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: A) => {
    try {
      return await handler(...args);
    } catch (error) {
      if (error instanceof CancelledError) {
        vscode.window.setStatusBarMessage('Verification cancelled', 5000);
      } else if (TOLD.some((kind) => error instanceof kind)) {
        void vscode.window.showErrorMessage(shownText((error as Error).message));
      } else {
        log().error(error instanceof Error ? error : String(error));
        void showUnexpected();
      }
      return undefined;
    }
  });
}

async function showUnexpected(): Promise<void> {
  const showLog = 'Show Log';
  const answer = await vscode.window.showErrorMessage('Aegis could not finish. The log tells more.', showLog);
  if (answer === showLog) log().show();
}
