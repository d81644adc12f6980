import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { altered, chainOfLength } from '../unit/support/chains';
import { chainFile, lens } from './chains';
import { saidDuringTests } from './messages';
import { findings, open, until, verify } from './support';

describe('A chain of 1,500 breaks', () => {
  let editor: vscode.TextEditor;
  const heard = saidDuringTests();

  before(async () => {
    const lines = chainOfLength(3001).map((line, i) =>
      i % 2 === 1 ? altered(line, { action_target: 'other' }) : line,
    );
    editor = await open(chainFile(lines));
    const [report] = await verify(editor.document.uri);
    assert.equal(report.explanation.total, 1500);
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('states its total where the editor shows 1,000 of them', async () => {
    assert.equal(findings(editor.document.uri).length, 1000);
    assert.match((await lens(editor.document.uri))[0], /1,500 breaks in 3,001 entries/);
  });

  it('is walked from break to break, and round its end', async () => {
    const visited: number[] = [];
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    for (const command of ['aegis.nextBreak', 'aegis.nextBreak', 'aegis.previousBreak', 'aegis.previousBreak']) {
      const from = editor.selection.active.line;
      await vscode.commands.executeCommand(command);
      await until('the cursor went on', () => editor.selection.active.line !== from);
      visited.push(editor.selection.active.line + 1);
    }
    assert.deepEqual(visited, [2, 4, 2, 2000]);
    await vscode.commands.executeCommand('aegis.nextBreak');
    await until('the cursor is at the first again', () => editor.selection.active.line === 1);
  });

  it('says in its verdict that only the first 1,000 are marked', async () => {
    await verify(editor.document.uri);
    assert.deepEqual(heard.said, [
      'chain.jsonl: Chain broken, tail not pinned: 1,500 breaks in 3,001 entries. The first 1,000 are marked. A chain alone cannot show that entries were cut off its end.',
    ]);
  });
});
