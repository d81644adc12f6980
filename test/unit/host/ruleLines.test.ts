import assert from 'node:assert/strict';
import { hasFlowStyle, ruleLines, startOfRules, whyUnnamed } from '../../../src/host/sessions/ruleLines';

describe('Where a rule stands in a policy', () => {
  it('is its name, however that is written, without a comment behind it', () => {
    const names = ['a b', "'a b'", '"a b"', 'a b # why', 'a b\t# why # so', "'a b' # why", '  a b  '];
    const text = `rules:\n${names.map((name) => `  - name: ${name}\n`).join('')}`;
    const wanted = names.map((_, i) => ({ line: i + 1, column: 4 }));
    assert.deepEqual(ruleLines(text, 'a b'), wanted);
    assert.deepEqual(ruleLines('rules:\n- name: a#b #c\n', 'a#b'), [{ line: 1, column: 2 }]);
    assert.deepEqual(ruleLines('defaults:\n  x: 1\n', '<default>'), [{ line: 0, column: 0 }]);
    assert.deepEqual(ruleLines('x: 1\n- name: a\n', 'a'), []);
  });

  it('may not be known, for a log names rules that have no name: it is said which, and why', () => {
    assert.match(whyUnnamed('rule_0') ?? '', /rule number 1 of a policy where that rule has no name/);
    assert.match(whyUnnamed('rule_1233') ?? '', /rule number 1,234 /);
    assert.match(whyUnnamed('delete_*@prod*') ?? '', /whose name is empty/);
    for (const name of ['block_deletes', 'rule_', 'rule_x', 'my_rule_1', 'rule_1 ', '<default>']) {
      assert.equal(whyUnnamed(name), undefined, name);
    }
  });

  it('may be in flow style, in which names are not looked for', () => {
    for (const text of [
      'rules:\n  - {name: a}\n',
      'rules:\n- { "name": a }\n',
      'rules: [{name: a}]\n',
      'rules:\r-{a: b}',
    ]) {
      assert.deepEqual(ruleLines(text, 'a'), []);
      assert.ok(hasFlowStyle(text), text);
    }
    assert.ok(!hasFlowStyle('rules:\n- name: a\n  match: {type: x}\n  conditions: [1]\n'));
  });

  it('is near where the rules of the policy begin', () => {
    assert.deepEqual(startOfRules('version: 1\nrules:\n- name: a\n'), { line: 1, column: 0 });
    assert.deepEqual(startOfRules('defaults: {}\r\n"rules" : []\r\n'), { line: 1, column: 0 });
    assert.equal(startOfRules('other:\n  rules: []\nrulesets: 1\n'), undefined);
  });

  it('is found soon in a policy that was made to keep us busy', () => {
    const start = performance.now();
    for (const filler of [' ', '\t', '#', ' #', "'", '"', '\\"', "''"]) {
      const long = filler.repeat(1_000_000 / filler.length);
      const text = `rules:\n- name: x${long}x\n- name: '${long}\n- name: "${long}\n${long}name: y\n${long}{`;
      ruleLines(text, 'x');
      startOfRules(text);
      hasFlowStyle(text);
    }
    assert.ok(performance.now() - start < 2000);
  }).timeout(10_000);
});
