import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/ids';
import { altered, forge, textOf, type Line } from '../unit/support/chains';
import { chainFile, copyOf, entriesAfter, hoverAt, hoversAt, lens, replace, twenty } from './chains';
import { saidDuringTests } from './messages';
import { findings, inShort, open, projectFile, temporaryFile, verify } from './support';

describe('What is said above a chain', () => {
  saidDuringTests();

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is an offer to verify it, as long as it was not', async () => {
    const uri = copyOf('intact.jsonl');
    await open(uri);
    assert.deepEqual(await lens(uri), ['Verify Chain']);
  });

  it('is nothing, where the document is no chain', async () => {
    const uri = temporaryFile('other.jsonl', '{"a": 1}\n{"b": 2}\n');
    await open(uri);
    assert.deepEqual(await lens(uri), []);
  });

  it('is the verdict with the tail, the entries and the time, and what can be done', async () => {
    const intact = copyOf('intact.jsonl');
    await open(intact);
    await verify(intact);
    const [said, ...actions] = await lens(intact);
    assert.match(said, /^Chain intact, tail not pinned: 84 entries verified at \d\d:\d\d:\d\d$/);
    assert.deepEqual(actions, ['Verify Again', 'Pin This Head']);
    const tampered = copyOf('tampered.jsonl');
    await open(tampered);
    await verify(tampered);
    assert.deepEqual((await lens(tampered)).slice(1), ['Verify Again', 'Next Break']);
  });

  it('is how it stands to its pin, where it has one, and the way to the comparison', async () => {
    const uri = chainFile(twenty());
    await open(uri);
    await vscode.commands.executeCommand('aegis.pinHead', uri);
    const [said, ...actions] = await lens(uri);
    assert.match(said, /^Chain intact, as pinned: 20 entries verified at/);
    assert.deepEqual(
      actions,
      ['Verify Again', 'Compare with Pin'],
      'what is pinned already is not offered to be pinned',
    );
    replace(uri, textOf(twenty().slice(0, 15)));
    await verify(uri);
    const [cut, ...then] = await lens(uri);
    assert.match(cut, /^Chain cut off since it was pinned: 15 entries now, 20 were pinned, verified at/);
    assert.deepEqual(then, ['Verify Again', 'Compare with Pin']);
  });

  it('has our own commands only, each for this chain', async () => {
    const uri = copyOf('tampered.jsonl');
    await open(uri);
    for (const state of ['before', 'after']) {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      assert.ok(lenses.length > 0, state);
      for (const { command, range } of lenses) {
        assert.ok(Object.values<string>(COMMANDS).includes(command?.command ?? ''), command?.command);
        const [about] = command!.arguments as [vscode.Uri];
        assert.equal(about.toString(), uri.toString());
        assert.equal(range.start.line, 0);
      }
      await verify(uri);
    }
  });
});

describe('What is said on hovering over a broken line', () => {
  saidDuringTests();

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Where the links of a hover lead. */
  const targets = (hover: string): string[] => [...hover.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);

  it('is, for each kind of break in the sample, what the hashes are, what else it could be, and the other lines', async () => {
    const uri = copyOf('tampered.jsonl');
    await open(uri);
    const [{ explanation }] = await verify(uri);
    assert.equal(explanation.breaks.length, 6);
    for (const {
      line,
      kind,
      actualHash,
      expectedHash,
      actualIs,
      expectedIs,
      alternatives,
      related,
    } of explanation.breaks) {
      const hover = await hoverAt(uri, line - 1);
      for (const [hash, is] of [
        [actualHash, actualIs],
        [expectedHash, expectedIs],
      ])
        if (hash !== null) assert.ok(hover.includes(`\`${hash}\` ${is}`), `${kind}: ${hash} ${is}`);
      assert.ok(actualHash !== null, kind);
      for (const other of alternatives) assert.ok(hover.includes(`_${other}_ (`), `${kind} or ${other}`);
      for (const each of related) assert.ok(hover.includes(`[Line ${each.line}](`), `${kind}: line ${each.line}`);
      assert.equal(targets(hover).length, related.length);
      for (const target of targets(hover)) assert.match(target, /^command:aegis\.goToLine\?/);
    }
    assert.equal(await hoverAt(uri, 0), '', 'a line that is fine says nothing');
  });

  it('states the hash that a changed entry has and the one that its content gives', async () => {
    const uri = copyOf('tampered.jsonl');
    const { document } = await open(uri);
    await verify(uri);
    const { entry_hash } = JSON.parse(document.lineAt(9).text) as { entry_hash: string };
    const hover = await hoverAt(uri, 9);
    assert.match(hover, new RegExp(`\`${entry_hash}\` stated in its entry_hash`));
    assert.match(hover, /`[0-9a-f]{64}` computed from its content/);
    assert.match(await hoverAt(uri, 14), /cannot tell it from _inserted_/);
  });

  it('is there for every kind of break, anywhere on the line', async () => {
    const lines = twenty();
    const fork = entriesAfter(lines.slice(0, 8), 2, '2026-03-29T10:30:02+00:00', { agent_id: 'branch' });
    const second = entriesAfter([], 5, '2026-03-29T12:00:00+00:00', { agent_id: 'second' });
    const text = textOf([...lines.slice(0, 8), ...fork, ...lines.slice(8), ...second]);
    const uri = temporaryFile('kinds.jsonl', `${text}no entry\n`);
    await open(uri);
    await verify(uri);
    const kinds = inShort(uri).map((each) => each.split(' ')[1]);
    for (const kind of ['forked', 'restarted', 'malformed'])
      assert.ok(kinds.includes(kind), `${kind}: ${kinds.join()}`);
    for (const { range } of findings(uri))
      for (const character of [0, 3, 400]) assert.notEqual(await hoverAt(uri, range.start.line, character), '');
  });

  it('leads to the other line, and lets nothing but our own ways be run from it', async () => {
    const uri = copyOf('tampered.jsonl');
    const editor = await open(uri);
    await verify(uri);
    const hovers = await hoversAt(uri, 14);
    for (const { isTrusted, supportHtml } of hovers) {
      assert.ok(typeof isTrusted === 'object', 'it trusts some commands, not all');
      assert.deepEqual(isTrusted.enabledCommands, [COMMANDS.goToLine, COMMANDS.comparePin]);
      assert.ok(supportHtml !== true);
    }
    const [target] = targets(hovers.map(({ value }) => value).join('\n'));
    const link = vscode.Uri.parse(target);
    await vscode.commands.executeCommand(link.path, ...(JSON.parse(link.query) as unknown[]));
    assert.equal(editor.selection.active.line, 15);
  });

  const HOSTILE =
    '[x](command:workbench.action.quit) https://evil.example www.evil.example a@evil.example <img src=x> `a` *b* \u202E';

  /** What a hover may not hold, whatever a log holds. */
  function assertHarmless(hover: string): void {
    assert.doesNotMatch(hover, /command:workbench|https:|www\.|@evil|<img|\u202E|`a`|\*b\*/);
    for (const target of targets(hover)) assert.match(target, /^command:aegis\./);
  }

  it('shows the name of an unknown member as text: no link, no markup, whatever it is', async () => {
    const [first, ...rest] = twenty();
    const hostile = first.line.replace('{', `{${JSON.stringify(HOSTILE)}: 1, `);
    const uri = temporaryFile('hostile.jsonl', `  ${hostile}\n${textOf(rest)}`);
    await open(uri);
    await verify(uri);
    const hover = await hoverAt(uri, 0);
    assert.match(hover, /workbench/, 'the name is told');
    assertHarmless(hover);
  });

  it('shows hashes and sequence ids that are none as text', async () => {
    const lines: Line[] = twenty();
    const text = JSON.stringify(HOSTILE);
    const of = (line: Line, member: 'entry_hash' | 'previous_hash' | 'sequence_id'): string =>
      line.line.replace(`"${member}": ${JSON.stringify(line.entry[member])}`, () => `"${member}": ${text}`);
    const broken = [of(lines[3], 'entry_hash'), of(lines[8], 'previous_hash'), of(lines[13], 'sequence_id')];
    const texts = lines.map(({ line }, i) => (i % 5 === 3 ? (broken[Math.floor(i / 5)] ?? line) : line));
    const uri = temporaryFile('hostile.jsonl', `${texts.join('\n')}\n`);
    await open(uri);
    const [{ explanation }] = await verify(uri);
    assert.ok(explanation.breaks.length >= 3);
    let told = 0;
    for (const { range } of findings(uri)) {
      const hover = await hoverAt(uri, range.start.line);
      assertHarmless(hover);
      if (hover.includes('workbench')) told++;
    }
    assert.ok(told >= 2, 'the hashes are told');
  });

  it('says of a line that was edited that it was, and what it was before', async () => {
    const uri = copyOf('tampered.jsonl');
    const editor = await open(uri);
    await verify(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(9, 0), ' '));
    const hover = await hoverAt(uri, 9);
    assert.match(hover, /_This line was edited since it was verified at \d\d:\d\d:\d\d\._/);
    assert.match(hover, /changed after it was recorded/i);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is, where the head is not as pinned, what became of it, and the way to the comparison', async () => {
    const uri = chainFile(twenty());
    await open(uri);
    await vscode.commands.executeCommand('aegis.pinHead', uri);
    replace(uri, textOf(twenty().slice(0, 15)));
    await verify(uri);
    const hover = await hoverAt(uri, 14, 0);
    assert.match(hover, /\*\*Cut off since it was pinned\*\*/);
    assert.deepEqual(
      targets(hover).map((target) => vscode.Uri.parse(target).path),
      ['aegis.comparePin'],
    );
  });
});

describe('Along a chain', () => {
  const heard = saidDuringTests();

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const valueOf = (document: vscode.TextDocument, line: number, member: string): vscode.Position => {
    const before = `"${member}": "`;
    const at = document.lineAt(line).text.indexOf(before);
    assert.ok(at >= 0);
    return new vscode.Position(line, at + before.length + 3);
  };

  it('a previous_hash leads to the entry whose hash it is, near or far', async () => {
    const lines = twenty();
    const [moved] = lines.splice(4, 1);
    lines.push(moved);
    const uri = chainFile(lines);
    const { document } = await open(uri);
    const goesTo = async (line: number, member = 'previous_hash'): Promise<number[]> => {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        uri,
        valueOf(document, line, member),
      );
      return found.map((place) => ('targetRange' in place ? place.targetRange : place.range).start.line);
    };
    assert.deepEqual(await goesTo(7), [6]);
    assert.deepEqual(await goesTo(4), [19], 'the entry before it stands at the end of the file');
    assert.deepEqual(await goesTo(0), [], 'nothing is before the first entry');
    assert.deepEqual(await goesTo(7, 'entry_hash'), []);
  });

  it('an entry_hash is referred to by the entries that commit to it', async () => {
    const lines = twenty();
    const [fork] = entriesAfter(lines.slice(0, 8), 1, '2026-03-29T10:30:02+00:00');
    const uri = chainFile([...lines, fork]);
    const { document } = await open(uri);
    const refersTo = async (line: number): Promise<number[]> => {
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        uri,
        valueOf(document, line, 'entry_hash'),
      );
      return found.map(({ range }) => range.start.line);
    };
    assert.deepEqual(await refersTo(8), [9]);
    assert.ok((await refersTo(7)).includes(8));
    assert.deepEqual(await refersTo(19), []);
  });

  it('a command goes to the entry before and to the one after', async () => {
    const uri = chainFile(twenty());
    const editor = await open(uri);
    editor.selection = new vscode.Selection(5, 0, 5, 0);
    await vscode.commands.executeCommand('aegis.goToEntryBefore');
    assert.equal(editor.selection.active.line, 4);
    await vscode.commands.executeCommand('aegis.goToEntryAfter');
    assert.equal(editor.selection.active.line, 5);
    assert.deepEqual(heard.said, []);
  });

  it('a sentence says why there is nowhere to go', async () => {
    const lines = twenty();
    const stray = forge({ ...lines[9].entry, previous_hash: 'e'.repeat(64) });
    const texts = [...lines.slice(0, 9).map(({ line }) => line), stray.line, altered(lines[10], {}).line, '{"a": 1}'];
    const editor = await open(temporaryFile('chain.jsonl', `${texts.join('\n')}\n`));
    const say = async (line: number, command: string): Promise<string[]> => {
      heard.said.length = 0;
      editor.selection = new vscode.Selection(line, 0, line, 0);
      await vscode.commands.executeCommand(command);
      assert.equal(editor.selection.active.line, line);
      return [...heard.said];
    };
    assert.deepEqual(await say(0, 'aegis.goToEntryBefore'), ['Line 1 claims to be the first entry of a chain.']);
    assert.deepEqual(await say(9, 'aegis.goToEntryBefore'), [
      'The entry that line 10 claims to follow is not in the file.',
    ]);
    assert.deepEqual(await say(9, 'aegis.goToEntryAfter'), ['No entry of the file claims to follow line 10.']);
    assert.deepEqual(await say(11, 'aegis.goToEntryBefore'), ['Line 12 has no previous_hash.']);
    assert.deepEqual(await say(11, 'aegis.goToEntryAfter'), ['Line 12 has no entry_hash.']);
  });

  it('works in the sample as it lies in the project', async () => {
    const editor = await open(projectFile('sample', 'tampered.jsonl'));
    editor.selection = new vscode.Selection(19, 0, 19, 0);
    await vscode.commands.executeCommand('aegis.goToEntryBefore');
    assert.deepEqual(heard.said, ['The entry that line 20 claims to follow is not in the file.'], 'it was deleted');
  });
});
