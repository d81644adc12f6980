import * as vscode from 'vscode';

let channel: vscode.LogOutputChannel | undefined;

/** The log of the extension, made when it is first needed. No content of any audit entry goes into it. */
export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('Aegis', { log: true });
  return channel;
}

export function disposeLog(): void {
  channel?.dispose();
  channel = undefined;
}
