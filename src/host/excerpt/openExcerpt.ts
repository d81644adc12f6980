import * as vscode from 'vscode';
import { nextOf } from '../chain/breakNavigation';
import { EXCERPT } from '../ids';
import type { ExcerptFiles } from './excerptFiles';
import { excerptUri, readExcerptUri, type ExcerptRequest } from './excerptUri';

/** Shows a part of a chain file in a read-only editor, with one of the file's lines in sight. */
export async function openExcerpt(request: ExcerptRequest, excerpts: ExcerptFiles, line?: number): Promise<void> {
  const uri = excerptUri(request);
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== EXCERPT.language)
    await vscode.languages.setTextDocumentLanguage(document, EXCERPT.language);
  const { lines } = await excerpts.read(uri);
  const at = lines.findIndex((place) => place !== undefined && place.line === line);
  const selection = at < 0 ? undefined : lineStart(at);
  // The cursor is there as soon as the editor is: whoever presses a key at once means that line, not the first.
  const editor = await vscode.window.showTextDocument(document, { preview: request.kind === 'lines', selection });
  if (selection !== undefined) editor.revealRange(selection, vscode.TextEditorRevealType.InCenter);
}

/** Goes to the next break in an excerpt. @returns whether the editor shows one. */
export async function goToExcerptBreak(excerpts: ExcerptFiles, direction: 'next' | 'previous'): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || readExcerptUri(editor.document.uri) === undefined) return false;
  const { marks } = await excerpts.read(editor.document.uri);
  if (marks.length === 0) return false;
  const place = lineStart(nextOf(marks, ({ at }) => at, editor.selection.active.line, direction).at);
  editor.selection = new vscode.Selection(place.start, place.start);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenter);
  return true;
}

/** @param line from 0. */
function lineStart(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}
