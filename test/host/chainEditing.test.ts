import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { chainFile, copyOf, entriesAfter, lens, lensSays, twenty } from './chains';
import { saidDuringTests } from './messages';
import { findings, inShort, kindOf, open, until, verify } from './support';
import { textOf } from '../unit/support/chains';

const TAMPERED = ['10 modified', '15 rehashed', '20 deleted', '24 inserted', '35 reordered', '38 duplicated'];

/** The findings with each line so many lines further down; `by` says how many for the lines behind some line. */
function moved(by: (line: number) => number): string[] {
  return TAMPERED.map((text) => {
    const [line, kind] = text.split(' ');
    return `${Number(line) + by(Number(line))} ${kind}`;
  });
}

const MOVED = moved(() => 1);

const pause = (milliseconds: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('Marks on a chain that is edited', () => {
  let editor: vscode.TextEditor;
  let uri: vscode.Uri;
  const heard = saidDuringTests();

  beforeEach(async () => {
    uri = copyOf('tampered.jsonl');
    editor = await open(uri);
    await verify(uri);
    assert.deepEqual(inShort(uri), TAMPERED);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const insertLine = (line: number): Thenable<boolean> =>
    editor.edit((edit) => edit.insert(new vscode.Position(line, 0), '\n'));
  const becomes = (wanted: readonly string[]): Promise<unknown> =>
    until(`the findings are ${wanted.join(', ')}`, () => inShort(uri).join() === wanted.join());
  const touchedAt = (line: number): vscode.Diagnostic | undefined =>
    findings(uri, true).find(
      ({ range, severity }) => range.start.line === line && severity === vscode.DiagnosticSeverity.Information,
    );

  it('follow their lines when lines are put in above them, and the lens says that it was edited', async () => {
    await insertLine(0);
    await becomes(MOVED);
    const [said] = await lensSays(uri, /^Edited since verified at .* Was: Chain broken/);
    assert.match(said, /6 breaks in 84 entries/);
  });

  it('follow their lines when several cursors put lines in and take lines out at once', async () => {
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(2, 0), 'one\ntwo\n');
      edit.delete(new vscode.Range(11, 0, 13, 0));
      edit.insert(new vscode.Position(22, 5), 'x\n');
      edit.delete(new vscode.Range(30, 0, 31, 0));
    });
    await becomes(moved((line) => (line < 12 ? 2 : line < 23 ? 0 : line < 31 ? 1 : 0)));
  });

  it('stay on the members that are wrong', async () => {
    const marked = (): string[] => findings(uri).map(({ range }) => editor.document.getText(range));
    const before = marked();
    await insertLine(0);
    await becomes(MOVED);
    assert.deepEqual(marked(), before);
  });

  it('are as they were when the edit is undone', async () => {
    await insertLine(3);
    await becomes(MOVED);
    await vscode.commands.executeCommand('undo');
    await becomes(TAMPERED);
    await lensSays(uri, /^Chain broken, tail not pinned: 6 breaks in 84 entries at/);
  });

  it('accuse a line no longer that was edited itself, and do again when that is undone', async () => {
    const line = editor.document.lineAt(9).range;
    await editor.edit((edit) => edit.insert(line.end, ' '));
    await becomes(TAMPERED.slice(1));
    assert.match(touchedAt(9)?.message ?? '', /^Edited since verified\. Before that: This entry was changed/);
    await vscode.commands.executeCommand('undo');
    await becomes(TAMPERED);
    assert.equal(touchedAt(9), undefined);
  });

  it('hold again for a line that was made the same again by hand, wherever it stands now', async () => {
    const { end } = editor.document.lineAt(9).range;
    await editor.edit((edit) => edit.insert(end, 'x'));
    await becomes(TAMPERED.slice(1));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
    await editor.edit((edit) => edit.delete(new vscode.Range(10, end.character, 10, end.character + 1)));
    await becomes(MOVED);
    await lensSays(uri, /^Edited since verified/);
  });

  it('go with the line that is taken out, and come back with it', async () => {
    await editor.edit((edit) => edit.delete(new vscode.Range(9, 0, 10, 0)));
    await becomes(moved(() => -1).slice(1));
    assert.equal(touchedAt(8) ?? touchedAt(9), undefined, 'no other line is blamed for it');
    await vscode.commands.executeCommand('undo');
    await becomes(TAMPERED);
  });

  it('are not lost by saving, however soon after the edit', async () => {
    await insertLine(0);
    await editor.document.save();
    await becomes(MOVED);
    await pause(1000);
    assert.deepEqual(inShort(uri), MOVED);
    await lensSays(uri, /^Edited since verified/);
    assert.equal(editor.document.isDirty, false);
  });

  it('hold again where an edit that was saved is undone and saved as well', async () => {
    await insertLine(0);
    await editor.document.save();
    await becomes(MOVED);
    await vscode.commands.executeCommand('undo');
    await becomes(TAMPERED);
    await editor.document.save();
    await pause(1000);
    assert.deepEqual(inShort(uri), TAMPERED);
    await lensSays(uri, /^Chain broken, tail not pinned: 6 breaks in 84 entries at/);
  });

  it('are replaced by verifying again, which reads the unsaved text', async () => {
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 1, 0)));
    const [report] = await verify(uri);
    assert.equal(report.explanation.total, 7);
    assert.equal(kindOf(findings(uri)[0]), 'deleted');
    await lensSays(uri, /^Chain broken.*\(unsaved text\)/);
    await editor.document.save();
    await lensSays(uri, /^Chain broken(?!.*\(unsaved text\))/);
  });

  it('say that the file was changed, when its writer changes it on disk', async () => {
    const lines = fs.readFileSync(uri.fsPath, 'utf8').split('\n');
    fs.writeFileSync(uri.fsPath, lines.slice(2).join('\n'));
    const said = await lensSays(uri, /^Changed on disk since verified/);
    assert.ok(!said.includes('Follow'), 'what did not only grow is not offered to be followed');
  });

  it('offer to follow the file, when its writer has appended to it', async () => {
    fs.appendFileSync(uri.fsPath, `${editor.document.lineAt(41).text}\n`);
    const said = await lensSays(uri, /^Grown since verified/);
    assert.ok(said.includes('Follow'), said.join(' | '));
    await until('it is offered', () =>
      heard.said.includes(
        'tampered.jsonl has grown since it was verified. Follow it, and have new entries verified as they come?',
      ),
    );
  });

  it('say that the file was deleted', async () => {
    fs.rmSync(uri.fsPath);
    await lensSays(uri, /^Deleted since verified/);
  });

  it('stay fresh when the same bytes are written again, and are stale at the next change', async () => {
    fs.writeFileSync(uri.fsPath, fs.readFileSync(uri.fsPath));
    fs.utimesSync(uri.fsPath, new Date('2026-01-01'), new Date('2026-01-01'));
    await pause(1000);
    assert.match((await lens(uri))[0], /^Chain broken/);
    assert.deepEqual(inShort(uri), TAMPERED);
    const text = fs.readFileSync(uri.fsPath, 'utf8');
    fs.writeFileSync(uri.fsPath, text.replace('"decision": "auto"', '"decision": "otto"'));
    await lensSays(uri, /^Changed on disk since verified/);
  });

  it('stay what they became when the file was changed behind the editor and the unchanged editor is saved', async () => {
    const lines = fs.readFileSync(uri.fsPath, 'utf8').split('\n');
    fs.writeFileSync(uri.fsPath, lines.slice(2).join('\n'));
    await lensSays(uri, /^Changed on disk since verified/);
    await editor.document.save();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.match((await lens(uri))[0], /^Changed on disk since verified/);
  });

  it('are told to be out of date when the file is written in place and its times are set back', async () => {
    const { atime, mtime } = fs.statSync(uri.fsPath);
    fs.writeFileSync(uri.fsPath, fs.readFileSync(uri.fsPath, 'utf8').replace('order/502', 'order/503'));
    fs.utimesSync(uri.fsPath, atime, mtime);
    await lensSays(uri, /^Changed on disk since verified/);
  });

  it('are not called fresh of a text that was edited while it was verified', async () => {
    const verifying = verify(uri);
    await insertLine(0);
    await verifying;
    await lensSays(uri, /^Edited since verified/);
  });
});

describe('An intact chain', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is followed from the lens once its writer has appended to it, and all of it is verified first', async () => {
    const lines = twenty();
    const uri = chainFile(lines);
    await open(uri);
    await verify(uri);
    fs.appendFileSync(uri.fsPath, textOf(entriesAfter(lines, 2, '2026-03-29T11:00:00+00:00')));
    await lensSays(uri, /^Grown since verified/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
    const follow = lenses.find(({ command }) => command?.title === 'Follow')?.command;
    assert.ok(follow !== undefined);
    await vscode.commands.executeCommand(follow.command, ...(follow.arguments as unknown[]));
    await lensSays(uri, /22 entries verified\. Following: 0 new entries verified; the first 22/);
    await vscode.commands.executeCommand('aegis.stopFollowing', uri);
  });
});
