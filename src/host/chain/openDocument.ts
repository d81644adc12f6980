import * as vscode from 'vscode';

/** VS Code hands no larger document to an extension. */
export const MOST_DOCUMENT_BYTES = 50 << 20;

/** A larger one is not opened only to be marked: its text goes to every extension, which holds all of them up. */
const MOST_UNASKED_BYTES = 4 << 20;

/**
 * The document of a file, without showing it. Undefined where the editor cannot hold it (`isLarge`: binary, more than
 * 50 MB), and where opening it takes so long that it is left to whoever wants to see it.
 */
export async function openDocument(
  uri: vscode.Uri,
): Promise<{ document: vscode.TextDocument | undefined; isLarge: boolean }> {
  const document = openNow(uri);
  if (document !== undefined) return { document, isLarge: false };
  try {
    // Asked first, for VS Code would read all of a larger file before it refuses.
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_UNASKED_BYTES) return { document: undefined, isLarge: size > MOST_DOCUMENT_BYTES };
    return { document: await vscode.workspace.openTextDocument(uri), isLarge: false };
  } catch {
    return { document: undefined, isLarge: true };
  }
}

/** The document of a file where it is open already. */
export function openNow(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}
