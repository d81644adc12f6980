import * as vscode from 'vscode';
import { openNow } from './openDocument';
import { markRange } from './chainDiagnostics';
import type { Mark } from './mark';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** Goes to the next break behind the cursor, round the end of the file; or the one before. */
export async function goToBreak(
  chains: VerifiedChains,
  uri: vscode.Uri | undefined,
  direction: 'next' | 'previous',
): Promise<boolean> {
  const shown = uri ?? vscode.window.activeTextEditor?.document.uri;
  const chain = shown && chains.get(shown);
  if (chain === undefined) return false;
  const marks = chain.marks.filter((mark): mark is Mark & { line: number } => mark.line !== undefined);
  if (marks.length === 0) {
    vscode.window.setStatusBarMessage('No break in this chain', 5000);
    return true;
  }
  const active = vscode.window.activeTextEditor;
  const from = active?.document.uri.toString() === chain.uri.toString() ? active.selection.active.line : -1;
  // The start of the line: there, or behind its end, stands what happened.
  await goToDocumentLine(chain.uri, nextOf(marks, ({ line }) => line, from, direction).line);
  return true;
}

/** The next item behind a line, or the first where there is none; or the one before, or the last. */
export function nextOf<T>(
  sorted: readonly T[],
  lineOf: (item: T) => number,
  from: number,
  direction: 'next' | 'previous',
): T {
  if (direction === 'next') return sorted.find((item) => lineOf(item) > from) ?? sorted[0];
  return sorted.findLast((item) => lineOf(item) < from) ?? sorted.at(-1)!;
}

/** Shows a mark in an editor, with the member that is wrong in sight. */
export async function goToMark({ uri }: VerifiedChain, mark: Mark): Promise<void> {
  const document = openNow(uri) ?? (await vscode.workspace.openTextDocument(uri));
  await reveal(document, markRange(mark, document));
}

/** @param line from 0. */
export async function goToDocumentLine(uri: vscode.Uri, line: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const range = document.lineAt(Math.min(line, document.lineCount - 1)).range;
  await reveal(document, range.with(range.start, range.start));
}

async function reveal(document: vscode.TextDocument, range: vscode.Range): Promise<void> {
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(range.start, range.start);
  // Lines are long, and the member that is wrong should be seen whole.
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
