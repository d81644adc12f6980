import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RecordingApi } from '../../src/host/recording/editorApproval';
import { Action } from '../../src/recorder/runtime/action';
import { Policy } from '../../src/recorder/runtime/policy';
import { Runtime } from '../../src/recorder/runtime/runtime';
import { until } from './support';

interface Asked {
  readonly message: string;
  readonly options: vscode.MessageOptions;
  readonly items: readonly vscode.MessageItem[];
}

/** The dialogs that were shown while something ran, each answered by the next title; undefined is Escape. */
async function answering<T>(
  titles: (string | undefined)[],
  run: () => Promise<T>,
): Promise<{ asked: Asked[]; done: T }> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const original = window.showWarningMessage;
  const asked: Asked[] = [];
  window.showWarningMessage = (message: string, ...more: (vscode.MessageOptions | vscode.MessageItem)[]) => {
    const hasOptions = more.length > 0 && !('title' in more[0]);
    const items = (hasOptions ? more.slice(1) : more) as vscode.MessageItem[];
    asked.push({ message, options: hasOptions ? (more[0] as vscode.MessageOptions) : {}, items });
    const title = titles[asked.length - 1];
    return Promise.resolve(items.find((item) => item.title === title));
  };
  try {
    return { done: await run(), asked };
  } finally {
    window.showWarningMessage = original;
  }
}

const POLICY = Policy.fromYaml('rules: [{ name: ask, match: { type: "*" }, approval: approve, risk_level: high }]');

describe('Approval in the editor', () => {
  let api: RecordingApi;

  before(async () => {
    api = (await vscode.extensions.getExtension<RecordingApi>('aegis-audit-trail.aegis-audit-trail')!.activate())!;
  });

  const decisionOn = (params: Record<string, unknown>, target = 'db') =>
    POLICY.evaluate(new Action({ type: 'write', target, params, description: 'why', agentId: 'mia' }));

  it('asks in a dialog with the action in full, and Deny is the first answer', async () => {
    const { asked, done } = await answering(['Approve'], () => api.approvalHandler(decisionOn({ rows: 3 })));
    assert.equal(done, true);
    assert.deepEqual(
      asked.map(({ message, options }) => [message, options]),
      [
        [
          'Approve write on db?',
          {
            modal: true,
            detail:
              'Action: write\nTarget: db\nRisk: HIGH\nRule: ask\nParameters:\n    "rows": 3\nDescription: why\nAgent: mia',
          },
        ],
      ],
    );
    const [{ items }] = asked;
    assert.deepEqual(items.map(({ title }) => title), ['Deny', 'Approve']); // prettier-ignore
    // What closes a dialog is not what Return chooses: then that would be Approve.
    assert.ok(items.every(({ isCloseAffordance }) => isCloseAffordance !== true));
  });

  for (const answer of ['Deny', undefined])
    it(`takes ${answer ?? 'Escape'} for a no`, async () => {
      assert.equal((await answering([answer], () => api.approvalHandler(decisionOn({})))).done, false);
    });

  it('shows hostile text as text', async () => {
    const hostile = decisionOn({ 'a\u202e': '\u001b' }, 'db\nRisk: LOW [x](command:y) $(check)');
    const { asked } = await answering([undefined], () => api.approvalHandler(hostile));
    assert.equal(asked[0].message, 'Approve write on db\\u{a}Risk: LOW [x] (command:y) $ (check)?');
    assert.match(asked[0].options.detail!, /\nTarget: db\\u\{a\}Risk: LOW /);
    assert.match(asked[0].options.detail!, /\nParameters:\n {4}"a\\u202e": "\\u001b"\n/);
  });

  it('says what does not fit, and shows it in a document', async () => {
    const long = decisionOn({ text: `${'x'.repeat(5000)}end` });
    const { asked, done } = await answering(['Show in Full', 'Approve'], () => api.approvalHandler(long));
    assert.equal(done, true);
    assert.match(asked[0].options.detail!, /x…\n\n3,\d\d\d more characters not shown here\.$/);
    assert.deepEqual(asked[0].items.map(({ title }) => title), ['Deny', 'Approve', 'Show in Full']); // prettier-ignore
    assert.equal(asked[1].message, 'Approve write on db? All of it is in the document.');
    const document = await until('the document', () => vscode.window.activeTextEditor?.document);
    assert.equal(document.uri.scheme, 'aegis-action');
    assert.match(document.getText(), /^Action: write\nTarget: db\n[^]*xend"\nDescription: why\nAgent: mia$/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('answers a runtime', async () => {
    const recorded: string[] = [];
    const log = {
      attempt: () => Promise.resolve(void recorded.push('attempt')),
      outcome: () => Promise.resolve(void recorded.push('outcome')),
      decision: () => Promise.resolve(void recorded.push('decision')),
    };
    const runtime = new Runtime({ executor: { execute: () => 1 }, policy: POLICY, auditLogger: log, ...api });
    const run = () => runtime.runOne({ type: 'write', target: 'db' });
    assert.equal((await answering(['Approve'], run)).done.status, 'success');
    assert.equal((await answering([undefined], run)).done.status, 'denied');
    assert.deepEqual(recorded, ['attempt', 'outcome', 'decision']);
  });
});
