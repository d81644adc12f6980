import { editor, type FakeDocument } from './support/editor';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { choosePolicy } from '../../../src/host/policy/choosePolicy';
import { PolicyDocuments } from '../../../src/host/policy/policyDocuments';
import { PolicyService } from '../../../src/policyfile/policyService';
import { PolicyThreadError, type PolicyThread } from '../../../src/policyfile/policyThread';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const POLICY = 'version: "1"\nrules:\n  - name: a\n    match: { type: x }\n    aproval: block\n';

describe('The policies that are open', () => {
  const service = new PolicyService();
  const failures: PolicyThreadError[] = [];
  const thread = {
    ask: (method: 'findings', text: string) => {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve(service[method](text)) : Promise.reject(failure);
    },
  } as unknown as PolicyThread;
  let documents: PolicyDocuments;
  let told: FakeDocument[];

  beforeEach(() => {
    editor.set('policies.files', ['**/*policy*']);
    documents = new PolicyDocuments(thread);
    told = [];
    documents.onDidFind((document) => told.push(document as unknown as FakeDocument));
  });

  afterEach(() => {
    documents.dispose();
    for (const document of [...editor.documents]) editor.close(document);
  });

  const codes = (document: FakeDocument): string[] | undefined =>
    documents.known(document as unknown as vscode.TextDocument)?.diagnostics.map(({ code }) => code);

  it('are looked through when they are opened and edited', async () => {
    const document = editor.open('/w/policy.yaml', POLICY);
    await pause(10);
    assert.deepEqual(codes(document), ['unknown-key']);
    document.write(POLICY.replace('aproval', 'approval'), true);
    assert.equal(codes(document), undefined, 'what was found in the earlier text is told of no more');
    await pause(200);
    assert.deepEqual(codes(document), []);
  });

  it('are not looked through where they are longer than anybody writes, for nothing else either', async () => {
    const document = editor.open('/w/policy.yaml', `${POLICY}# ${'x'.repeat(1 << 20)}`);
    await pause(10);
    assert.deepEqual(codes(document), ['lint-limit']);
    assert.equal(await documents.isChecked(document as unknown as vscode.TextDocument), false);
    document.write(POLICY, true);
    await pause(200);
    assert.equal(await documents.isChecked(document as unknown as vscode.TextDocument), true);
  });

  it('are those without a name whose content is that of one, and no others', async () => {
    const document = editor.open('untitled:Untitled-1', '');
    for (const text of ['', '# to do\n', 'rules', '{}', 'version: "3"', 'jobs: {}']) {
      document.write(text, true);
      await pause(150);
      assert.equal(codes(document), undefined, text);
    }
    document.write(POLICY, true);
    await pause(150);
    assert.deepEqual(codes(document), ['unknown-key']);
    const named = editor.open('/w/policy.yaml', '');
    await pause(10);
    assert.deepEqual(codes(named), ['empty-policy']);
  });

  it('can be chosen from, though one of the files is no text', async () => {
    editor.files.clear();
    editor.files.set('/w/policy-a.yaml', POLICY);
    editor.files.set('/w/policy-b.yaml', Uint8Array.of(0, 1, 2));
    editor.files.set('/w/policy-c.yaml', POLICY);
    const chosen = await choosePolicy(documents, undefined);
    assert.equal(chosen?.uri.path, '/w/policy-a.yaml');
    assert.equal(editor.offered.length, 2);
  });

  it('are looked through again where another one took so long that this one was not', async () => {
    const document = editor.open('/w/policy.yaml', '# first');
    await pause(10);
    failures.push(new PolicyThreadError('Another one took too long.', true));
    document.write(POLICY, true);
    await pause(150);
    assert.deepEqual(codes(document), ['unknown-key']);
    failures.push(new PolicyThreadError('It took too long.'));
    document.write(`${POLICY}#`, true);
    await pause(150);
    assert.deepEqual(codes(document), ['lint-limit']);
  });

  it('are told of when they are none any more by a setting', async () => {
    const document = editor.open('/w/policy.yaml', POLICY);
    const other = editor.open('/w/rules.yaml', POLICY);
    await pause(10);
    assert.deepEqual(told, [document]);
    told = [];
    editor.set('policies.files', ['**/*rules*']);
    assert.ok(told[0] === document && codes(document) === undefined);
    await pause(10);
    assert.ok(told[1] === other && told.length === 2);
    assert.deepEqual(codes(other), ['unknown-key']);
  });
});
