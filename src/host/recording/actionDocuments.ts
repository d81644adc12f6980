import * as vscode from 'vscode';
import { ACTION_SCHEME, EXCERPT } from '../ids';

/** Of actions that somebody was asked about, so that a document can be gone back to. */
const MOST_KEPT = 20;

/** Read-only documents with what is too long for a message, such as an action in full. */
export class ActionDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(ACTION_SCHEME, this);
  private count = 0;

  async show(text: string, name = 'Action'): Promise<void> {
    const uri = vscode.Uri.from({ scheme: ACTION_SCHEME, path: `/${name} ${++this.count}` });
    this.texts.set(uri.path, text);
    for (const old of [...this.texts.keys()].slice(0, -MOST_KEPT)) this.texts.delete(old);
    const document = await vscode.workspace.openTextDocument(uri);
    // The language of parts of chains, in which nothing becomes a link.
    await vscode.languages.setTextDocumentLanguage(document, EXCERPT.language);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.texts.get(path) ?? 'This action is not known any more.';
  }

  dispose(): void {
    this.registration.dispose();
  }
}
