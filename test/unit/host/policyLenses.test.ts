import { editor } from './support/editor';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { PolicyDocuments } from '../../../src/host/policy/policyDocuments';
import type { PolicyHistory } from '../../../src/host/policy/policyHistory';
import type { PolicyImpact, PolicyImpacts } from '../../../src/host/policy/policyImpacts';
import { PolicyLenses } from '../../../src/host/policy/policyLenses';
import type { ImpactFigures } from '../../../src/logfile/policyImpacts';
import { PolicyService } from '../../../src/policyfile/policyService';

const POLICY = 'version: "1"\nrules:\n  - name: a\n    match: { type: x }\n';

const ALL_UNCHANGED = {
  unchanged: 100,
  promoted: 0,
  restricted: 0,
  newly_blocked: 0,
  newly_allowed: 0,
  not_evaluable: 0,
};

const FIGURES: ImpactFigures = {
  actions: 100,
  entries: 100,
  done: 100,
  changes: ALL_UNCHANGED,
  byRule: [0],
  byDefaults: 100,
  unknown: 0,
  from: 0,
  to: 0,
  warnings: [],
  withoutAgent: 0,
  redacted: 0,
  reasons: [],
  reasonsOf: 0,
};

const silent = (): vscode.Disposable => ({ dispose: () => undefined });

describe('The lenses of a policy', () => {
  const document = editor.open('/w/policy.yaml', POLICY) as unknown as vscode.TextDocument;
  const findings = new PolicyService().findings(POLICY);

  async function titles(figures: Partial<ImpactFigures> | undefined, whyNot?: string): Promise<string[]> {
    const impact = {
      document,
      version: 1,
      isEdited: true,
      failure: undefined,
      figures: figures && { ...FIGURES, ...figures },
    };
    const documents = { onDidFind: silent, findings: () => Promise.resolve(findings) } as unknown as PolicyDocuments;
    const impacts = {
      onDidChange: silent,
      current: () => impact as unknown as PolicyImpact,
    } as unknown as PolicyImpacts;
    const history = {
      onDidChange: silent,
      uri: () => Promise.resolve({ path: '/w/a.db' }),
      whyNot: () => whyNot,
    } as unknown as PolicyHistory;
    const lenses = new PolicyLenses(documents, history, impacts);
    try {
      const all = await lenses.provideCodeLenses(document);
      return all.map(({ command }) => command!.title).filter((title) => title !== 'Try an action…');
    } finally {
      lenses.dispose();
    }
  }

  it('say what is decided where all is known', async () => {
    assert.deepEqual(await titles({}), [
      'History: a.db, 100 actions, 1 Jan 1970',
      'This edit changes no recorded decision',
      'Decides none of 100 recorded actions',
    ]);
  });

  it('claim no more than is known where the log does not tell all', async () => {
    const changes = { ...ALL_UNCHANGED, unchanged: 95, not_evaluable: 5 };
    assert.deepEqual(await titles({ changes, byDefaults: 95, unknown: 5 }), [
      'History: a.db, 100 actions, 1 Jan 1970',
      'This edit changes no decision that is known',
      '5 not evaluable',
      'Decides none of 100 recorded actions, as far as is known',
    ]);
  });

  it('say where nothing is held against the log', async () => {
    assert.deepEqual(await titles(undefined, 'Damaged.'), ['History: a.db, not read']);
    assert.deepEqual(await titles(undefined), ['History: a.db']);
  });

  it('claim no more than is known where not all of the log could be read', async () => {
    assert.deepEqual(await titles({ warnings: ['This database is damaged.'] }), [
      'History: a.db, 100 actions, 1 Jan 1970, incomplete',
      'This edit changes no decision that is known',
      'Decides none of 100 recorded actions',
    ]);
  });
});
