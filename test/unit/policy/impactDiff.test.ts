import * as assert from 'node:assert/strict';
import { diffPolicies } from '../../../src/core/policy/impact/policyDiff';
import { loaded, type Written } from './support/nodes';

function diff(before: readonly Written[], after: readonly Written[]) {
  const { added, removed, modified, moved } = diffPolicies(loaded({ rules: before }), loaded({ rules: after }));
  const names = (rules: typeof added): unknown[] => rules.map(({ name }) => name);
  return {
    added: names(added),
    removed: names(removed),
    modified: modified.map(({ after: rule, fields }) => [rule.name, ...fields]),
    moved: names(moved),
  };
}

const SAME = { added: [], removed: [], modified: [], moved: [] };

describe('The difference between two policies', () => {
  it('tells rules apart by their names', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name, match: { type: name } }));
    assert.deepEqual(diff([a, b, c], [a, b, c]), SAME);
    assert.deepEqual(diff([a, b], [b, c]), { ...SAME, added: ['c'], removed: ['a'] });
    assert.deepEqual(diff([a], [{ ...a, name: 'z' }]), { ...SAME, added: ['z'], removed: ['a'] });
  });

  it('names what is different in a rule, by the reference’s names', () => {
    const rule = { name: 'a', match: { type: 'a' } };
    const edited = {
      name: 'a',
      match: { type: 'b', target: 'c', agent: 'd' },
      approval: 'block',
      risk_level: 'high',
      conditions: { weekdays: [1] },
    };
    const fields = ['approval', 'conditions', 'match_agent', 'match_target', 'match_type', 'risk_level'];
    assert.deepEqual(diff([rule], [edited]), { ...SAME, modified: [['a', ...fields]] });
    // Written otherwise, and the same to the loader.
    assert.deepEqual(diff([rule], [{ ...rule, risk_level: 'MEDIUM', match: { type: 'a', target: '*' } }]), SAME);
    const [one, other] = [
      { a: 1, b: 2 },
      { b: 2, a: true },
    ].map((param_eq) => ({ ...rule, conditions: { param_eq } }));
    assert.deepEqual(diff([one], [other]), SAME);
  });

  it('takes the first of several rules of one name for the first, and so on', () => {
    const [one, two] = ['x', 'y'].map((type) => ({ name: 'a', match: { type } }));
    assert.deepEqual(diff([one, two], [one, two]), SAME);
    assert.deepEqual(diff([one, two], [one]), { ...SAME, removed: ['a'] });
    assert.deepEqual(diff([one, two], [one, { ...two, approval: 'auto' }]), { ...SAME, modified: [['a', 'approval']] });
  });

  it('finds the fewest rules that were moved', () => {
    const rules = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
    const inOrder = (order: string): Written[] => [...order].map((name) => ({ name }));
    assert.deepEqual(diff(rules, inOrder('bcdea')).moved, ['a']);
    assert.deepEqual(diff(rules, inOrder('abced')).moved.length, 1);
    assert.deepEqual(diff(rules, inOrder('edcba')).moved.length, 4);
    // One that is new or gone moves no other.
    assert.deepEqual(diff(rules, inOrder('xaybcde')).moved, []);
    assert.deepEqual(diff(rules, inOrder('ade')).moved, []);
  });

  it('takes any value for a name', () => {
    const named = (name: Written): Written => ({ name, match: { type: 'a' } });
    assert.deepEqual(diff([named(1), named('1'), named(null)], [named(1), named('1'), named(null)]), SAME);
    assert.deepEqual(diff([named(['a'])], [named(['a'])]), SAME);
    assert.deepEqual(diff([named(1)], [named('1')]), { ...SAME, added: ['1'], removed: [1n] });
  });

  it('tells which defaults are others', () => {
    const policy = (defaults: Written) => loaded({ defaults, rules: [] });
    const { defaults } = diffPolicies(policy({ approval: 'auto' }), policy({ risk_level: 'low' }));
    assert.deepEqual(defaults, [
      { field: 'risk_level', before: 'medium', after: 'low' },
      { field: 'approval', before: 'auto', after: 'block' },
    ]);
  });
});
