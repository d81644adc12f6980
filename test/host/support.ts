import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ChainReport } from '../../src/core/chain/report';

/** The files that the tests work on: the sample workspace is opened by the harness, the rest lies in the project. */
export function projectFile(...names: string[]): vscode.Uri {
  const extension = vscode.extensions.getExtension('aegis-audit-trail.aegis-audit-trail');
  assert.ok(extension, 'the extension is installed');
  return vscode.Uri.file(path.join(extension.extensionPath, ...names));
}

/** A file of its own for a test, with the content given. */
export function temporaryFile(name: string, content: string | Uint8Array): vscode.Uri {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-host-'));
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return vscode.Uri.file(file);
}

export async function open(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** Runs the command as the palette does. */
export async function verify(...files: vscode.Uri[]): Promise<ChainReport[]> {
  const [clicked] = files;
  const reports = await vscode.commands.executeCommand<ChainReport[]>(
    'aegis.verifyChain',
    clicked,
    files.length > 0 ? files : undefined,
  );
  return reports;
}

/** Our findings on a file, broken lines only or with the notes, in the order of the lines. */
export function findings(uri: vscode.Uri, withNotes = false): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => source === 'Aegis' && (withNotes || severity === vscode.DiagnosticSeverity.Error))
    .sort((a, b) => a.range.start.line - b.range.start.line);
}

/** The `code` of one of our diagnostics, which is the kind of the break. */
export function kindOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'string' ? code : assert.fail('a finding has no kind');
}

/** Findings in short: `line kind`, lines from 1. */
export function inShort(uri: vscode.Uri): string[] {
  return findings(uri).map((diagnostic) => `${diagnostic.range.start.line + 1} ${kindOf(diagnostic)}`);
}

export async function until<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) assert.fail(`${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
