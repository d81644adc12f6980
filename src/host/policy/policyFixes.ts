import * as vscode from 'vscode';
import type { Diagnostic, Edit, Fix } from '../../core/policy/lint/diagnostic';
import type { PolicyDocuments } from './policyDocuments';
import { spanRange } from './spanRange';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('aegis');

/** What can be done about the findings: each by itself, and those where there is one thing that was meant all at once, as on save. */
export class PolicyFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, FIX_ALL];

  constructor(private readonly documents: PolicyDocuments) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only, diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const findings = await this.documents.findings(document);
    if (findings === undefined) return [];
    const wants = (kind: vscode.CodeActionKind): boolean => only?.contains(kind) ?? true;
    const actions: vscode.CodeAction[] = [];
    if (wants(vscode.CodeActionKind.QuickFix)) {
      for (const found of findings.diagnostics) {
        const place = spanRange(document, found.span);
        if (place.intersection(range) === undefined) continue;
        const shown = diagnostics.filter((each) => each.code === found.code && each.range.isEqual(place));
        actions.push(...found.fixes.map((fix) => quickFix(document, fix, shown)));
      }
    }
    // All at once is done on save, or asked for: it is about the whole file, and not about the place of the cursor.
    if (only !== undefined && wants(FIX_ALL)) actions.push(...fixAll(document, findings.diagnostics));
    return actions;
  }
}

function quickFix(document: vscode.TextDocument, fix: Fix, diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = editOf(document, fix.edits);
  action.diagnostics = diagnostics;
  action.isPreferred = fix.isPreferred;
  return action;
}

function fixAll(document: vscode.TextDocument, diagnostics: readonly Diagnostic[]): vscode.CodeAction[] {
  const edits: Edit[] = [];
  for (const { fixes } of diagnostics) {
    const fix = fixes.find(({ isSafe }) => isSafe);
    // Of two that touch the same place the first is taken: the other is found again after it.
    if (fix !== undefined && !fix.edits.some((edit) => edits.some((other) => touch(edit, other))))
      edits.push(...fix.edits);
  }
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction('Fix what can be meant in one way only', FIX_ALL);
  action.edit = editOf(document, edits);
  return [action];
}

function touch({ span: one }: Edit, { span: other }: Edit): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function editOf(document: vscode.TextDocument, edits: readonly Edit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    edits.map(({ span, text }) => new vscode.TextEdit(spanRange(document, span), text)),
  );
  return edit;
}
