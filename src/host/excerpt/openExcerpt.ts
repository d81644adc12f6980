import * as vscode from 'vscode';
import { nextOf } from '../chain/breakNavigation';
import { EXCERPT } from '../ids';
import type { ExcerptFiles } from './excerptFiles';
import { excerptUri, type ExcerptRequest } from './excerptUri';

/** Shows a part of a chain file in a read-only editor, with one of the file's lines in sight. */
export async function openExcerpt(request: ExcerptRequest, excerpts: ExcerptFiles, line?: number): Promise<void> {
  const uri = excerptUri(request);
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== EXCERPT.language)
    await vscode.languages.setTextDocumentLanguage(document, EXCERPT.language);
  const at = excerpts.get(uri)?.lines.findIndex((place) => place !== undefined && place.line === line) ?? -1;
  reveal(await vscode.window.showTextDocument(document, { preview: request.kind === 'lines' }), at);
}

/** Goes to the next break in an excerpt. @returns whether the editor shows one. */
export function goToExcerptBreak(excerpts: ExcerptFiles, direction: 'next' | 'previous'): boolean {
  const editor = vscode.window.activeTextEditor;
  const marks = editor && excerpts.get(editor.document.uri)?.marks;
  if (marks === undefined || marks.length === 0) return false;
  reveal(editor!, nextOf(marks, ({ at }) => at, editor!.selection.active.line, direction).at);
  return true;
}

function reveal(editor: vscode.TextEditor, at: number): void {
  if (at >= 0) {
    const place = new vscode.Position(at, 0);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
  }
}
