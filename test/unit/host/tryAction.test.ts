import { editor, type FakePick } from './support/editor';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { PolicyDocuments } from '../../../src/host/policy/policyDocuments';
import type { PolicyHistory } from '../../../src/host/policy/policyHistory';
import { ACTION_FIELDS, askForField } from '../../../src/host/policy/trying/actionFields';
import { TryActionCommand } from '../../../src/host/policy/trying/tryActionCommand';
import { PolicyService } from '../../../src/policyfile/policyService';
import type { WrittenAction } from '../../../src/policyfile/writtenAction';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const POLICY = 'version: "1"\nrules:\n  - name: a\n    match: { type: x }\n    approval: auto\n';
const ACTION: WrittenAction = {
  type: 'x',
  target: 'y',
  agent: '',
  params: '',
  description: '',
  time: '2026-03-29T10:30:00',
};

describe('An action that is tried', () => {
  const service = new PolicyService();
  const documents = {
    thread: {
      ask: (_: 'tryAction', text: string, action: WrittenAction) =>
        pause(5).then(() => service.tryAction(text, action)),
    },
  } as unknown as PolicyDocuments;
  const history = { words: () => Promise.resolve({ types: [], targets: [], agents: [] }) } as unknown as PolicyHistory;
  const command = new TryActionCommand(documents, history);

  async function tried(action = ACTION) {
    const document = editor.open('/w/policy.yaml', POLICY);
    const done = command.run(document as unknown as vscode.TextDocument, action);
    await pause(30);
    return { document, done, pick: editor.pick! };
  }

  const decision = (pick: FakePick): string => pick.items[1].label + (pick.items[1].detail ?? '');

  it('is decided anew where the policy is edited meanwhile, and leads to where the rule is now', async () => {
    const { document, done, pick } = await tried();
    assert.match(decision(pick), /auto: .*line 3/);
    document.write(POLICY.replace('rules:', '# one\n# two\nrules:').replace('auto', 'block'), true);
    pick.choose(pick.items[1]);
    assert.equal(editor.line, undefined, 'nobody is led to where the rule was');
    await pause(150);
    assert.equal(editor.pick, pick);
    assert.match(decision(pick), /block: .*line 5/);
    pick.choose(pick.items[1]);
    await done;
    assert.equal(editor.line, 4);
    assert.equal(editor.pick, undefined);
  });

  it('gets the word that is chosen from a list, whatever is typed meanwhile, and else what is typed', async () => {
    const [field] = ACTION_FIELDS;
    const words = ['delete_user', 'run_command', 'read_file'].map((text) => ({ text, count: 1 }));
    const ask = (value: string): Promise<string | undefined> =>
      askForField(field, value, { types: words, targets: [], agents: [] });
    for (const typed of ['', 'run', 'run_command', 'else']) {
      const asked = ask('');
      const pick = editor.pick!;
      const place = pick.items.findIndex(({ label }) => label === 'run_command');
      pick.type(typed);
      // It is chosen by its place in the list as it was before.
      pick.choose(pick.items[place]);
      assert.equal(await asked, 'run_command', typed);
      const again = ask('delete_user');
      editor.pick!.type(typed);
      editor.pick!.choose(editor.pick!.items[0]);
      assert.equal(await again, typed);
    }
  });

  it('says which part of it cannot be read, as where a log has numbers that nobody reads', async () => {
    const { done, pick } = await tried({ ...ACTION, params: `{"n": ${'9'.repeat(5000)}}` });
    assert.match(decision(pick), /cannot be read.*no parameters.*4300 digits/);
    pick.dispose();
    await done;
  });
});
