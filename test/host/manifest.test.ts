import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { MARK_KINDS } from '../../src/host/chain/markKinds';
import { COLORS, COMMANDS, CONTEXTS, EXCERPT, SETTINGS, TIMELINE, VIEWS } from '../../src/host/ids';
import { projectFile } from './support';

interface Manifest {
  readonly activationEvents: string[];
  readonly capabilities: { untrustedWorkspaces: { supported: boolean }; virtualWorkspaces: boolean };
  readonly contributes: {
    commands: { command: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string; when?: string }[];
    viewsWelcome: { when?: string }[];
    views: Record<string, { id: string; when?: string }[]>;
    configuration: { properties: Record<string, unknown> };
    colors: { id: string }[];
    languages: { id: string }[];
    configurationDefaults: Record<string, Record<string, unknown>>;
  };
}

const manifest = JSON.parse(fs.readFileSync(projectFile('package.json').fsPath, 'utf8')) as Manifest;
const { contributes } = manifest;

describe('Workspace trust', () => {
  it('is as this run wants it: not granted in the restricted one', () => {
    assert.equal(vscode.workspace.isTrusted, process.env.AEGIS_TEST_TRUST !== 'restricted');
  });
});

describe('The manifest', () => {
  it('declares exactly the commands that the code has, and VS Code knows them', async () => {
    const declared = contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(declared, Object.values(COMMANDS).toSorted());
    await vscode.extensions.getExtension('aegis-audit-trail.aegis-audit-trail')?.activate();
    const known = await vscode.commands.getCommands(true);
    for (const command of declared) assert.ok(known.includes(command), command);
  });

  it('puts only declared commands into menus and keys', () => {
    const declared = contributes.commands.map(({ command }) => command);
    for (const items of [...Object.values(contributes.menus), contributes.keybindings])
      for (const { command } of items) assert.ok(declared.includes(command), command);
  });

  it('declares the views, settings, colours and the language that the code has', () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(
      views.map(({ id }) => id),
      Object.values(VIEWS),
    );
    const { section, ...names } = SETTINGS;
    const settings = Object.values(names).map((name) => `${section}.${name}`);
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), settings.sort());
    assert.deepEqual(contributes.colors.map(({ id }) => id).sort(), Object.values<string>(COLORS).sort());
    assert.deepEqual(
      contributes.languages.map(({ id }) => id),
      [EXCERPT.language],
    );
  });

  it('asks in its conditions only for what the code sets', () => {
    const { menus, keybindings, views, viewsWelcome } = contributes;
    const items = [...Object.values(menus).flat(), ...keybindings, ...Object.values(views).flat(), ...viewsWelcome];
    const conditions = items.map(({ when }) => when ?? '');
    const asked = new Set(conditions.join(' ').match(/\baegis\.[a-z]\w*/gi));
    for (const name of asked)
      assert.ok([...Object.values<string>(CONTEXTS), ...Object.values<string>(VIEWS), TIMELINE].includes(name), name);
    for (const name of Object.values(CONTEXTS)) assert.ok(asked.has(name), name);
  });

  it('makes no links of what an excerpt shows', () => {
    assert.equal(contributes.configurationDefaults[`[${EXCERPT.language}]`]['editor.links'], false);
  });

  it('has a gutter icon for each kind of mark, for light and for dark themes', () => {
    for (const kind of MARK_KINDS)
      for (const theme of ['light', 'dark'])
        assert.ok(fs.existsSync(projectFile('media', 'gutter', `${kind}-${theme}.svg`).fsPath), `${kind} ${theme}`);
  });

  it('starts with the first JSON-lines or YAML document, which may be one that it has to mark, or with a document or page of its own that was left open, and not before', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onLanguage:jsonl',
      'onLanguage:yaml',
      `onFileSystem:${EXCERPT.scheme}`,
      `onWebviewPanel:${TIMELINE}`,
    ]);
  });

  it('works in workspaces that are not trusted and in virtual ones', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });
});
