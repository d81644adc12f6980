import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { chainOfLength, textOf } from '../unit/support/chains';

interface Verified {
  readonly uri: vscode.Uri;
  readonly report: { readonly valid: boolean };
}

/** What Verify All Chains verified, by path in the workspace. */
async function verifyAll(): Promise<Record<string, boolean>> {
  await vscode.commands.executeCommand('aegis.refreshChains');
  const chains = await vscode.commands.executeCommand<Verified[]>('aegis.verifyAllChains');
  const folder = workspace();
  const inside = chains.filter(({ uri }) => uri.fsPath.startsWith(folder));
  return Object.fromEntries(inside.map(({ uri, report }) => [path.relative(folder, uri.fsPath), report.valid]));
}

function workspace(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined);
  return folder.uri.fsPath;
}

function write(name: string, text: string): string {
  const file = path.join(workspace(), name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

describe('Verify All Chains', () => {
  const written: string[] = [];

  afterEach(async () => {
    for (const file of written.splice(0)) fs.rmSync(file);
    await vscode.workspace
      .getConfiguration('aegis')
      .update('chains.files', undefined, vscode.ConfigurationTarget.Global);
  });

  it('verifies the chains of the workspace and tells the broken ones', async () => {
    assert.deepEqual(await verifyAll(), { 'intact.jsonl': true, 'tampered.jsonl': false });
  });

  it('finds chains by their content: under other names, and no file that only has the name', async () => {
    written.push(write('deep/down/audit.log', textOf(chainOfLength(3))));
    written.push(write('other.jsonl', '{"no": "chain"}\n'));
    written.push(write('node_modules/package/chain.jsonl', textOf(chainOfLength(3))));
    assert.deepEqual(await verifyAll(), {
      [path.join('deep', 'down', 'audit.log')]: true,
      'intact.jsonl': true,
      'tampered.jsonl': false,
    });
  });

  it('looks where the setting says', async () => {
    written.push(write('trail.audit', textOf(chainOfLength(3))));
    await vscode.workspace
      .getConfiguration('aegis')
      .update('chains.files', ['**/*.audit'], vscode.ConfigurationTarget.Global);
    assert.equal((await verifyAll())['trail.audit'], true);
  });
});
