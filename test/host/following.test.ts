import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { readChainFile } from '../../src/chainfile/chainFile';
import type { ChainVerifier } from '../../src/host/chain/chainVerifier';
import { Following } from '../../src/host/chain/following';
import { VerifiedChains } from '../../src/host/chain/verifiedChains';
import { altered, chainOfLength, textOf, type Line } from '../unit/support/chains';
import { chainFile, entriesAfter, hoverAt, lens, lensSays, RECORDED, replace, twenty } from './chains';
import { saidDuringTests } from './messages';
import { findings, inShort, open, projectFile, temporaryFile, until, verify } from './support';

const NOW = '2020-05-01T11:00:00+00:00';

/** A program that appends lines to a file, one after the other, as an agent does. */
const WRITER = `
const { appendFileSync, readFileSync } = require('node:fs');
const lines = JSON.parse(readFileSync(0, 'utf8'));
const timer = setInterval(() => {
  const line = lines.shift();
  if (line === undefined) clearInterval(timer);
  else appendFileSync(process.argv[1], line + '\\n');
}, 150);
`;

describe('A chain that is followed', () => {
  let lines: Line[];
  let uri: vscode.Uri;
  const heard = saidDuringTests();

  beforeEach(async () => {
    lines = twenty();
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

  it('is verified as another program writes it, entry by entry', async () => {
    const added = entriesAfter(lines, 12, NOW).map(({ line }) => line);
    const writer = spawn(process.execPath, ['-e', WRITER, uri.fsPath], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    writer.stdin.end(JSON.stringify(added));
    const counts = new Set<string>();
    await until('all are verified', async () => {
      const [said] = await lens(uri);
      counts.add(/Following: (\d+) new/.exec(said)?.[1] ?? said);
      return counts.has('12');
    });
    assert.ok(counts.size > 3, `they were verified as they came: ${[...counts].join(', ')}`);
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

  it('has an entry that does not follow on the one before it marked within two seconds, and it is told', async () => {
    const [first, second, third] = entriesAfter(lines, 3, NOW);
    fs.appendFileSync(uri.fsPath, textOf([first, altered(second, { decision: 'block' }), third]));
    await until('the line is marked', () => inShort(uri).join() === '22 modified', 2);
    assert.deepEqual(
      heard.said.filter((message) => message.includes('Chain broken')),
      [
        'chain.jsonl: Chain broken, tail not pinned: 1 break in 23 entries. A chain alone cannot show that entries were cut off its end.',
      ],
    );
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
    const [said, ...actions] = await lensSays(
      uri,
      /^Chain cut off since it was followed: 22 entries now, 24 were seen/,
    );
    assert.doesNotMatch(said, /Following:/);
    assert.deepEqual(actions, ['Verify Again'], 'there is no pin to compare it with');
    assert.doesNotMatch(await hoverAt(uri, 21), /comparePin/);
    assert.deepEqual(
      findings(uri).map(({ code }) => code),
      ['pin-cut'],
    );
    const [{ message }] = findings(uri);
    assert.match(message, /^The end was cut off: 24 entries were seen on .*, and 22 are there now\./);
    assert.match(
      heard.said.at(-1) ?? '',
      /^chain\.jsonl, no longer followed: The end was cut off: 24 entries were seen/,
    );
    append(entriesAfter(lines.splice(22), 1, NOW));
    await lensSays(uri, /^Grown since verified/, 5);
  });

  it('is held against its pin rather than against what was seen, where it is pinned', async () => {
    await vscode.commands.executeCommand('aegis.pinHead', uri);
    await lensSays(uri, /as pinned: 20 entries verified\. Following: 0 new/);
    replace(uri, textOf(lines.slice(0, 15)));
    await lensSays(uri, /^Chain cut off since it was pinned: 15 entries now, 20 were pinned/);
  });

  it('is followed on where its file was only put in its place again', async () => {
    const other = `${uri.fsPath}.new`;
    fs.writeFileSync(other, textOf(lines));
    fs.renameSync(other, uri.fsPath);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    append(entriesAfter(lines, 2, NOW));
    await lensSays(uri, /22 entries verified\. Following: 2 new entries verified/, 5);
    assert.deepEqual(heard.said, []);
  });

  it('is told from another one that was put in its place', async () => {
    const other = chainOfLength(30, { agent_id: 'another', timestamp: RECORDED });
    replace(uri, textOf(other));
    await lensSays(uri, /^Chain not the one that was followed: 30 entries now, 20 were seen/);
    assert.deepEqual(
      findings(uri).map(({ code }) => code),
      ['pin-replaced'],
    );
  });

  it('says so when it is deleted', async () => {
    fs.rmSync(uri.fsPath);
    await lensSays(uri, /^Followed file is gone: 20 entries were seen/, 5);
    assert.match(heard.said.at(-1) ?? '', /^chain\.jsonl, no longer followed: The file is gone: 20 entries were seen/);
  });

  it('is followed on when it is verified by hand meanwhile', async () => {
    append(entriesAfter(lines, 3, NOW));
    await lensSays(uri, /Following: 3 new entries/, 3);
    await verify(uri);
    await lensSays(uri, /Following: 0 new entries verified; the first 23 not read again/);
    append(entriesAfter(lines, 2, NOW));
    await lensSays(uri, /Following: 2 new entries verified; the first 23/, 3);
  });

  it('is followed no more once it is edited', async () => {
    const editor = vscode.window.activeTextEditor!;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
    const [said] = await lensSays(uri, /^Edited since verified/);
    assert.doesNotMatch(said, /Following/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is followed no more when that is asked for', async () => {
    await vscode.commands.executeCommand('aegis.stopFollowing', uri);
    await lensSays(uri, /^Chain intact, tail not pinned: 20 entries verified at/);
    append(entriesAfter(lines, 1, NOW));
    await lensSays(uri, /^Grown since verified/);
  });
});

describe('Following a chain', () => {
  const heard = saidDuringTests();

  it('is refused with a sentence where there is nothing to go on from', async () => {
    const half = temporaryFile('half.jsonl', textOf(chainOfLength(3)).slice(0, -1));
    await vscode.commands.executeCommand('aegis.followChain', half);
    const none = temporaryFile('none.jsonl', '{"no": "chain"}\n');
    await vscode.commands.executeCommand('aegis.followChain', none);
    await vscode.commands.executeCommand('aegis.followChain', vscode.Uri.parse('untitled:new.jsonl'));
    assert.deepEqual(heard.said, [
      'half.jsonl cannot be followed: its last line has no line end yet, or it begins with a byte order mark.',
      'none.jsonl cannot be followed: it is no chain.',
      'new.jsonl cannot be followed: it is no file of this machine.',
    ]);
  });

  it('goes on where all is verified by hand just while what was appended is read', async () => {
    const lines = chainOfLength(20);
    const uri = chainFile(lines);
    const workerScript = projectFile('dist', 'chain-worker.js').fsPath;
    const { report, checkpoint } = await readChainFile(uri.fsPath, { algorithm: 'auto', workerScript });
    const verified = {
      uri,
      report,
      checkpoint,
      verifiedAt: new Date(),
      isText: false,
      isLarge: false,
      freshness: 'fresh',
      marks: [],
      digest: undefined,
      stamp: undefined,
      unreadPins: 0,
      following: undefined,
    } as const;
    const appended = textOf(entriesAfter(lines, 20_000, NOW));
    const chains = new VerifiedChains();
    const following = new Following(chains, { workerScript } as ChainVerifier);
    try {
      chains.set(verified);
      await following.start(uri);
      fs.appendFileSync(uri.fsPath, appended);
      // It is looked at after a quarter of a second, and reading so much takes a while.
      await new Promise((resolve) => setTimeout(resolve, 270));
      chains.set({ ...verified, verifiedAt: new Date() });
      await until('it is followed', () => chains.get(uri)?.following?.added === 20_000, 5);
    } finally {
      following.dispose();
      chains.dispose();
    }
  });
});
