import { editor, type FakeDocument } from './support/editor';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { PolicyDocuments } from '../../../src/host/policy/policyDocuments';
import type { PolicyHistory } from '../../../src/host/policy/policyHistory';
import { PolicyImpacts, type PolicyImpact } from '../../../src/host/policy/policyImpacts';
import type { ImpactPolicies } from '../../../src/logfile/policyImpacts';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const silent = (): vscode.Disposable => ({ dispose: () => undefined });

describe('What the open policies make of the recorded history', () => {
  let impacts: PolicyImpacts;
  let asked: ImpactPolicies[];
  let found: (document: FakeDocument) => void;
  let changedHistory: () => void;
  let isChecked: boolean;
  let followed: number;

  beforeEach(() => {
    asked = [];
    followed = 0;
    isChecked = true;
    const documents = {
      known: (document: FakeDocument) => (document.isClosed ? undefined : { isChecked }),
      onDidFind: (listener: typeof found) => {
        found = listener;
        return silent();
      },
    } as unknown as PolicyDocuments;
    const log = { toString: () => '/w/a.db', fsPath: '/w/a.db' };
    const thread = {
      ask: (method: string, _id: number, _file: string, policies: ImpactPolicies) => {
        if (method === 'impact') asked.push(policies);
        return Promise.resolve({ kind: 'figures', figures: {} });
      },
    };
    const history = {
      readable: () => Promise.resolve(log),
      onDidChange: (listener: () => void) => {
        changedHistory = listener;
        return silent();
      },
      reader: {
        thread,
        follow: () => {
          followed++;
          return { dispose: () => followed-- };
        },
        onDidTellImpact: silent,
      },
    } as unknown as PolicyHistory;
    impacts = new PolicyImpacts(documents, history);
  });

  afterEach(() => {
    impacts.dispose();
    editor.lookAt();
    for (const document of [...editor.documents]) editor.close(document);
  });

  const current = (document: FakeDocument): PolicyImpact | undefined =>
    impacts.current(document as unknown as vscode.TextDocument);

  async function edited(): Promise<FakeDocument> {
    const document = editor.open('/w/policy.yaml', 'one');
    editor.lookAt(document);
    document.write('two', true);
    found(document);
    await pause(80);
    assert.deepEqual(asked, [{ before: 'one', after: 'two' }]);
    assert.equal(current(document)?.isEdited, true);
    return document;
  }

  it('is no longer held against the saved text where it is saved out of sight', async () => {
    const document = await edited();
    editor.lookAt();
    document.save();
    editor.lookAt(document);
    await pause(80);
    assert.deepEqual(asked[1], { before: null, after: 'two' });
    assert.equal(current(document)?.isEdited, false);
  });

  it('is found again for a text that somebody else wrote out of sight', async () => {
    const document = await edited();
    editor.lookAt();
    document.write('three', false);
    found(document);
    assert.equal(current(document), undefined);
    editor.lookAt(document);
    await pause(80);
    assert.deepEqual(asked[1], { before: null, after: 'three' });
    assert.ok(current(document)?.figures);
  });

  it('is not asked for again where nothing changed', async () => {
    const document = await edited();
    editor.lookAt();
    editor.lookAt(document);
    await pause(80);
    assert.equal(asked.length, 1);
    changedHistory();
    await pause(80);
    assert.equal(asked.length, 2);
  });

  it('is followed as long as there is a policy that the log is held against', async () => {
    const document = await edited();
    changedHistory();
    await pause(80);
    assert.equal(followed, 1);
    editor.close(document);
    found(document);
    assert.equal(followed, 0);
  });

  it('is not looked for where the text itself was not looked through', async () => {
    isChecked = false;
    const document = editor.open('/w/policy.yaml', 'one');
    editor.lookAt(document);
    await pause(80);
    assert.deepEqual([asked, current(document)], [[], undefined]);
  });

  it('is not held against a saved text that is no UTF-8, which the loader does not read', async () => {
    const document = editor.open('/w/policy.yaml', 'one');
    editor.files.set('/w/policy.yaml', Uint8Array.of(0x23, 0xe9, 0x0a));
    editor.lookAt(document);
    document.write('two', true);
    found(document);
    await pause(80);
    assert.deepEqual(asked, []);
    assert.match(current(document)?.failure ?? '', /saved.*UTF-8/);
  });
});
