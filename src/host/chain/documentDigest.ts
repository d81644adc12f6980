import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';

/** Longer texts take too long on the main thread; that an edit of one was undone is not noticed. */
const LONGEST = 2_000_000;

/** By what a document's text is known to be the same again; undefined where it is long. */
export function digestOf(document: vscode.TextDocument | undefined): string | undefined {
  return document === undefined || lengthOf(document) > LONGEST ? undefined : digest(document.getText());
}

export function isDigestOf(known: string, document: vscode.TextDocument): boolean {
  // Hardly any edit leaves the length as it was, and a length costs nothing to compare.
  return known.startsWith(`${lengthOf(document)}:`) && known === digest(document.getText());
}

/** Whether the bytes of a file are those of the text: as UTF-8, with the line ends that the document has. */
export function isDigestOfBytes(known: string, bytes: Uint8Array): boolean {
  try {
    return known === digest(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** The length of the text, without putting the text together of its lines. */
function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

function digest(text: string): string {
  return `${text.length}:${createHash('sha256').update(text).digest('base64')}`;
}
