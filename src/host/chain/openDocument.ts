import * as vscode from 'vscode';

/** VS Code hands no larger document to an extension. */
export const MOST_DOCUMENT_BYTES = 50 << 20;

/** The document of a file, without showing it; undefined where the editor cannot hold it (binary, more than 50 MB). */
export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    // Asked first, for VS Code would read all of a larger file before it refuses.
    if ((await vscode.workspace.fs.stat(uri)).size > MOST_DOCUMENT_BYTES) return undefined;
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** The document of a file where it is open already. */
export function openNow(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}
