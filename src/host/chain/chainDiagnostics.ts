import * as vscode from 'vscode';
import type { Break } from '../../core/chain/explain/break';
import type { Note } from '../../core/chain/facts';
import { memberRange } from '../../core/chain/memberRange';
import { pinSentence } from '../../core/chain/pins/pinText';
import { DIAGNOSTIC_SOURCE } from '../ids';
import { MOST_MARKS, type Mark } from './mark';
import { openNow } from './openDocument';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** Typing makes many changes; the Problems view need not follow each. */
const REST_MS = 150;

/** The findings of the verified chains, as diagnostics on their lines. */
export class ChainDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('aegis-chain');
  private readonly subscription: vscode.Disposable;
  private readonly shown = new Map<string, VerifiedChain>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly chains: VerifiedChains) {
    this.subscription = chains.onDidChange((uri) => this.refresh(uri));
  }

  private refresh(uri: vscode.Uri): void {
    const key = uri.toString();
    const chain = this.chains.get(uri);
    const before = this.shown.get(key);
    if (chain?.marks === before?.marks && chain?.report.notes === before?.report.notes) return;
    clearTimeout(this.timers.get(key));
    // A new verdict is shown at once; marks that moved may wait until the typing rests.
    if (chain?.verifiedAt !== before?.verifiedAt) this.show(uri);
    else
      this.timers.set(
        key,
        setTimeout(() => this.show(uri), REST_MS),
      );
  }

  private show(uri: vscode.Uri): void {
    const chain = this.chains.get(uri);
    if (chain === undefined) {
      this.shown.delete(uri.toString());
      this.collection.delete(uri);
      return;
    }
    this.shown.set(uri.toString(), chain);
    const document = openNow(uri);
    const marks = chain.marks.filter(({ line }) => line !== undefined);
    // Notes are of lines as they were: after an edit they would be of others.
    const notes = chain.freshness === 'edited' ? [] : chain.report.notes.slice(0, MOST_MARKS - marks.length);
    this.collection.set(uri, [
      ...marks.map((mark) => markDiagnostic(chain, mark, document)),
      ...notes.map((note) => noteDiagnostic(note, document)),
    ]);
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.subscription.dispose();
    this.collection.dispose();
  }
}

function markDiagnostic(
  chain: VerifiedChain,
  mark: Mark,
  document: vscode.TextDocument | undefined,
): vscode.Diagnostic {
  const { found, isTouched } = mark;
  const sentence = found === undefined ? pinSentence(chain.report.pin!) : breakSentence(found);
  const diagnostic = new vscode.Diagnostic(
    markRange(mark, document),
    isTouched ? `Edited since verified. Before that: ${sentence}` : sentence,
    // Of a line that is another one now nothing is known.
    isTouched ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Error,
  );
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = found === undefined ? `pin-${chain.report.pin!.state}` : found.kind;
  diagnostic.relatedInformation = found?.related.map(({ line, role }) => {
    const now = lineNow(chain, line);
    return new vscode.DiagnosticRelatedInformation(new vscode.Location(chain.uri, lineRange(now, document)), role);
  });
  return diagnostic;
}

function breakSentence({ message, alternatives }: Break): string {
  return alternatives.length > 0 ? `${message} (Likely; could also be ${alternatives.join(' or ')}.)` : message;
}

/** Where a line of the report is now: moved as the marks near it have moved. @returns from 0. */
export function lineNow({ marks }: VerifiedChain, line: number): number {
  const before = marks.findLast((mark) => mark.original <= line - 1 && mark.line !== undefined);
  return before?.line === undefined ? line - 1 : before.line + (line - 1 - before.original);
}

function noteDiagnostic({ code, line, message }: Note, document: vscode.TextDocument | undefined): vscode.Diagnostic {
  const severity = vscode.DiagnosticSeverity.Information;
  const diagnostic = new vscode.Diagnostic(lineRange(line - 1, document), message, severity);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = code;
  return diagnostic;
}

/** The member that is wrong, or the line. */
export function markRange(mark: Mark, document: vscode.TextDocument | undefined): vscode.Range {
  const line = mark.line ?? mark.original;
  const whole = lineRange(line, document);
  const member = mark.found?.member ?? null;
  if (document === undefined || member === null || mark.isTouched || line >= document.lineCount) return whole;
  const range = memberRange(document.lineAt(line).text, member);
  return range === undefined ? whole : new vscode.Range(line, range.start, line, range.end);
}

/** A line without the white space round its text. Without a document its length is not known. @param line from 0. */
function lineRange(line: number, document: vscode.TextDocument | undefined): vscode.Range {
  if (document === undefined || line >= document.lineCount)
    return new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER);
  const { text, firstNonWhitespaceCharacterIndex, range } = document.lineAt(line);
  return new vscode.Range(line, Math.min(firstNonWhitespaceCharacterIndex, text.length), line, range.end.character);
}
