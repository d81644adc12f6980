import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { inShort, open, projectFile, verify } from './support';

/** A file system that exists only in memory, as that of a remote repository does. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly written: string[] = [];
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  constructor(private readonly files: ReadonlyMap<string, Uint8Array>) {}

  watch(): vscode.Disposable {
    return this.changed;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const content = this.files.get(uri.path);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    this.written.push(uri.path);
  }

  writeFile(uri: vscode.Uri): void {
    this.written.push(uri.path);
  }

  delete(uri: vscode.Uri): void {
    this.written.push(uri.path);
  }

  rename(uri: vscode.Uri): void {
    this.written.push(uri.path);
  }
}

describe('A chain that is no file of this machine', () => {
  const tampered = fs.readFileSync(projectFile('sample', 'tampered.jsonl').fsPath);
  const files = new MemoryFiles(new Map([['/tampered.jsonl', tampered]]));
  const uri = vscode.Uri.parse('aegis-test:/tampered.jsonl');
  let registered: vscode.Disposable;

  before(() => {
    registered = vscode.workspace.registerFileSystemProvider('aegis-test', files);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    registered.dispose();
  });

  it('is verified as one of this machine is, and nothing is written', async () => {
    await open(uri);
    await verify();
    assert.deepEqual(inShort(uri), [
      '10 modified',
      '15 rehashed',
      '20 deleted',
      '24 inserted',
      '35 reordered',
      '38 duplicated',
    ]);
    assert.deepEqual(files.written, []);
  });

  it('gets a sentence where it cannot be read', async () => {
    const reports = await verify(vscode.Uri.parse('aegis-test:/gone.jsonl'));
    assert.equal(reports, undefined);
  });
});
