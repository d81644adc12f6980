import * as path from 'node:path';
import type * as vscode from 'vscode';
import { ChainDiagnostics } from './host/chain/chainDiagnostics';
import { VerifyChainCommand } from './host/chain/verifyChainCommand';
import { registerCommand } from './host/commands/registerCommand';
import { COMMANDS } from './host/ids';
import { disposeLog } from './host/log';

/** The desktop door: puts the parts together. */
export function activate(context: vscode.ExtensionContext): void {
  const workerScript = path.join(context.extensionPath, 'dist', 'chain-worker.js');
  const diagnostics = new ChainDiagnostics();
  const verifyChain = new VerifyChainCommand(diagnostics, workerScript);
  context.subscriptions.push(
    diagnostics,
    registerCommand(COMMANDS.verifyChain, (clicked?: vscode.Uri, selected?: vscode.Uri[]) =>
      verifyChain.run(clicked, selected),
    ),
    { dispose: disposeLog },
  );
}
