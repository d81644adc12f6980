import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS, STATUS_ITEMS } from '../../src/host/ids';
import { PolicyDocuments } from '../../src/host/policy/policyDocuments';
import { PolicyHistory } from '../../src/host/policy/policyHistory';
import { PolicyImpacts } from '../../src/host/policy/policyImpacts';
import { PolicyStatus } from '../../src/host/policy/policyStatus';
import { LogList } from '../../src/host/sessions/logList';
import { LogReader } from '../../src/host/sessions/logReader';
import { PolicyThread } from '../../src/policyfile/policyThread';
import { open, projectFile, temporaryFile, until } from './support';

const POLICY = `version: "1"
rules:
  - name: allow_refunds
    match: { type: "refund" }
    approval: auto
  - name: block_notes
    match: { type: "add_note" }
    approval: block
`;

/** What an item of the status bar says while it is shown, each time that this changes. */
class Watched {
  readonly seen: (string | undefined)[] = [];
  private isShown = false;
  readonly item: vscode.StatusBarItem;

  constructor(made: vscode.StatusBarItem) {
    const look = (isShown: boolean): void => {
      this.isShown = isShown;
      this.seen.push(this.text);
    };
    const [show, hide] = [made.show.bind(made), made.hide.bind(made)];
    made.show = () => (show(), look(true));
    made.hide = () => (hide(), look(false));
    this.item = made;
  }

  get tooltip(): string {
    const { tooltip } = this.item;
    return typeof tooltip === 'string' ? tooltip : '';
  }

  get text(): string | undefined {
    return this.isShown ? this.item.text : undefined;
  }
}

describe('The item of an edited policy in the status bar', () => {
  let watched: Watched;
  const parts: { dispose(): void }[] = [];

  // The parts of the extension anew, for nobody can look into an item of the status bar that is there already.
  before(() => {
    const thread = new PolicyThread(projectFile('dist', 'policy-worker.js').fsPath);
    const memory: vscode.Memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };
    const list = new LogList(memory);
    const reader = new LogReader(projectFile().fsPath);
    const documents = new PolicyDocuments(thread);
    const history = new PolicyHistory(list, reader, memory);
    const impacts = new PolicyImpacts(documents, history);
    const { window } = vscode;
    const original = window.createStatusBarItem;
    const replaced = window as { createStatusBarItem: unknown };
    replaced.createStatusBarItem = (...[id, side, priority]: [string, vscode.StatusBarAlignment, number]) => {
      assert.equal(id, STATUS_ITEMS.impact);
      watched = new Watched(original(`${id}.tested`, side, priority));
      return watched.item;
    };
    try {
      parts.push(new PolicyStatus(history, impacts));
    } finally {
      replaced.createStatusBarItem = original;
    }
    parts.push(impacts, history, documents, reader, list, { dispose: () => thread.close() });
  });

  after(() => parts.forEach((part) => part.dispose()));

  async function put(document: vscode.TextDocument, old: string, text: string): Promise<void> {
    const at = document.getText().indexOf(old);
    assert.notEqual(at, -1, `"${old}" is in the text`);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + old.length)), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  const untilSaid = async (what: RegExp | undefined): Promise<void> => {
    const isSaid = (): boolean => (what === undefined ? watched.text === undefined : what.test(watched.text ?? ''));
    await until(String(what), isSaid).catch(() => assert.fail(`${String(what)}, but: ${watched.seen.join(' | ')}`));
  };

  it('says what the edit would have changed, of the text as it is now and no other, and goes with the edit', async () => {
    watched.seen.length = 0;
    const uri = temporaryFile('policy.yaml', POLICY);
    const { document } = await open(uri);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(watched.seen.filter(Boolean), [], 'nothing is said of a policy as it was saved');

    await put(document, 'approval: auto', 'approval: block');
    await untilSaid(/^\$\(law\) \d+ newly blocked$/);
    const blocked = watched.item.text;
    assert.match(watched.tooltip, /As edited against as saved, over aegis_audit\.db, 50 actions/);
    assert.equal(
      watched.item.accessibilityInformation?.label,
      `Impact of the unsaved policy edit: ${blocked.replace('$(law) ', '')}`,
    );
    const { command } = watched.item;
    assert.ok(typeof command === 'object');
    assert.deepEqual([command.command, String(command.arguments?.[0])], [COMMANDS.showImpact, uri.toString()]);

    // From when the extension is told of the edit on: until then the figures are true.
    const told = vscode.workspace.onDidChangeTextDocument(() => (watched.seen.length = 0));
    await put(document, 'approval: block\n  - name: block_notes', 'approval: approve\n  - name: block_notes');
    await untilSaid(/^\$\(law\) \d+ restricted$/);
    told.dispose();
    assert.ok(!watched.seen.includes(blocked), `figures of an earlier text: ${watched.seen.join(' | ')}`);

    await put(document, 'approval: approve', 'approval: perhaps');
    await untilSaid(/Impact not known/);
    assert.match(watched.tooltip, /The loader refuses this text \(line 5\)/);

    await put(document, 'approval: perhaps', 'approval: auto # as it was');
    await untilSaid(/No (known )?decision changes/);
    assert.match(watched.tooltip, /This edit changes no (recorded decision|decision that is known)\./);

    await open(temporaryFile('other.yaml', '- a\n'));
    assert.equal(watched.text, undefined, 'another editor');
    await open(uri);
    await untilSaid(/decision changes/);
    assert.ok(await document.save());
    await untilSaid(undefined);

    await put(document, 'approval: auto', 'approval: block');
    await untilSaid(/newly blocked/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await untilSaid(undefined);
  });
});
