import * as vscode from 'vscode';
import type { Break } from '../../core/chain/explain/break';
import type { Note } from '../../core/chain/facts';
import { memberRange } from '../../core/chain/memberRange';
import type { ChainReport } from '../../core/chain/report';
import { DIAGNOSTIC_SOURCE } from '../ids';

/** The editor shows no more of one file and one collection. */
export const MOST_DIAGNOSTICS = 1000;

/** The findings of the chains verified last, as diagnostics on their lines. */
export class ChainDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('aegis-chain');
  private readonly subscriptions: vscode.Disposable[] = [this.collection];

  constructor() {
    this.subscriptions.push(
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.clearBelow(uri))),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => this.clearBelow(oldUri))),
      vscode.workspace.onDidCloseTextDocument((document) => document.isUntitled && this.clear(document.uri)),
    );
  }

  /**
   * Replaces what is shown for a file by what a report says of it.
   *
   * @param document the file's text, where the editor can hold it: it tells where in a line a member stands.
   */
  show(uri: vscode.Uri, report: ChainReport, document: vscode.TextDocument | undefined): void {
    const breaks = report.explanation.breaks.slice(0, MOST_DIAGNOSTICS);
    const notes = report.notes.slice(0, MOST_DIAGNOSTICS - breaks.length);
    this.collection.set(uri, [
      ...breaks.map((found) => breakDiagnostic(uri, found, document)),
      ...notes.map((note) => noteDiagnostic(note, document)),
    ]);
  }

  clear(uri: vscode.Uri): void {
    this.collection.delete(uri);
  }

  /** Clears a file, or all files of a folder. */
  private clearBelow(uri: vscode.Uri): void {
    const gone: vscode.Uri[] = [];
    this.collection.forEach((file) => {
      const isBelow =
        file.scheme === uri.scheme && file.authority === uri.authority && file.path.startsWith(`${uri.path}/`);
      if (isBelow || file.toString() === uri.toString()) gone.push(file);
    });
    for (const file of gone) this.clear(file);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function breakDiagnostic(uri: vscode.Uri, found: Break, document: vscode.TextDocument | undefined): vscode.Diagnostic {
  const others = found.alternatives.length > 0 ? ` (Likely; could also be ${found.alternatives.join(' or ')}.)` : '';
  const diagnostic = new vscode.Diagnostic(
    breakRange(found, document),
    found.message + others,
    vscode.DiagnosticSeverity.Error,
  );
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = found.kind;
  diagnostic.relatedInformation = found.related.map(
    ({ line, role }) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, lineRange(line, document)), role),
  );
  return diagnostic;
}

function noteDiagnostic({ code, line, message }: Note, document: vscode.TextDocument | undefined): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(lineRange(line, document), message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = code;
  return diagnostic;
}

/** The member that is wrong, or the line. */
export function breakRange(found: Break, document: vscode.TextDocument | undefined): vscode.Range {
  const whole = lineRange(found.line, document);
  if (document === undefined || found.member === null || found.line > document.lineCount) return whole;
  const member = memberRange(document.lineAt(found.line - 1).text, found.member);
  return member === undefined ? whole : new vscode.Range(found.line - 1, member.start, found.line - 1, member.end);
}

/** A line without the white space round its text. Without a document its length is not known. */
function lineRange(line: number, document: vscode.TextDocument | undefined): vscode.Range {
  if (document === undefined || line > document.lineCount)
    return new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
  const { text, firstNonWhitespaceCharacterIndex, range } = document.lineAt(line - 1);
  return new vscode.Range(
    line - 1,
    Math.min(firstNonWhitespaceCharacterIndex, text.length),
    line - 1,
    range.end.character,
  );
}
