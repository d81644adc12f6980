import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { altered, chainOfLength } from '../unit/support/chains';
import { chainFile } from './chains';
import { findings, open, until, verify } from './support';

describe('A chain of some megabytes that is not open', function () {
  this.timeout(120_000);
  let uri: vscode.Uri;

  before(() => {
    const lines = chainOfLength(3000).map((line, i) => (i === 1999 ? altered(line, { action_target: 'other' }) : line));
    // Blank lines break nothing, and make the file long.
    uri = chainFile(lines);
    fs.appendFileSync(uri.fsPath, `${' '.repeat(1000)}\n`.repeat(5000));
    assert.ok(fs.statSync(uri.fsPath).size > 5_000_000);
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is not opened to be verified; its finding is on the line', async () => {
    await verify(uri);
    assert.equal(
      vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()),
      false,
    );
    assert.deepEqual(
      findings(uri).map(({ range }) => [range.start.line, range.start.character]),
      [[1999, 0]],
    );
  });

  it('gets its finding onto the member that is wrong once it is opened', async () => {
    const { document } = await open(uri);
    const { range } = await until('the finding is on the member', () =>
      findings(uri).find((finding) => finding.range.start.character > 0),
    );
    assert.match(document.getText(range), /entry_hash|^"?[0-9a-f]{64}"?$/);
  });

  it('keeps its finding on the line when lines are put before it', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '\n\n');
    await vscode.workspace.applyEdit(edit);
    const [finding] = await until('the finding has moved', () => {
      const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Aegis');
      return found[0]?.range.start.line === 2001 && found;
    });
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error, 'the line itself was not touched');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
