import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { chainOfLength, textOf } from '../unit/support/chains';
import { copyOf } from './chains';
import { saidDuringTests } from './messages';
import { until, verify } from './support';

interface Verified {
  readonly uri: vscode.Uri;
  readonly report: { readonly valid: boolean };
}

/** What Verify All Chains verified, by path in the workspace. */
async function verifyAll(): Promise<Record<string, boolean>> {
  const chains = await vscode.commands.executeCommand<Verified[]>('aegis.verifyAllChains');
  const folder = workspace();
  const inside = chains.filter(({ uri }) => uri.fsPath.startsWith(folder));
  return Object.fromEntries(inside.map(({ uri, report }) => [path.relative(folder, uri.fsPath), report.valid]));
}

const refresh = (): Thenable<unknown> => vscode.commands.executeCommand('aegis.refreshChains');

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
  const heard = saidDuringTests();
  const written: string[] = [];

  afterEach(async () => {
    for (const file of written.splice(0)) fs.rmSync(file);
    await vscode.workspace
      .getConfiguration('aegis')
      .update('chains.files', undefined, vscode.ConfigurationTarget.Global);
  });

  it('verifies the chains of the workspace and tells the broken ones', async () => {
    await refresh();
    assert.deepEqual(await verifyAll(), { 'intact.jsonl': true, 'tampered.jsonl': false });
  });

  it('finds chains by their content: under other names, and no file that only has the name', async () => {
    written.push(write('deep/down/audit.log', textOf(chainOfLength(3))));
    written.push(write('other.jsonl', '{"no": "chain"}\n'));
    written.push(write('node_modules/package/chain.jsonl', textOf(chainOfLength(3))));
    await refresh();
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

  it('knows of chains that come and go without being told to look', async () => {
    const known = async (): Promise<string[]> => Object.keys(await verifyAll());
    await refresh();
    assert.deepEqual(await known(), ['intact.jsonl', 'tampered.jsonl']);
    const file = write('late.jsonl', textOf(chainOfLength(3)));
    await until('the new chain is known', async () => (await known()).includes('late.jsonl'));
    fs.rmSync(file);
    await until('it is known no more', async () => !(await known()).includes('late.jsonl'));
  });

  it('goes on where a file cannot be read, and sums up what was found', async () => {
    const gone = copyOf('intact.jsonl');
    await verify(gone);
    fs.rmSync(gone.fsPath);
    heard.said.length = 0;
    assert.equal((await verifyAll())['intact.jsonl'], true);
    assert.match(
      heard.said.find((message) => message.includes('chains verified')) ?? '',
      /^\d+ chains verified, \d+ broken or not as pinned, \d+ could not be read\. \d+ have no pin, so a cut at the end would not show\.$/,
    );
  });
});
