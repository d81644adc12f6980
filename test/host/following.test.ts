import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { chainOfLength, textOf, type Line } from '../unit/support/chains';
import { chainFile, entriesAfter, lensSays, replace } from './chains';
import { findings, inShort, open, until, verify } from './support';

const NOW = '2026-03-29T11:00:00+00:00';

describe('A chain that is followed', () => {
  let lines: Line[];
  let uri: vscode.Uri;

  beforeEach(async () => {
    lines = chainOfLength(20);
    uri = chainFile(lines);
    await open(uri);
    await vscode.commands.executeCommand('aegis.followChain', uri);
    await lensSays(uri, /Following: 0 new entries verified; the first 20 not read again since \d\d:\d\d:\d\d$/);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('aegis.stopFollowing', uri);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const append = (added: readonly Line[]): void => {
    lines.push(...added);
    fs.appendFileSync(uri.fsPath, textOf(added));
  };

  it('has new entries verified within two seconds, and says what was read again and what was not', async () => {
    append(entriesAfter(lines, 5, NOW));
    await lensSays(
      uri,
      /Chain intact, tail not pinned: 25 entries verified\. Following: 5 new entries verified; the first 20/,
      2,
    );
    append(entriesAfter(lines, 1, NOW));
    await lensSays(uri, /26 entries verified\. Following: 6 new entries verified; the first 20/, 2);
    assert.deepEqual(findings(uri), []);
  });

  it('waits for a line that is half written', async () => {
    const [line] = entriesAfter(lines, 1, NOW);
    fs.appendFileSync(uri.fsPath, line.line.slice(0, 50));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(findings(uri), []);
    fs.appendFileSync(uri.fsPath, `${line.line.slice(50)}\n`);
    await lensSays(uri, /Following: 1 new entry verified; the first 20/, 3);
  });

  it('has an entry that does not hold marked, all read again, and is followed on', async () => {
    fs.appendFileSync(uri.fsPath, 'no entry\n');
    await until('the line is marked', () => inShort(uri).join() === '21 malformed');
    await lensSays(uri, /1 break in 20 entries\. Following: 0 new entries verified; the first 20/);
    append(entriesAfter(lines, 2, NOW));
    await lensSays(uri, /Following: 2 new entries verified/, 3);
    assert.deepEqual(inShort(uri), ['21 malformed']);
  });

  it('is held against the head that was seen, when it becomes shorter, and is followed no more', async () => {
    append(entriesAfter(lines, 4, NOW));
    await lensSays(uri, /Following: 4 new entries/, 3);
    replace(uri, textOf(lines.slice(0, 22)));
    const [said] = await lensSays(uri, /^Chain cut off since it was followed: 22 entries now, 24 were seen/);
    assert.doesNotMatch(said, /Following:/);
    assert.deepEqual(
      findings(uri).map(({ code }) => code),
      ['pin-cut'],
    );
  });

  it('says so when it is deleted', async () => {
    fs.rmSync(uri.fsPath);
    await until('it is found to be gone', () => vscode.languages.getDiagnostics(uri).length >= 0);
    await lensSays(uri, /^Followed file is gone/);
  });

  it('is followed on when it is verified by hand meanwhile', async () => {
    append(entriesAfter(lines, 3, NOW));
    await lensSays(uri, /Following: 3 new entries/, 3);
    await verify(uri);
    await lensSays(uri, /Following: 0 new entries verified; the first 23 not read again/);
    append(entriesAfter(lines, 2, NOW));
    await lensSays(uri, /Following: 2 new entries verified; the first 23/, 3);
  });

  it('is followed no more when that is asked for', async () => {
    await vscode.commands.executeCommand('aegis.stopFollowing', uri);
    await lensSays(uri, /^Chain intact, tail not pinned: 20 entries verified at/);
    append(entriesAfter(lines, 1, NOW));
    await lensSays(uri, /^Grown since verified/);
  });
});
