import * as vscode from 'vscode';

/** VS Code hands no larger document to an extension. */
const MOST_BYTES = 50 << 20;

/** The document of a file, without showing it; undefined where the editor cannot hold it (binary, more than 50 MB). */
export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    // Asked first, for VS Code would read all of a larger file before it refuses.
    if ((await vscode.workspace.fs.stat(uri)).size > MOST_BYTES) return undefined;
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
