import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The timeline's page: one script and one sheet of styles of ours, and nothing from anywhere else. */
export function timelineHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const at = (...path: string[]): vscode.Uri => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path));
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at('media', 'timeline.css').toString()}">
<title>Timeline</title>
</head>
<body>
<script nonce="${nonce}" src="${at('dist', 'timeline.js').toString()}"></script>
</body>
</html>`;
}

/** Where the page may load files from. */
export function timelineRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')];
}
