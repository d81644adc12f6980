import type * as vscode from 'vscode';
import { registerChains } from './host/chains';
import { disposeLog } from './host/log';

/** The desktop door: puts the parts together. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(registerChains(context), { dispose: disposeLog });
}
