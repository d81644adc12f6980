import assert from 'node:assert/strict';
import { PolicyService } from '../../../src/policyfile/policyService';
import { readPolicyText } from '../../../src/policyfile/readPolicyFile';
import { rulesNamed } from '../../../src/policyfile/rulesNamed';

const linesOf = (text: string, name: string): number[] =>
  rulesNamed(readPolicyText(text), name).map(({ line }) => line);

describe('Where a rule stands in a policy', () => {
  it('is its name, however that is written', () => {
    const names = ['a b', "'a b'", '"a b"', 'a b # why', 'a b\t# why # so', "'a b' # why", '  a b  ', '"a\\x20b"'];
    const text = `rules:\n${names.map((name) => `  - name: ${name}\n`).join('')}`;
    assert.deepEqual(
      linesOf(text, 'a b'),
      names.map((_, i) => i + 2),
    );
    assert.deepEqual(linesOf('rules:\n- name: a#b #c\n', 'a#b'), [2]);
    assert.deepEqual(linesOf('rules: [{approval: block, name: a}, {name: b}]\n', 'b'), [1]);
    assert.deepEqual(rulesNamed(readPolicyText('rules: [{name: a}, {name: b}]\n'), 'b'), [{ line: 1, column: 21 }]);
  });

  it('is its place in the list where it has no name, and its patterns where its name counts as none', () => {
    const text =
      'rules:\n- approval: block\n- name: ""\n  match: {type: "delete*", target: prod}\n- match: {type: x}\n';
    assert.deepEqual(linesOf(text, 'rule_0'), [2]);
    assert.deepEqual(linesOf(text, 'delete*@prod'), [3]);
    assert.deepEqual(linesOf(text, 'rule_2'), [5]);
    assert.deepEqual(linesOf(text, 'rule_1'), []);
  });

  it('is where the defaults begin for what no rule decided', () => {
    assert.deepEqual(linesOf('version: 1\ndefaults:\n  approval: block\n', '<default>'), [2]);
    assert.deepEqual(linesOf('rules: []\n', '<default>'), []);
  });

  it('is found in a policy that the loader refuses, and past an error', () => {
    assert.deepEqual(linesOf('rules:\n- name: a\n  approval: maybe\n- name: b\n', 'a'), [2]);
    assert.deepEqual(linesOf('rules:\n- name: a\n  match: {type: x]\n- name: b\n', 'b'), [4]);
  });

  it('is not looked for in a file of another program, whose rules a log cannot mean', () => {
    const service = new PolicyService();
    const foreign = 'rules:\n- id: x\n  pattern: $X\n  languages: [python]\n';
    assert.deepEqual(service.rulesNamed(foreign, 'rule_0'), []);
    assert.deepEqual(service.rulesNamed('rules:\n- match: { type: x }\n', 'rule_0'), [{ line: 2, column: 3 }]);
  });

  it('is not looked for in what is not among the rules', () => {
    assert.deepEqual(linesOf('name: a\nx:\n- name: a\nrules:\n- match: {name: a}\n', 'a'), []);
    assert.deepEqual(linesOf('', 'a'), []);
    assert.deepEqual(linesOf('- name: a\n', 'a'), []);
  });
});
