import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ImpactView } from '../../src/host/policy/impactView';
import type { PolicyDocuments } from '../../src/host/policy/policyDocuments';
import type { PolicyHistory } from '../../src/host/policy/policyHistory';
import type { PolicyImpacts } from '../../src/host/policy/policyImpacts';
import { open, temporaryFile, until } from './support';

describe('The Policy Impact view without a history that can be read', () => {
  const changed = new vscode.EventEmitter<void>();
  const silent = (): vscode.Disposable => ({ dispose: () => undefined });
  let failure: string | undefined;
  let shown: { message?: string };
  let view: ImpactView;

  before(async () => {
    await open(temporaryFile('policy.yaml', 'version: "1"\n'));
    const window = vscode.window as { createTreeView: unknown };
    const original = window.createTreeView;
    shown = {};
    window.createTreeView = () => Object.assign(shown, silent());
    const history = {
      onDidChange: changed.event,
      uri: () => Promise.resolve(vscode.Uri.file('/somewhere/audit.db')),
      failure: () => failure,
    } as unknown as PolicyHistory;
    const documents = { onDidFind: silent, known: () => ({}) } as unknown as PolicyDocuments;
    const impacts = { onDidChange: silent, latest: () => undefined } as unknown as PolicyImpacts;
    try {
      view = new ImpactView(documents, impacts, history);
    } finally {
      window.createTreeView = original;
    }
  });

  after(() => view.dispose());

  it('says which log it is and why, for as long as that is so', async () => {
    failure = 'This is no SQLite database: it does not begin as one does.';
    changed.fire();
    await until('it is said', () => shown.message !== undefined);
    assert.match(shown.message!, /^\/somewhere\/audit\.db cannot be read, .*: This is no SQLite database/);
    failure = undefined;
    changed.fire();
    // With nothing said, VS Code offers to choose another.
    await until('it is not said any more', () => shown.message === undefined);
  });
});
