import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ChainReport } from '../../src/core/chain/report';
import { verdictLine, tailSentence } from '../../src/core/chain/verdictText';
import { defaultPinsFile } from '../../src/pins/pinsFile';
import { altered, chainOf, content, forge, textOf, type Line } from '../unit/support/chains';
import { chainFile, entriesAfter, lens, replace, twenty } from './chains';
import { findings, kindOf, open, projectFile, temporaryFile, verify } from './support';

const LATER = '2099-01-01T00:00:00+00:00';

const pin = (uri: vscode.Uri): Thenable<unknown> => vscode.commands.executeCommand('aegis.pinHead', uri);

/** What somebody can do to a pinned chain of 20 entries, and what it is called. */
const ATTACKS: readonly { what: string; state: string; attack: (uri: vscode.Uri) => void }[] = [
  { what: 'its end was cut off', state: 'cut', attack: (uri) => replace(uri, textOf(twenty().slice(0, 15))) },
  { what: 'it was emptied', state: 'emptied', attack: (uri) => replace(uri, '') },
  {
    what: 'its end was cut off and other entries recorded since',
    state: 'continued',
    attack: (uri) => {
      const left = twenty().slice(0, 15);
      replace(uri, textOf([...left, ...entriesAfter(left, 8, LATER)]));
    },
  },
  {
    what: 'it was rewritten from some entry on',
    state: 'rewritten',
    attack: (uri) => {
      const left = twenty().slice(0, 12);
      const time = twenty()[0].entry.timestamp;
      replace(uri, textOf([...left, ...entriesAfter(left, 8, time)]));
    },
  },
  {
    what: 'an older copy was put back',
    state: 'rolled_back',
    attack: (uri) => {
      replace(uri, textOf(twenty().slice(0, 18)));
      fs.utimesSync(uri.fsPath, new Date('2020-01-01'), new Date('2020-01-01'));
    },
  },
  { what: 'it was deleted', state: 'gone', attack: (uri) => fs.rmSync(uri.fsPath) },
  {
    what: 'another chain was put in its place',
    state: 'replaced',
    attack: (uri) =>
      replace(uri, textOf(chainOf(Array.from({ length: 25 }, (_, i) => content(i, { agent_id: 'another' }))))),
  },
  {
    what: 'a new chain was begun in its place',
    state: 'begun_anew',
    attack: (uri) => replace(uri, textOf(entriesAfter([], 25, LATER))),
  },
];

describe('A pinned chain', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const { what, state, attack } of ATTACKS) {
    it(`says so when ${what}`, async () => {
      const uri = chainFile(twenty());
      await pin(uri);
      attack(uri);
      const [report] = await verify(uri);
      assert.equal(report.valid, false);
      assert.equal(report.pin?.state, state);
      const marked = findings(uri).map(kindOf);
      assert.ok(state === 'gone' || marked.includes(`pin-${state}`), marked.join());
    });

    if (state !== 'gone' && state !== 'emptied') {
      it(`claims nothing of the kind without a pin, and not the contrary either, when ${what}`, async () => {
        const uri = chainFile(twenty());
        attack(uri);
        const [report] = await verify(uri);
        assert.equal(report.pin, null);
        assert.equal(report.tail, 'unpinned');
        assert.match(verdictLine(report), /tail not pinned/);
        assert.match(tailSentence(report), /a chain alone cannot show that entries were cut off its end/);
      });
    }
  }

  it('that only grew is as pinned, and the lens says how much came since', async () => {
    const lines = twenty();
    const uri = chainFile(lines);
    await pin(uri);
    fs.appendFileSync(uri.fsPath, textOf(entriesAfter(lines, 3, LATER)));
    await open(uri);
    const [report] = await verify(uri);
    assert.equal(report.valid, true);
    assert.equal(report.appended, 3);
    const said = await lens(uri);
    assert.match(said[0], /^Chain intact, as pinned, with 3 entries since: 23 entries verified/);
    assert.deepEqual(said.slice(1), ['Verify Again', 'Pin This Head', 'Compare with Pin']);
  });

  it('is not pinned where it is broken, not as it was pinned before, empty or unsaved', async () => {
    const before = pinsText();
    const broken = chainFile(twenty().map((line, i) => (i === 4 ? altered(line, { decision: 'auto!' }) : line)));
    await pin(broken);
    const unsaved = await open(chainFile(twenty()));
    await unsaved.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
    await pin(unsaved.document.uri);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    assert.equal(pinsText(), before);
    const cut = chainFile(twenty());
    await pin(cut);
    const pinned = pinsText();
    replace(cut, textOf(twenty().slice(0, 10)));
    await pin(cut);
    assert.equal(pinsText(), pinned, 'a new pin would make the cut look right');
  });

  it('is held by the command line against the same pin', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    replace(uri, textOf(twenty().slice(0, 15)));
    const { status, stdout } = aegis('verify', '--against-pin', uri.fsPath, '--format', 'json');
    assert.equal(status, 1);
    assert.equal((JSON.parse(stdout) as { pin: { state: string } }).pin.state, 'cut');
    assert.match(aegis('pins', 'list').stdout, new RegExp(path.basename(path.dirname(uri.fsPath))));
  });

  it('is held in the editor against a pin of the command line', async () => {
    const uri = chainFile(twenty());
    assert.equal(aegis('verify', '--pin', uri.fsPath).status, 0);
    const [report] = await verify(uri);
    assert.equal(report.pin?.state, 'holds');
  });

  it('is exported as text, and imported again', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    const kept = temporaryFile('kept.jsonl', '');
    await vscode.commands.executeCommand('aegis.exportPins', kept);
    const text = fs.readFileSync(kept.fsPath, 'utf8');
    assert.ok(text.includes(JSON.stringify(uri.fsPath)));
    assert.equal(aegis('pins', 'remove', uri.fsPath).status, 0);
    const report = async (): Promise<ChainReport> => (await verify(uri))[0];
    assert.equal((await report()).pin, null);
    const own = text.split('\n').filter((line) => line.includes(JSON.stringify(uri.fsPath)));
    fs.writeFileSync(kept.fsPath, `${own.join('\n')}\n`);
    await vscode.commands.executeCommand('aegis.importPins', kept);
    assert.equal((await report()).pin?.state, 'holds');
  });

  it('imports nothing of a damaged text', async () => {
    const before = pinsText();
    await vscode.commands.executeCommand('aegis.importPins', temporaryFile('kept.jsonl', '{"action":"pin"}\n'));
    assert.equal(pinsText(), before);
  });

  it('is one whose first entry was forged in a rewritten chain of the same length: told from the pin alone', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    const lines: Line[] = [];
    for (const { entry } of twenty())
      lines.push(
        forge({ ...entry, agent_id: 'forged', previous_hash: lines.at(-1)?.entry.entry_hash ?? '0'.repeat(64) }),
      );
    replace(uri, textOf(lines));
    const [report] = await verify(uri);
    assert.equal(report.explanation.total, 0, 'the chain itself shows nothing');
    assert.equal(report.pin?.state, 'replaced');
  });
});

function pinsText(): string {
  const file = defaultPinsFile();
  assert.ok(file.startsWith(os.homedir()), 'the profile of this server');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function aegis(...args: string[]): ReturnType<typeof spawnSync> & { stdout: string } {
  return spawnSync(process.execPath, [projectFile('dist', 'cli.js').fsPath, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}
