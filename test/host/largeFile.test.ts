import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { writeLargeChain } from '../support/largeChain';
import { inShort, temporaryFile, until, verify } from './support';

/** Memory that a verification may take, whatever the size of the file. */
const MOST_BYTES = 200 << 20;

describe('A chain of 300 MB with three breaks', function () {
  this.timeout(180_000);

  let uri: vscode.Uri;

  before(() => {
    uri = temporaryFile('large.jsonl', '');
    writeLargeChain(uri.fsPath, 90_000, [20_000, 60_000, 80_000], 2_900);
    assert.ok(fs.statSync(uri.fsPath).size > 300_000_000);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    fs.rmSync(uri.fsPath);
  });

  const isOpen = (): boolean =>
    vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());

  it('is verified without being opened, every break on its line, in little memory', async () => {
    const before = process.memoryUsage().rss;
    let most = before;
    const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const [report] = await verify(uri);
    clearInterval(sampling);
    assert.equal(report.entries, 90_000);
    assert.deepEqual(inShort(uri), ['20001 modified', '60001 modified', '80001 modified']);
    assert.equal(isOpen(), false);
    assert.ok(most - before < MOST_BYTES, `${Math.round((most - before) / 1e6)} MB more`);
  });

  it('shows its breaks among their neighbours in a read-only document, without links, that can be folded', async () => {
    await vscode.commands.executeCommand('aegis.showBreaks', uri);
    const { document } = await until('the document is shown', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.scheme === 'aegis-chain' ? editor : undefined;
    });
    const text = document.getText();
    for (const line of [20_001, 60_001, 80_001]) {
      assert.ok(text.includes(`Line ${line}: changed after it was recorded`));
      assert.match(text, new RegExp(`^  ${line}: \\{.*"decision": "block"`, 'm'));
      for (const near of [line - 2, line - 1, line + 1, line + 2])
        assert.match(text, new RegExp(`^  ${near}  \\{.*https://example\\.com`, 'm'));
    }
    assert.equal(vscode.workspace.fs.isWritableFileSystem('aegis-chain'), false);
    const links = await vscode.commands.executeCommand<unknown[]>('vscode.executeLinkProvider', document.uri);
    const isLinked = vscode.workspace.getConfiguration('editor', document).get('links');
    assert.ok(links.length === 0 || isLinked === false, 'no link is made of text out of the log');
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.equal(folds.length, 3);
    assert.equal(isOpen(), false);
  });

  it('opens only a part of the file from a line of that document', async () => {
    const { document } = vscode.window.activeTextEditor!;
    const at = document.positionAt(document.getText().indexOf('  60001: {'));
    const [place] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at,
    );
    const part = await vscode.workspace.openTextDocument(place.targetUri);
    assert.equal(part.uri.scheme, 'aegis-chain');
    assert.match(part.lineAt(place.targetRange.start.line).text, /^ +60001: \{/);
    assert.ok(part.lineCount < 120);
    assert.equal(isOpen(), false);
  });

  it('shows them again when the document is closed and opened by its name', async () => {
    const { document } = vscode.window.activeTextEditor!;
    const { uri: name } = document;
    const text = document.getText();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const again = await vscode.workspace.openTextDocument(name);
    assert.equal(again.getText(), text);
  });
});
