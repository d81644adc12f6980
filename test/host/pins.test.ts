import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PinState } from '../../src/core/chain/pins/judgePin';
import type { ChainReport } from '../../src/core/chain/report';
import { verdictLine, tailSentence } from '../../src/core/chain/verdictText';
import { defaultPinsFile } from '../../src/pins/pinsFile';
import { altered, chainOf, content, forge, textOf, type Line } from '../unit/support/chains';
import { chainFile, entriesAfter, lens, RECORDED, replace, twenty } from './chains';
import { choosing, saidDuringTests } from './messages';
import { findings, kindOf, open, projectFile, temporaryFile, verify } from './support';

const LATER = '2099-01-01T00:00:00+00:00';

const pin = (uri: vscode.Uri): Thenable<unknown> => vscode.commands.executeCommand('aegis.pinHead', uri);

/** What somebody can do to a pinned chain of 20 entries, what it is called, and what is said of it. */
const ATTACKS: readonly { what: string; state: PinState; says: RegExp; attack: (uri: vscode.Uri) => unknown }[] = [
  {
    what: 'its end was cut off',
    state: 'cut',
    says: /^The end was cut off: 20 entries were pinned on .*, and 15 are there now\./,
    attack: (uri) => replace(uri, textOf(twenty().slice(0, 15))),
  },
  {
    what: 'it was emptied',
    state: 'emptied',
    says: /^The file was emptied: 20 entries were pinned/,
    attack: (uri) => replace(uri, ''),
  },
  {
    what: 'its end was cut off and other entries recorded since',
    state: 'continued',
    says: /^The end was cut off and other entries written in its place/,
    attack: (uri) => {
      const left = twenty().slice(0, 15);
      replace(uri, textOf([...left, ...entriesAfter(left, 8, LATER)]));
    },
  },
  {
    what: 'it was rewritten from some entry on',
    state: 'rewritten',
    says: /^The chain was rewritten: .* entry 20 is another one now\./,
    attack: (uri) => {
      const left = twenty().slice(0, 12);
      replace(uri, textOf([...left, ...entriesAfter(left, 8, RECORDED)]));
    },
  },
  {
    what: 'an older copy was put back',
    state: 'rolled_back',
    says: /^An older copy was put back: .* last modified before, on 1 Jun 2020/,
    attack: (uri) => {
      replace(uri, textOf(twenty().slice(0, 18)));
      fs.utimesSync(uri.fsPath, new Date('2020-06-01'), new Date('2020-06-01'));
    },
  },
  {
    what: 'it was deleted',
    state: 'gone',
    says: /^The file is gone: 20 entries were pinned/,
    attack: (uri) => fs.rmSync(uri.fsPath),
  },
  {
    what: 'another chain was put in its place',
    state: 'replaced',
    says: /^This is not the chain that was pinned/,
    attack: (uri) =>
      replace(
        uri,
        textOf(chainOf(Array.from({ length: 25 }, (_, i) => content(i, { agent_id: 'another', timestamp: RECORDED })))),
      ),
  },
  {
    what: 'all of it was written anew, with every hash computed again',
    state: 'replaced',
    says: /^This is not the chain that was pinned/,
    attack: (uri) => {
      const lines: Line[] = [];
      for (const { entry } of twenty())
        lines.push(
          forge({ ...entry, agent_id: 'forged', previous_hash: lines.at(-1)?.entry.entry_hash ?? '0'.repeat(64) }),
        );
      replace(uri, textOf(lines));
    },
  },
  {
    what: 'a new chain was begun in its place',
    state: 'begun_anew',
    says: /^The chain begins anew: .* was recorded later, by its timestamp\./,
    attack: (uri) => replace(uri, textOf(entriesAfter([], 25, LATER))),
  },
];

describe('A pinned chain', () => {
  const heard = saidDuringTests();

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const { what, state, says, attack } of ATTACKS) {
    it(`says so when ${what}`, async () => {
      const uri = chainFile(twenty());
      await pin(uri);
      attack(uri);
      heard.said.length = 0;
      const [report] = await verify(uri);
      assert.equal(report.valid, false);
      assert.equal(report.pin?.state, state);
      assert.equal(report.explanation.total, 0, 'the chain itself shows nothing');
      const verdicts = heard.said.filter((message) => message.startsWith('chain.jsonl: '));
      assert.equal(verdicts.length, 1);
      assert.match(verdicts[0].replace('chain.jsonl: ', ''), says);
      // Of a file that is not there no line can be marked.
      const marked = findings(uri).map((finding) => `${kindOf(finding)}: ${finding.message}`);
      if (state === 'gone') assert.deepEqual(marked, []);
      else assert.match(marked.join(), new RegExp(`^pin-${state}: ${says.source.slice(1)}`));
    });

    it(`claims nothing of the kind without a pin, and not the contrary either, when ${what}`, async () => {
      const uri = chainFile(twenty());
      attack(uri);
      const [report] = (await (fs.existsSync(uri.fsPath) && fs.statSync(uri.fsPath).size > 0
        ? verify(uri)
        : notChosen(uri))) as (ChainReport | undefined)[];
      assert.deepEqual(findings(uri), []);
      if (report === undefined) {
        assert.ok(
          heard.said.every((message) => !/pin|cut|emptied/.test(message)),
          heard.said.join(),
        );
        return;
      }
      assert.equal(report.pin, null);
      assert.equal(report.tail, 'unpinned');
      assert.match(verdictLine(report), /tail not pinned/);
      assert.match(tailSentence(report), /a chain alone cannot show that entries were cut off its end/);
    });
  }

  it('is known to be an older copy where it ends as it was pinned before, whatever the time of the file', async () => {
    const uri = chainFile(twenty().slice(0, 14));
    await pin(uri);
    replace(uri, textOf(twenty()));
    await pin(uri);
    replace(uri, textOf(twenty().slice(0, 14)));
    const [{ pin: verdict }] = await verify(uri);
    assert.deepEqual([verdict?.state, verdict?.lastHolding?.count], ['rolled_back', 14]);
  });

  it('tells a cut from a break: an entry that is gone from the middle shifts the pinned one', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    replace(uri, textOf(twenty().filter((_, i) => i !== 7)));
    const [report] = await verify(uri);
    assert.equal(report.pin?.state, 'shifted');
    assert.deepEqual(findings(uri).map(kindOf), ['deleted', 'pin-shifted']);
  });

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
    await pin(uri);
    assert.match((await lens(uri))[0], /^Chain intact, as pinned: 23 entries verified/);
  });

  it('is compared with its pin in a list that says what was pinned and what is there', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    replace(uri, textOf(twenty().slice(0, 15)));
    const [title, what, ...rest] = await choosing(undefined, () =>
      vscode.commands.executeCommand('aegis.comparePin', uri),
    );
    assert.equal(title, 'chain.jsonl: cut off since it was pinned');
    assert.equal(what, '$(error) The end was cut off');
    for (const label of [/^\$\(pinned\) Pinned on /, /^\$\(file\) Now$/, /Go to Line 15$/, /Unpin…$/])
      assert.ok(
        rest.some((each) => label.test(each)),
        String(label),
      );
    assert.ok(!rest.some((each) => each.includes('Pin This Head')), 'what is wrong is not offered to be pinned');
  });

  it('is listed with the others, and the list leads to the comparison', async () => {
    const uri = chainFile(twenty(), 'listed $(bug).jsonl');
    await pin(uri);
    const shown = await choosing(undefined, () => vscode.commands.executeCommand('aegis.showPins'));
    assert.ok(shown.includes('$(pinned) listed $ (bug).jsonl'), shown.join());
  });
});

describe('Pinning', () => {
  const heard = saidDuringTests();

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('says what was pinned, and where to keep it', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    assert.deepEqual(heard.said, [
      'chain.jsonl: pinned at 20 entries. Keep it where the agent cannot write, too: what runs as you can change your profile.',
    ]);
    const added = JSON.parse(pinsText().trimEnd().split('\n').at(-1)!) as Record<string, unknown>;
    assert.deepEqual(
      [added.action, added.path, added.count, added.last_hash],
      ['pin', uri.fsPath, 20, twenty()[19].entry.entry_hash],
    );
  });

  /** What is said on pinning, and that nothing was written. */
  async function refusal(uri: vscode.Uri): Promise<string[]> {
    const before = pinsText();
    heard.said.length = 0;
    await pin(uri);
    assert.equal(pinsText(), before);
    return [...heard.said];
  }

  it('is refused for a chain that is broken', async () => {
    const broken = chainFile(twenty().map((line, i) => (i === 4 ? altered(line, { decision: 'block' }) : line)));
    assert.deepEqual(await refusal(broken), ['chain.jsonl: Not pinned: only a chain without breaks can be pinned.']);
  });

  it('is refused for a file that is empty, that is no chain, or that is not there', async () => {
    for (const uri of [chainFile([]), temporaryFile('chain.jsonl', '{"a": 1}\n')])
      assert.deepEqual(await refusal(uri), ['chain.jsonl is no audit chain, so there is nothing to pin.']);
    const gone = chainFile(twenty());
    fs.rmSync(gone.fsPath);
    assert.equal((await refusal(gone)).length, 1);
  });

  it('is refused for a text that was not saved', async () => {
    const editor = await open(chainFile(twenty()));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
    assert.deepEqual(await refusal(editor.document.uri), [
      'chain.jsonl (unsaved text) is not pinned: it has unsaved changes. Save it first.',
    ]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const untitled = await vscode.workspace.openTextDocument({ content: textOf(twenty()), language: 'jsonl' });
    assert.equal((await refusal(untitled.uri)).length, 1);
  });

  it('is refused for a chain that is not as it was pinned before: a new pin would make the cut look right', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    replace(uri, textOf(twenty().slice(0, 10)));
    const [said] = await refusal(uri);
    assert.match(said, /^chain\.jsonl: Not pinned, because it is not as it was pinned before\. The end was cut off/);
  });

  it('says so where the head is pinned already', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    assert.match(
      (await refusal(uri)).join(),
      /^chain\.jsonl: It is pinned at this head already, since .* \(20 entries\)\.$/,
    );
  });

  it('is given up after asking, and what was pinned stays written', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    replace(uri, textOf(twenty().slice(0, 15)));
    await verify(uri);
    const before = pinsText();
    for (const answer of ['Keep', undefined]) {
      heard.answer = answer;
      await vscode.commands.executeCommand('aegis.unpin', uri);
      assert.equal(pinsText(), before);
    }
    assert.match(
      heard.said.at(-1) ?? '',
      /^Give up the pin of chain\.jsonl \(20 entries, .* UTC\)\? A cut at its end will no longer show\.$/,
    );
    heard.answer = 'Unpin';
    await vscode.commands.executeCommand('aegis.unpin', uri);
    assert.ok(pinsText().startsWith(before), 'nothing is taken out');
    assert.equal(pinsText().slice(before.length).trimEnd().split('\n').length, 1);
    assert.deepEqual(findings(uri), [], 'it is shown as it is without a pin');
    const [report] = await verify(uri);
    assert.deepEqual([report.valid, report.pin], [true, null]);
  });

  it('of a file that is gone can be given up', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    fs.rmSync(uri.fsPath);
    await verify(uri);
    heard.answer = 'Unpin';
    await vscode.commands.executeCommand('aegis.unpin', uri);
    heard.said.length = 0;
    await vscode.commands.executeCommand('aegis.unpin', uri);
    assert.deepEqual(heard.said, ['chain.jsonl is not pinned.']);
  });
});

describe('Pins of the editor and of the command line', () => {
  const heard = saidDuringTests();

  it('are the same: what the editor pinned is held by the command line', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    replace(uri, textOf(twenty().slice(0, 15)));
    const { status, stdout } = aegis('verify', '--against-pin', uri.fsPath, '--format', 'json');
    assert.equal(status, 1);
    assert.equal((JSON.parse(stdout) as { pin: { state: string } }).pin.state, 'cut');
    assert.match(aegis('pins', 'list').stdout, new RegExp(path.basename(path.dirname(uri.fsPath))));
  });

  it('are the same: what the command line pinned is held by the editor', async () => {
    const uri = chainFile(twenty());
    assert.equal(aegis('verify', '--pin', uri.fsPath).status, 0);
    const [report] = await verify(uri);
    assert.equal(report.pin?.state, 'holds');
    assert.equal(aegis('pins', 'remove', uri.fsPath).status, 0);
    assert.equal((await verify(uri))[0].pin, null);
  });

  it('are exported as text, and imported again', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    const kept = temporaryFile('kept.jsonl', '');
    await vscode.commands.executeCommand('aegis.exportPins', kept);
    const text = fs.readFileSync(kept.fsPath, 'utf8');
    assert.ok(text.includes(JSON.stringify(uri.fsPath)));
    assert.match(heard.said.at(-1) ?? '', /^Exported the pins of \d+ chains? to kept\.jsonl\.$/);
    assert.equal(aegis('pins', 'remove', uri.fsPath).status, 0);
    assert.equal((await verify(uri))[0].pin, null);
    const own = text.split('\n').filter((line) => line.includes(JSON.stringify(uri.fsPath)));
    fs.writeFileSync(kept.fsPath, `${own.join('\n')}\n`);
    await vscode.commands.executeCommand('aegis.importPins', kept);
    assert.equal(heard.said.at(-1), 'Imported 1 pin from kept.jsonl. Verify a chain to hold it against its pin.');
    assert.equal((await verify(uri))[0].pin?.state, 'holds');
    const before = pinsText();
    await vscode.commands.executeCommand('aegis.importPins', kept);
    assert.equal(pinsText(), before, 'what is there already is not added again');
  });

  it('are exported by the one and imported by the other', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    const line = pinsText().trimEnd().split('\n').at(-1)!;
    const kept = temporaryFile('kept.jsonl', `${line}\n`);
    const elsewhere = path.join(path.dirname(kept.fsPath), 'pins.jsonl');
    assert.equal(aegis('pins', 'import', kept.fsPath, '--pins', elsewhere).status, 0);
    assert.equal(aegis('verify', '--against-pin', uri.fsPath, '--pins', elsewhere).status, 0);
    assert.equal(aegis('pins', 'export', '--pins', elsewhere).stdout, `${line}\n`);
  });

  it('of a chain that lies elsewhere here are imported for the one that is chosen', async () => {
    const uri = chainFile(twenty());
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const here = vscode.Uri.joinPath(folder.uri, 'moved.jsonl');
    await pin(uri);
    const kept = temporaryFile('kept.jsonl', `${pinsText().trimEnd().split('\n').at(-1)!}\n`);
    fs.renameSync(uri.fsPath, here.fsPath);
    try {
      const [title] = await choosing('moved.jsonl', () => vscode.commands.executeCommand('aegis.importPins', kept));
      assert.match(title, /^Which chain is the one pinned as .*chain\.jsonl on .* UTC \(20 entries\)\?$/);
      assert.equal((await verify(here))[0].pin?.state, 'holds');
    } finally {
      fs.rmSync(here.fsPath);
      aegis('pins', 'remove', here.fsPath);
    }
  });

  it('are not imported from a damaged text, not even in part', async () => {
    const uri = chainFile(twenty());
    await pin(uri);
    const good = pinsText().trimEnd().split('\n').at(-1)!;
    aegis('pins', 'remove', uri.fsPath);
    const before = pinsText();
    const kept = temporaryFile('kept.jsonl', `${good}\n{"action":"pin"}\n`);
    await vscode.commands.executeCommand('aegis.importPins', kept);
    assert.equal(pinsText(), before);
    assert.match(heard.said.at(-1) ?? '', /^kept\.jsonl: Line 2 is no pin: .* Nothing was imported\.$/);
  });
});

/** Verifies what is no chain: the list that asks for another one is closed. */
async function notChosen(uri: vscode.Uri): Promise<ChainReport[]> {
  const closing = setInterval(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 100);
  try {
    // A file that is not there gives no reports at all.
    return (await verify(uri)) ?? [];
  } finally {
    clearInterval(closing);
  }
}

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
