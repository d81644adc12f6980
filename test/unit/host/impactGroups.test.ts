import { editor } from './support/editor';
import assert from 'node:assert/strict';
import { ImpactGroups } from '../../../src/host/policy/impactGroups';
import type { PolicyDocuments } from '../../../src/host/policy/policyDocuments';
import type { PolicyImpact } from '../../../src/host/policy/policyImpacts';
import { PolicyService } from '../../../src/policyfile/policyService';

const POLICY = 'rules:\n  - name: a\n    match: { type: x }\n';

describe('The groups of the impact of a policy', () => {
  it('are not called by rules that stand there since', () => {
    const document = editor.open('/w/policy.yaml', POLICY);
    const service = new PolicyService();
    const documents = { known: () => service.findings(document.getText()) } as unknown as PolicyDocuments;
    const figures = { byRule: [3], byDefaults: 2, unknown: 0 };
    const impact = { document, version: 1, figures } as unknown as PolicyImpact;
    const titles = (): string[] =>
      new ImpactGroups(documents).rules(impact, { type: 'rules', id: 'r' }).map(({ title }) => title);
    assert.deepEqual(titles(), ['a', 'The defaults']);
    document.write(POLICY.replace('  - name: a', '  - name: b\n    match: { type: y }\n  - name: a'), true);
    assert.deepEqual(titles(), ['Rule 1', 'The defaults']);
  });
});
