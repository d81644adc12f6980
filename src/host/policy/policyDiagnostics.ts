import * as vscode from 'vscode';
import type { Diagnostic, Severity } from '../../core/policy/lint/diagnostic';
import { DIAGNOSTIC_SOURCE } from '../ids';
import type { PolicyDocuments } from './policyDocuments';
import { spanRange } from './spanRange';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What was found in the policies that are open, in the Problems view and under the words. */
export class PolicyDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('aegis-policy');
  private readonly subscription: vscode.Disposable;

  constructor(documents: PolicyDocuments) {
    this.subscription = documents.onDidFind((document) => {
      const findings = document.isClosed ? undefined : documents.known(document);
      if (findings === undefined) this.collection.delete(document.uri);
      else
        this.collection.set(
          document.uri,
          findings.diagnostics.map((each) => diagnosticOf(document, each)),
        );
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.collection.dispose();
  }
}

/** A finding as VS Code has it. Only true of the text that it was found in. */
export function diagnosticOf(document: vscode.TextDocument, found: Diagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(spanRange(document, found.span), found.message, SEVERITIES[found.severity]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = found.code;
  diagnostic.relatedInformation = found.related.map(
    ({ span, message }) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, spanRange(document, span)), message),
  );
  return diagnostic;
}
