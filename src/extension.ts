import type * as vscode from 'vscode';
import { verdictWords } from './host/chain/chainState';
import { VerifiedChains } from './host/chain/verifiedChains';
import { registerChains } from './host/chains';
import { disposeLog } from './host/log';
import { registerSessions } from './host/sessions';

/** The desktop door: puts the parts together. */
export function activate(context: vscode.ExtensionContext): void {
  const chains = new VerifiedChains();
  const verdictOf = (uri: vscode.Uri): string | undefined => {
    const chain = chains.get(uri);
    return chain === undefined ? undefined : verdictWords(chain);
  };
  context.subscriptions.push(
    registerChains(context, chains),
    registerSessions(context, { verdictOf, onDidChange: chains.onDidChange }),
    { dispose: disposeLog },
  );
}
