import * as vscode from 'vscode';
import type { MarkKind } from './markKinds';

/** The icon of a kind, for light and for dark themes: the same in the gutter and in lists. */
export function kindIcon(kind: MarkKind, extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const icon = (theme: string): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', 'gutter', `${kind}-${theme}.svg`);
  return { light: icon('light'), dark: icon('dark') };
}
