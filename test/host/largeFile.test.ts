import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { excerptUri } from '../../src/host/excerpt/excerptUri';
import { copyOf, hoverAt } from './chains';
import { inShort, projectFile, temporaryFile, until, verify } from './support';

/** Memory that a verification may take, whatever the size of the file. */
const MOST_BYTES = 200 << 20;

describe('A chain of 300 MB with three breaks', function () {
  this.timeout(180_000);

  let uri: vscode.Uri;

  before(() => {
    uri = temporaryFile('large.jsonl', '');
    writeElsewhere(uri.fsPath);
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
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const told: number[] = [];
    const listening = vscode.window.onDidChangeTextEditorSelection(({ selections }) =>
      told.push(selections[0].active.line),
    );
    await vscode.commands.executeCommand('aegis.showBreaks', uri);
    listening.dispose();
    const { document } = vscode.window.activeTextEditor!;
    assert.equal(document.uri.scheme, 'aegis-chain');
    const first = document.positionAt(document.getText().indexOf('  20001: {')).line;
    assert.deepEqual(told, [first], 'the window has the cursor there as it opens, before anybody can press a key');
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
    // A second try would find the cursor where the first left it.
  }).retries(0);

  it('is walked from break to break in that document, and round its end', async () => {
    const editor = vscode.window.activeTextEditor!;
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const visited: (string | undefined)[] = [];
    for (const command of [
      'aegis.nextBreak',
      'aegis.nextBreak',
      'aegis.nextBreak',
      'aegis.nextBreak',
      'aegis.previousBreak',
    ]) {
      await vscode.commands.executeCommand(command);
      visited.push(/^ +(\d+):/.exec(editor.document.lineAt(editor.selection.active.line).text)?.[1]);
    }
    assert.deepEqual(visited, ['20001', '60001', '80001', '20001', '80001']);
  });

  it('explains a break on hovering over its line there, as in an editor on the file', async () => {
    const { document } = vscode.window.activeTextEditor!;
    const { line } = document.positionAt(document.getText().indexOf('  60001: {'));
    const hover = await hoverAt(document.uri, line, 20);
    assert.match(hover, /\*\*Changed after it was recorded\*\*/);
    assert.match(hover, /`[0-9a-f]{64}` stated in its entry_hash/);
    assert.equal(await hoverAt(document.uri, line + 1, 20), '');
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
    const heading = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      new vscode.Position(0, 0),
    );
    assert.deepEqual(heading, [], 'a line that is not of the file leads nowhere');
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

describe('A document of parts of a chain', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is there by its name alone, as after a reload of the window, though nothing was verified', async () => {
    const uri = copyOf('tampered.jsonl');
    const document = await vscode.workspace.openTextDocument(excerptUri({ kind: 'breaks', source: uri }));
    assert.match(
      document.getText(),
      /^# Aegis: breaks in tampered\.jsonl\n# Chain broken, tail not pinned: 6 breaks in 84 entries\./,
    );
    assert.match(document.getText(), /^ +10: \{/m);
    assert.equal(document.languageId, 'aegis-chain');
  });

  it('is another one once the chain was verified again', async () => {
    const uri = copyOf('tampered.jsonl');
    await verify(uri);
    const document = await vscode.workspace.openTextDocument(excerptUri({ kind: 'breaks', source: uri }));
    await vscode.window.showTextDocument(document);
    fs.copyFileSync(projectFile('sample', 'intact.jsonl').fsPath, uri.fsPath);
    fs.appendFileSync(uri.fsPath, 'no entry\n');
    await verify(uri);
    await until('it shows what is there now', () =>
      /1 break in 84 entries[^]*^ +85: no entry$/m.test(document.getText()),
    );
  });

  it('can be of no file but one of this machine, and of no name that we did not make', async () => {
    for (const name of ['aegis-chain:/breaks/x', 'aegis-chain:/lines/x?{"source":"file:///etc/hosts","line":"1"}'])
      await assert.rejects(async () => vscode.workspace.openTextDocument(vscode.Uri.parse(name)), name);
    const elsewhere = excerptUri({ kind: 'breaks', source: vscode.Uri.parse('https://evil.example/chain.jsonl') });
    await assert.rejects(async () => vscode.workspace.openTextDocument(elsewhere));
  });

  it('is never written', async () => {
    const uri = excerptUri({ kind: 'breaks', source: copyOf('tampered.jsonl') });
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, new Uint8Array()));
    await assert.rejects(async () => vscode.workspace.fs.delete(uri));
  });
});

/**
 * Writes 90,000 entries, of which three are changed after they were hashed. In a process of its own: memory that is used up
 * here for the writing would not have to be taken for the reading any more.
 */
function writeElsewhere(file: string): void {
  const args = ['-e', WRITER, projectFile('dist', 'index.js').fsPath, file];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

const WRITER = `
const fs = require('node:fs');
const [library, file] = process.argv.slice(1);
const { appendEntry, runtimeHashes } = require(library);
const descriptor = fs.openSync(file, 'w');
let previous;
for (let i = 0; i < 90_000; i++) {
  const { entry, line } = appendEntry(previous, {
    timestamp: '2026-03-29T10:30:02+00:00',
    agent_id: 'prod-agent-042',
    action_type: 'open_page',
    action_target: 'https://example.com/page-' + (i % 97),
    decision: 'auto',
    risk_level: 'low',
    matched_rule: 'allow_reads',
    metadata: { referrer: 'https://example.com/', note: 'x'.repeat(2_900) },
  }, runtimeHashes().sha256);
  previous = entry;
  const isChanged = i === 20_000 || i === 60_000 || i === 80_000;
  fs.writeSync(descriptor, (isChanged ? line.replace('"auto"', '"block"') : line) + '\\n');
}
`;
