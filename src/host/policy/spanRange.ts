import * as vscode from 'vscode';
import type { Span } from '../../core/policy/yamlTree';

/** The range of offsets in a document as it is now. */
export function spanRange(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
