import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { open, projectFile, temporaryFile, until } from './support';

const MISTAKES = `version: "1"
rules:
  - name: night
    match: { type: "delete_*" }
    conditions:
      time_after: 18:00
    aproval: block
  - name: night
    match: { type: "delete_user" }
    approval: block
`;

const CLEAN = `version: "1"
defaults:
  risk_level: medium
  approval: approve
rules:
  - name: block_deletes
    match: { type: "delete_*" }
    risk_level: high
    approval: block
  - name: allow_reads
    match: { type: "read_*" }
    risk_level: low
    approval: auto
`;

/** What is found in a policy: `line code`, lines from 1. */
function found(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'Aegis')
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ range, code }) => `${range.start.line + 1} ${codeOf(code)}`);
}

const codeOf = (code: vscode.Diagnostic['code']): string => (typeof code === 'string' ? code : '?');

async function untilFound(uri: vscode.Uri, ...expected: string[]): Promise<void> {
  let last: string[] = [];
  await until(`findings ${expected.join(', ')}`, () => {
    last = found(uri);
    return last.join() === expected.join();
  }).catch(() => assert.deepEqual(last, expected));
}

async function replace(document: vscode.TextDocument, old: string, text: string): Promise<void> {
  const at = document.getText().indexOf(old);
  assert.notEqual(at, -1, `"${old}" is in the text`);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + old.length));
  edit.replace(document.uri, range, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function fixesAt(document: vscode.TextDocument, word: string, kind: string): Promise<vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(word));
  return await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(at, at),
    kind,
  );
}

async function lensesOf(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title ?? ''}`);
}

/** A policy of the workspace's log, in a folder of its own. */
const policyFile = (text: string, name = 'policy.yaml'): vscode.Uri => temporaryFile(name, text);

describe('A policy in the editor', () => {
  it('has its mistakes underlined on the words that are wrong, each with a code, as it is typed', async () => {
    const uri = policyFile(MISTAKES);
    const { document } = await open(uri);
    await untilFound(uri, '6 sexagesimal-time', '7 unknown-key', '8 duplicate-rule-name');
    const words = vscode.languages.getDiagnostics(uri).map(({ range }) => document.getText(range));
    assert.deepEqual(words.sort(), ['18:00', 'aproval', 'night']);
    await replace(document, 'aproval', 'approval');
    // Now the first rule blocks after 18:00, and the second goes on to be reached before.
    await until('the finding goes', () => !found(uri).includes('7 unknown-key'));
    await replace(document, 'approval: block', 'approval: blok');
    await until('a new one comes', () => found(uri).includes('7 invalid-approval'));
  });

  it('never shows what was found in a text that has changed since', async () => {
    const uri = policyFile(CLEAN);
    const { document } = await open(uri);
    await untilFound(uri);
    for (let i = 0; i < 12; i++) {
      await replace(document, i % 2 === 0 ? 'rules:' : 'ruels:', i % 2 === 0 ? 'ruels:' : 'rules:');
      await new Promise((resolve) => setTimeout(resolve, 40 + 20 * i));
    }
    // As it was at first: whatever was found in between is gone, and does not come late.
    await untilFound(uri);
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.deepEqual(found(uri), []);
    }
  });

  it('is mended by a fix for each finding, and by all that can be meant in one way at once', async () => {
    const uri = policyFile(MISTAKES);
    const { document } = await open(uri);
    await untilFound(uri, '6 sexagesimal-time', '7 unknown-key', '8 duplicate-rule-name');
    const [fix] = await fixesAt(document, 'aproval', vscode.CodeActionKind.QuickFix.value);
    assert.match(fix.title, /approval/);
    assert.ok(fix.isPreferred);
    const [all, ...more] = await fixesAt(document, 'version', 'source.fixAll.aegis');
    assert.deepEqual(more, []);
    assert.ok(await vscode.workspace.applyEdit(all.edit!));
    assert.match(document.getText(), /time_after: "18:00"\n {4}approval: block/);
    await untilFound(uri, '8 duplicate-rule-name');
  });

  it('is mended on save where the settings say so', async () => {
    const uri = policyFile(MISTAKES);
    const { document } = await open(uri);
    await untilFound(uri, '6 sexagesimal-time', '7 unknown-key', '8 duplicate-rule-name');
    const editor = vscode.workspace.getConfiguration('editor');
    await editor.update('codeActionsOnSave', { 'source.fixAll.aegis': 'explicit' }, vscode.ConfigurationTarget.Global);
    try {
      await replace(document, 'version: "1"', 'version: "1" # a change');
      assert.ok(await document.save());
      assert.match(document.getText(), /time_after: "18:00"\n {4}approval: block/);
    } finally {
      await editor.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('leaves other YAML alone, whatever it is called', async () => {
    const other = [
      policyFile('apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {}\n', 'network-policy.yaml'),
      policyFile('on: push\njobs: {}\n', 'workflow.yaml'),
      policyFile(MISTAKES, 'compose.yaml'),
      policyFile('- a\n- b\n', 'policies.yaml'),
    ];
    for (const uri of other) await open(uri);
    const uri = policyFile(MISTAKES);
    await open(uri);
    await until('the policy is checked', () => found(uri).length > 0);
    for (const each of other) {
      assert.deepEqual(found(each), [], each.path);
      assert.deepEqual(
        (await lensesOf(each)).filter((title) => /action|Decides/.test(title)),
        [],
        each.path,
      );
    }
  });

  it('is one by its name in small letters or with a capital, and without a name by its content', async () => {
    const named = [policyFile(MISTAKES, 'SecurityPolicy.yaml'), policyFile(MISTAKES, 'Aegis.yml')];
    for (const uri of named) {
      await open(uri);
      await until(`${uri.path} is checked`, () => found(uri).length > 0);
    }
    const { uri } = await vscode.workspace.openTextDocument({ language: 'yaml', content: '# to do\n' });
    const { document } = await open(uri);
    assert.deepEqual(await lensesOf(uri), []);
    assert.deepEqual(found(uri), []);
    await replace(document, '# to do\n', MISTAKES);
    await until('it is checked', () => found(uri).length > 0);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('has no problem any more where a setting says that it is none', async () => {
    const uri = policyFile(MISTAKES);
    await open(uri);
    await until('it is checked', () => found(uri).length > 0);
    const policies = vscode.workspace.getConfiguration('aegis.policies');
    await policies.update('files', ['**/other*.yaml'], vscode.ConfigurationTarget.Global);
    try {
      await until('the problems go', () => found(uri).length === 0);
    } finally {
      await policies.update('files', undefined, vscode.ConfigurationTarget.Global);
    }
    await until('it is checked again', () => found(uri).length > 0);
  });

  it('completes keys, words and what the log has', async () => {
    const uri = policyFile(CLEAN.replace('type: "read_*"', 'type: ""').replace('    approval: auto\n', '    \n'));
    const { document } = await open(uri);
    const labelsAt = async (offset: number): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        document.positionAt(offset),
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const text = document.getText();
    assert.ok((await labelsAt(text.length - 1)).includes('approval'));
    assert.ok(!(await labelsAt(text.length - 1)).includes('risk_level'), 'what stands there already is not offered');
    const types = await labelsAt(text.indexOf('type: ""') + 'type: "'.length);
    assert.ok(types.includes('refund'), types.join());
    const words = await labelsAt(text.indexOf('approval: approve') + 'approval: '.length);
    assert.deepEqual(
      ['auto', 'approve', 'block'].filter((word) => words.includes(word)),
      ['auto', 'approve', 'block'],
    );
  });

  it('tells in a hover what a rule means and what the loader makes of it', async () => {
    const uri = policyFile(MISTAKES);
    const { document } = await open(uri);
    const hoverAt = async (word: string): Promise<string> => {
      const at = document.positionAt(document.getText().indexOf(word) + 1);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
      const text = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value));
      return text.join('\n').replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    };
    assert.match(await hoverAt('18:00'), /1080/);
    assert.match(await hoverAt('aproval'), /ignore/);
    assert.match(await hoverAt('aproval'), /unknown-key/);
    assert.match(await hoverAt('match'), /patterns/);
  });

  it('has an outline of its rules, and folds by them', async () => {
    const uri = policyFile(CLEAN);
    await open(uri);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const names = symbols.map(({ name, children }) => [name, children.map((each) => each.name)]);
    assert.deepEqual(names, [
      ['defaults', []],
      ['rules', ['block_deletes', 'allow_reads']],
    ]);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    const lines = folds.map(({ start, end }) => `${start + 1}-${end + 1}`);
    for (const each of ['2-4', '5-13', '6-9', '10-13']) assert.ok(lines.includes(each), lines.join());
  });
});

describe('The impact of a policy on the recorded history', () => {
  it('is told above each rule as the command line tells it', async () => {
    const uri = policyFile(CLEAN);
    await open(uri);
    const lenses = await until('the history is gone through', async () => {
      const all = await lensesOf(uri);
      return all.some((title) => title.includes('Decides')) && all;
    });
    const log = path.join(vscode.workspace.workspaceFolders![0].uri.fsPath, 'aegis_audit.db');
    const query = `import sqlite3,sys; c=sqlite3.connect('file:'+sys.argv[1]+'?immutable=1',uri=True); print([c.execute("SELECT count(*) FROM audit_log WHERE action_type GLOB ?",(g,)).fetchone()[0] for g in ('delete_*','read_*','*')])`;
    const [deletes, reads, all] = JSON.parse(execFileSync('python3', ['-c', query, log], { encoding: 'utf8' })) as [
      number,
      number,
      number,
    ];
    const words = (count: number): string => (count === 0 ? 'none' : String(count));
    assert.ok(lenses.includes(`6 Decides ${words(deletes)} of ${all} recorded actions`), lenses.join('\n'));
    assert.ok(lenses.includes(`10 Decides ${words(reads)} of ${all} recorded actions`), lenses.join('\n'));
    assert.ok(
      lenses.some((title) => title.startsWith(`1 History: aegis_audit.db, ${all} actions`)),
      lenses.join('\n'),
    );
  });

  it('is told while the policy is edited, before it is saved, and not after', async () => {
    const uri = policyFile(CLEAN);
    const { document } = await open(uri);
    const until1 = async (what: RegExp): Promise<void> => {
      let last: string[] = [];
      await until(String(what), async () => (last = await lensesOf(uri)).some((title) => what.test(title))).catch(() =>
        assert.match(last.join('\n'), what),
      );
    };
    await until1(/Decides/);
    await replace(document, 'read_*', 'send_*');
    await replace(document, '    approval: auto', '    approval: block');
    await until1(/^1 \d+ newly blocked$/);
    await replace(document, 'send_*', 'no such type');
    await until1(/changes no recorded decision|\d+ (restricted|newly blocked)/);
    assert.ok(await document.save());
    await until(
      'the comparison goes',
      async () => !(await lensesOf(uri)).some((title) => /newly|changes no/.test(title)),
    );
  });

  it('is that of the saved text where it was saved out of sight', async () => {
    const uri = policyFile(CLEAN);
    const { document } = await open(uri);
    await until('it is there', async () => (await lensesOf(uri)).some((title) => title.includes('Decides')));
    await replace(document, 'approval: auto', 'approval: block');
    const isTold = async (): Promise<boolean> =>
      (await lensesOf(uri)).some((title) => /newly|restricted|changes no/.test(title));
    await until('the change is told', isTold);
    await open(policyFile('- a\n', 'other.yaml'));
    assert.ok(await document.save());
    await open(uri);
    await until('it is told no more', async () => !(await isTold()));
    await until('it is there again', async () => (await lensesOf(uri)).some((title) => title.includes('Decides')));
  });

  it('gives the place to what is wrong where the loader refuses the policy', async () => {
    const uri = policyFile(CLEAN.replace('approval: auto', 'approval: maybe'));
    await open(uri);
    await until('it says so', async () =>
      (await lensesOf(uri)).some((title) => title.includes('The loader refuses this text (line 13)')),
    );
  });
});

describe('The policy of the sample', () => {
  it('has no finding', async () => {
    const [uri] = await vscode.workspace.findFiles('policy.yaml');
    await open(uri);
    await until('it is checked', async () => (await lensesOf(uri)).length > 0);
    assert.deepEqual(found(uri), []);
    assert.ok(projectFile('sample', 'policy.yaml').fsPath.endsWith('policy.yaml'));
  });
});
