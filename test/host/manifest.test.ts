import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/ids';
import { projectFile } from './support';

interface Manifest {
  readonly activationEvents: string[];
  readonly capabilities: { untrustedWorkspaces: { supported: boolean }; virtualWorkspaces: boolean };
  readonly contributes: { commands: { command: string }[]; menus: Record<string, { command: string }[]> };
}

const manifest = JSON.parse(fs.readFileSync(projectFile('package.json').fsPath, 'utf8')) as Manifest;

describe('Workspace trust', () => {
  it('is as this run wants it: not granted in the restricted one', () => {
    assert.equal(vscode.workspace.isTrusted, process.env.AEGIS_TEST_TRUST !== 'restricted');
  });
});

describe('The manifest', () => {
  it('declares exactly the commands that the code has, and VS Code knows them', async () => {
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(declared, Object.values(COMMANDS).toSorted());
    await vscode.extensions.getExtension('aegis-audit-trail.aegis-audit-trail')?.activate();
    const known = await vscode.commands.getCommands(true);
    for (const command of declared) assert.ok(known.includes(command), command);
  });

  it('puts only declared commands into menus', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command);
    for (const items of Object.values(manifest.contributes.menus)) {
      for (const { command } of items) assert.ok(declared.includes(command), command);
    }
  });

  it('starts nothing before it is needed', () => {
    assert.deepEqual(manifest.activationEvents, []);
  });

  it('works in workspaces that are not trusted and in virtual ones', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });
});
