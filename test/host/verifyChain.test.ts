import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { findings, inShort, kindOf, open, projectFile, temporaryFile, until, verify } from './support';

const TAMPERED = ['10 modified', '15 rehashed', '20 deleted', '24 inserted', '35 reordered', '38 duplicated'];

describe('Verify Chain', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('marks every break of the tampered sample on its line, and no other line', async () => {
    const editor = await open(projectFile('sample', 'tampered.jsonl'));
    const [report] = await verify();
    assert.equal(report.valid, false);
    assert.deepEqual(inShort(editor.document.uri), TAMPERED);
  });

  it('marks the member that is wrong, with a code, a source, a message and the other line involved', async () => {
    const { document } = await open(projectFile('sample', 'tampered.jsonl'));
    await verify();
    const [modified, rehashed, deleted] = findings(document.uri);
    const marked = (diagnostic: vscode.Diagnostic): string => document.getText(diagnostic.range);
    assert.match(marked(modified), /^"[0-9a-f]{64}"$/);
    assert.equal(
      document.lineAt(9).text.slice(0, modified.range.start.character).endsWith('"entry_hash": '),
      true,
      'the mark is on the value of entry_hash',
    );
    assert.equal(modified.source, 'Aegis');
    assert.equal(modified.code, 'modified');
    assert.match(modified.message, /no longer matches its own hash/);
    assert.deepEqual(
      rehashed.relatedInformation?.map(({ location }) => location.range.start.line + 1),
      [16],
    );
    assert.equal(document.lineAt(19).text.slice(0, deleted.range.start.character).endsWith('"previous_hash": '), true);
  });

  it('goes from break to break with F8', async () => {
    const editor = await open(projectFile('sample', 'tampered.jsonl'));
    await verify();
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const visited: number[] = [];
    while (visited.length < TAMPERED.length) {
      const from = editor.selection.active;
      await vscode.commands.executeCommand('editor.action.marker.next');
      await until('the cursor went on', () => !editor.selection.active.isEqual(from));
      visited.push(editor.selection.active.line + 1);
    }
    assert.deepEqual(visited, [10, 15, 20, 24, 35, 38]);
  });

  it('leaves no mark on an intact chain and does not claim that its tail is complete', async () => {
    const editor = await open(projectFile('sample', 'intact.jsonl'));
    const [report] = await verify();
    assert.equal(report.valid, true);
    assert.equal(report.entries, 84);
    assert.equal(report.tail, 'unpinned');
    assert.deepEqual(findings(editor.document.uri, true), []);
  });

  it('verifies the text of an editor that was changed and not saved, not the file', async () => {
    const uri = temporaryFile('chain.jsonl', fs.readFileSync(projectFile('sample', 'intact.jsonl').fsPath));
    const editor = await open(uri);
    const target = editor.document.lineAt(4).text.indexOf('"low"');
    const at = target >= 0 ? target : editor.document.lineAt(4).text.indexOf('"agent_id": "') + 13;
    await editor.edit((edit) => edit.insert(new vscode.Position(4, at + 1), 'x'));
    assert.equal(editor.document.isDirty, true);
    const [report] = await verify();
    assert.equal(report.valid, false);
    assert.deepEqual(inShort(uri), ['5 modified']);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    const [again] = await verify();
    assert.equal(again.valid, true);
    assert.deepEqual(findings(uri), [], 'marks of the text that is gone are gone');
  });

  it('verifies a document that was never saved', async () => {
    const content = fs.readFileSync(projectFile('sample', 'tampered.jsonl').fsPath, 'utf8');
    const document = await vscode.workspace.openTextDocument({ content });
    await vscode.window.showTextDocument(document);
    await verify();
    assert.deepEqual(inShort(document.uri), TAMPERED);
  });

  it('verifies files chosen in the explorer without opening an editor on them', async () => {
    const files = [projectFile('sample', 'intact.jsonl'), projectFile('sample', 'tampered.jsonl')];
    const reports = await verify(...files);
    assert.deepEqual(
      reports.map(({ valid }) => valid),
      [true, false],
    );
    assert.equal(vscode.window.visibleTextEditors.length, 0);
    assert.deepEqual(inShort(files[1]), TAMPERED);
  });

  it('finds in the editor what the command line finds, for every fixture', async () => {
    const folder = projectFile('test', 'fixtures', 'chains').fsPath;
    const names = fs.readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    assert.ok(names.length > 50);
    for (const name of names) {
      const expected = JSON.parse(
        fs.readFileSync(path.join(folder, name.replace('.jsonl', '.expected.json')), 'utf8'),
      ) as {
        tampering: { kind: string; accept?: string[]; line: number; lines?: number[] }[];
      };
      const uri = vscode.Uri.file(path.join(folder, name));
      if (fs.statSync(uri.fsPath).size === 0) continue;
      await verify(uri);
      const found = findings(uri).map((diagnostic) => ({
        kind: kindOf(diagnostic),
        line: diagnostic.range.start.line + 1,
      }));
      const told = expected.tampering.map(({ kind, accept = [], line, lines = [line] }) => ({
        kinds: [kind, ...accept],
        lines,
      }));
      const fits = (a: (typeof found)[number], b: (typeof told)[number]): boolean =>
        b.kinds.includes(a.kind) && b.lines.includes(a.line);
      for (const a of found)
        assert.ok(
          told.some((b) => fits(a, b)),
          `${name}: ${a.kind} on line ${a.line} is no tampering`,
        );
      for (const b of told)
        assert.ok(
          found.some((a) => fits(a, b)),
          `${name}: ${b.kinds[0]} on line ${b.lines[0]} is missed`,
        );
    }
  });

  it('marks the first 1,000 lines of a chain with more breaks and states how many there are', async () => {
    const line = fs.readFileSync(projectFile('sample', 'intact.jsonl').fsPath, 'utf8').split('\n')[0];
    const changed = line.replace('"timestamp": "2026', '"timestamp": "2025');
    const uri = temporaryFile('many.jsonl', `${line}\n${`${changed}\n`.repeat(1500)}`);
    const [report] = await verify(uri);
    assert.ok(report.explanation.total >= 1500);
    assert.equal(findings(uri).length, 1000);
  });

  it('changes neither the file nor its folder', async () => {
    const content = fs.readFileSync(projectFile('sample', 'tampered.jsonl').fsPath);
    const uri = temporaryFile('evidence.jsonl', content);
    const before = fs.statSync(uri.fsPath, { bigint: true });
    await open(uri);
    await verify();
    const after = fs.statSync(uri.fsPath, { bigint: true });
    assert.deepEqual([after.mtimeNs, after.size, after.ino], [before.mtimeNs, before.size, before.ino]);
    assert.deepEqual(fs.readFileSync(uri.fsPath), content);
    assert.deepEqual(fs.readdirSync(path.dirname(uri.fsPath)), ['evidence.jsonl']);
  });

  it('offers to choose a chain where the editor holds none, and leaves no mark on what is no chain', async () => {
    const uri = temporaryFile('notes.txt', 'These are notes.\nNothing else.\n');
    await open(uri);
    const asked = verify();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    const stopAsking = setInterval(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 200);
    const reports = await asked;
    clearInterval(stopAsking);
    assert.deepEqual(reports, []);
    assert.deepEqual(findings(uri, true), []);
  });

  it('reads a file whose name says nothing, by its content', async () => {
    const uri = temporaryFile('evidence', fs.readFileSync(projectFile('sample', 'tampered.jsonl').fsPath));
    await open(uri);
    await verify();
    assert.deepEqual(inShort(uri), TAMPERED);
  });
});
