import * as vscode from 'vscode';
import { shownName } from '../shownName';
import { openNow } from './openDocument';

/** What is to be verified. */
export type ChainTarget =
  /** A file on disk, or of another file system, as it is there. */
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  /** The text of an editor whose document was changed or never saved. */
  | { readonly kind: 'text'; readonly uri: vscode.Uri; readonly document: vscode.TextDocument };

/** The target that a file or document stands for: its text where that differs from what is saved. */
export function targetOf(uri: vscode.Uri): ChainTarget {
  const document = openNow(uri);
  // A document that some extension makes up has no bytes of its own; what is shown is all there is.
  const isMadeUp = vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined;
  const isUnsaved = document !== undefined && (document.isDirty || document.isUntitled || isMadeUp);
  return isUnsaved ? { kind: 'text', uri, document } : { kind: 'file', uri };
}

/**
 * What the person is looking at: the active editor, else the file of the active tab (a file of more than 50 MB is shown
 * in a tab, but no document of it reaches an extension).
 */
export function activeTarget(): ChainTarget | undefined {
  const uri = activeUri();
  return uri === undefined ? undefined : targetOf(uri);
}

export function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const editor = vscode.window.activeTextEditor;
  return tabUri(input, editor) ?? editor?.document.uri;
}

function tabUri(input: unknown, editor: vscode.TextEditor | undefined): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  if (input instanceof vscode.TabInputTextDiff) {
    const isOriginal = editor?.document.uri.toString() === input.original.toString();
    return isOriginal ? input.original : input.modified;
  }
  return undefined;
}

/** The name by which a target is called in messages. */
export function targetName(target: ChainTarget): string {
  const name = shownName(target.uri.path.split('/').at(-1) ?? target.uri.path);
  return target.kind === 'text' && (target.document.isDirty || target.document.isUntitled)
    ? `${name} (unsaved text)`
    : name;
}
