import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';

/** Longer texts take too long on the main thread; that an edit of one was undone is not noticed. */
const LONGEST = 2_000_000;

/** By what a document's text is known to be the same again; undefined where it is long. */
export function digestOf(document: vscode.TextDocument | undefined): string | undefined {
  const text = document?.getText();
  return text === undefined || text.length > LONGEST ? undefined : digest(text);
}

export function isDigestOf(known: string, document: vscode.TextDocument): boolean {
  const text = document.getText();
  // Hardly any edit leaves the length as it was, and a length costs nothing to compare.
  return known.startsWith(`${text.length}:`) && known === digest(text);
}

function digest(text: string): string {
  return `${text.length}:${createHash('sha256').update(text).digest('base64')}`;
}
