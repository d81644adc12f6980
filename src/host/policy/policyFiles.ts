import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import { patternsOf } from '../workspaceFiles';

/** Names that policies have. */
const DEFAULT_PATTERNS = ['**/*[pP]olic{y,ies}*.{yaml,yml}', '**/[aA]egis*.{yaml,yml}'];

export function policyPatterns(): readonly string[] {
  return patternsOf(SETTINGS.policyFiles, DEFAULT_PATTERNS);
}

/** The documents that VS Code is to ask us about. */
export function policySelector(): vscode.DocumentSelector {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const places = policyPatterns().flatMap((pattern): vscode.GlobPattern[] => [
    pattern,
    ...folders.map((folder) => new vscode.RelativePattern(folder, pattern)),
  ]);
  return [...places.map((pattern) => ({ pattern })), { scheme: 'untitled', language: 'yaml' }];
}

/**
 * Whether a document may be a policy by where it lies and what it is called; its content has a say, too. A document without a file is
 * one in YAML. What cannot be written, such as the other side of a comparison, is left alone.
 */
export function mayBePolicy(document: vscode.TextDocument): boolean {
  const { uri } = document;
  if (uri.scheme === 'untitled') return document.languageId === 'yaml';
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return false;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return policyPatterns().some(
    (pattern) =>
      vscode.languages.match({ pattern }, document) > 0 ||
      (folder !== undefined &&
        vscode.languages.match({ pattern: new vscode.RelativePattern(folder, pattern) }, document) > 0),
  );
}
