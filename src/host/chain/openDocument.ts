import * as vscode from 'vscode';

/** The document of a file, without showing it; undefined where the editor cannot hold it (binary, more than 50 MB). */
export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
