import * as assert from 'node:assert/strict';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { namesIn, told, under } from './support/trees';

/** A policy with something wrong in its second rule, and fine ones around it. */
function policyWith(rule: string): string {
  return `version: "1"
rules:
  - name: first
    match: {type: "a*"}
${rule}
  - name: third
    match: {type: b, target: "c"}
    approval: auto
  - name: fourth
    match:
      type: "d"
`;
}

describe('What is wrong in a policy', () => {
  const cases: readonly [what: string, rule: string, expected: string][] = [
    ['a quote that is not closed', '  - name: "second\n    match: {type: x}', 'yaml-syntax 5 "\\"second"'],
    ['a single quote that is not closed', "  - name: 'second\n    match: {type: x}", 'yaml-syntax 5 "\'second"'],
    ['a brace that is not closed', '  - name: second\n    match: {type: x', 'yaml-syntax 6 "{"'],
    ['a brace that is not closed before another key', '  - match: {type: x\n    name: second', 'yaml-syntax 5 "{"'],
    ['a bracket that is not closed', '  - match: [a, b\n    name: second', 'yaml-syntax 5 "["'],
    ['a bracket too many', '  - name: second\n    match: {type: x}}', 'yaml-syntax 6 "}"'],
    ['a missing comma', '  - name: second\n    match: {type: x\n      target: y}', 'yaml-syntax 7 ":"'],
    ['a missing colon', '  - name: second\n    match', 'yaml-syntax 6 "match"'],
    ['a key that is half written', '  - name: second\n    appr\n    match: {type: x}', 'yaml-syntax 6 "appr"'],
    ['a second colon', '  - name: second: one\n    match: {type: x}', 'yaml-syntax 5 ":"'],
    ['a line that is out in front', '  - name: second\n   match: {type: x}', 'yaml-syntax 6 "match: {type: x}"'],
    ['a line as far in as its dash', '  - name: second\n  match: {type: x}', 'yaml-syntax 6 "match: {type: x}"'],
    ['a line that is too far in', '  - name: second\n      match: {type: x}', 'yaml-syntax 6 ":"'],
    ['a glob without quotes', '  - name: second\n    match: {type: *.txt}', 'yaml-syntax 6 "*.txt}"'],
    ['a lone star', '  - name: second\n    match: {type: *}', 'yaml-syntax 6 "*}"'],
    ['an escape that is none', '  - name: second\n    match: {type: "\\d"}', 'yaml-syntax 6 "\\\\d"'],
    ['an @ at the start', '  - name: second\n    match: {agent: @bot}', 'yaml-syntax 6 "@"'],
    ['text behind a quote', '  - name: "second" one', 'yaml-syntax 5 "one"'],
    ['a tab that indents', '  - name: second\n\tmatch: {type: x}', 'yaml-tab 6 "\\t"'],
    ['a tab in a tag', '  - !!map\tname: second', 'yaml-tab 5 "!!map\\tname: second"'],
  ];

  for (const [what, rule, expected] of cases) {
    it(`(${what}) is told where it is, and only its rule is left out`, () => {
      const text = policyWith(rule);
      const tree = readYaml(text);
      assert.deepEqual(told(text, tree), [expected]);
      assert.deepEqual(namesIn(tree), ['first', 'third', 'fourth']);
      assert.deepEqual(
        tree.leftOut.map((part) => under(text, part)),
        [`${rule}\n`],
      );
    });
  }

  const kept: readonly [what: string, rule: string, expected: string, second: unknown][] = [
    ['a tab behind a colon', '  - name: second\n    match:\t{type: x}', 'yaml-tab 6 "\\t"', 'second'],
    ['a tab before a comment', '  - name: second\t# one', 'yaml-tab 5 "\\t"', 'second'],
    ['a tag that the loader does not know', '  - name: !secret second', 'yaml-tag 5 "!secret"', 'second'],
    ['a value that does not fit its tag', '  - name: !!int second', 'yaml-tag 5 "second"', 'second'],
    ['an alias of nothing', '  - name: *second', 'yaml-syntax 5 "*second"', '*second'],
    ['a date that there is none of', '  - name: 2026-02-30', 'yaml-syntax 5 "2026-02-30"', '2026-02-30'],
    ['a << that stands for no mapping', '  - name: second\n    <<: base', 'yaml-syntax 6 "base"', 'second'],
    ['a << that is a value', '  - name: <<', 'yaml-syntax 5 "<<"', '<<'],
    ['an invisible character', '  - name: sec\x07ond', 'yaml-syntax 5 "\\u0007"', 'sec\ufffdond'],
    ['a template', '  - name: second\n    match: {type: {{ x }}}', 'yaml-syntax 6 "{ x }"', 'second'],
  ];

  for (const [what, rule, expected, second] of kept) {
    it(`(${what}) is told where it is, and its rule is kept`, () => {
      const text = policyWith(rule);
      const tree = readYaml(text);
      assert.deepEqual(told(text, tree), [expected]);
      assert.deepEqual(namesIn(tree), ['first', second, 'third', 'fourth']);
      assert.deepEqual(tree.leftOut, []);
    });
  }

  it('is told as a whole, not only the first of it', () => {
    const broken = [
      '- name: "a',
      '- match: {type: x',
      '- name: b: c',
      '- name: !x d',
      '- \tname: e',
      '- *f',
      '- fine: 1',
    ];
    const text = `rules:\n${broken.map((rule) => `  ${rule}\n`).join('')}`;
    assert.deepEqual(told(text), [
      'yaml-syntax 2 "\\"a"',
      'yaml-syntax 3 "{"',
      'yaml-syntax 4 ":"',
      'yaml-tag 5 "!x"',
      'yaml-tab 6 "\\t"',
      'yaml-syntax 7 "*f"',
    ]);
  });

  it('outside of the rules costs no more than its line or its key', () => {
    const text = 'version: "1"\ndefaults:\n  risk_level: low: high\ngarbage\nrules:\n- name: a\n- name: b\n';
    const tree = readYaml(text);
    assert.deepEqual(told(text, tree), ['yaml-syntax 3 ":"', 'yaml-syntax 4 "garbage"']);
    assert.deepEqual(namesIn(tree), ['a', 'b']);
  });

  it('in the key of a block costs the block, and in the middle of a block not what follows', () => {
    const head = 'version: "1"\ndefaults:\n  approval: auto\nrules\n  - name: a\n  - name: b\nscope: c\n';
    assert.deepEqual(told(head), ['yaml-syntax 4 "rules"']);
    assert.deepEqual(readYaml(head).leftOut, [{ start: head.indexOf('rules'), end: head.indexOf('scope') }]);
    const middle = 'rules:\n  - name: a\ngarbage\n  - name: b\n  - name: c: d\n  - name: e\n';
    assert.deepEqual(told(middle), ['yaml-syntax 3 "garbage"', 'yaml-syntax 5 ":"']);
    assert.deepEqual(namesIn(readYaml(middle)), ['a', 'b', 'e']);
  });

  it('in JSON, which is YAML, too, costs no more than its line', () => {
    const text = '{\n "rules": [\n  {"name": "a"},\n  {"name": "b" "c": 1},\n  {"name": "d"}\n ]\n}\n';
    const tree = readYaml(text);
    assert.deepEqual(told(text, tree), ['yaml-syntax 4 "\\"c\\""']);
    assert.deepEqual(namesIn(tree), ['a', 'd']);
  });

  it('in rules that are not indented costs no more than its rule', () => {
    const text = 'rules:\n- name: a\n- name: b: c\n  match: {}\n- name: d\nscope: global\n';
    assert.deepEqual(namesIn(readYaml(text)), ['a', 'd']);
  });

  it('does not make an alias wrong whose name stands where it cannot be read', () => {
    const text = 'base: &base {type: x\nrules:\n  - name: a\n    match: *base\n  - name: b\n    match: {<<: *base}\n';
    const tree = readYaml(text);
    assert.deepEqual(told(text, tree), ['yaml-syntax 1 "{"']);
    assert.deepEqual(namesIn(tree), ['a', 'b']);
  });

  it('is a second document, which is not read', () => {
    const text = 'version: 1\n---\nversion: "2\n';
    const tree = readYaml(text);
    assert.deepEqual(told(text, tree), ['multiple-documents 2 "---"']);
    assert.equal(tree.root?.kind, 'mapping');
    assert.deepEqual(tree.leftOut, []);
  });

  it('is said in whole sentences, without characters of the text that act', () => {
    for (const [, rule] of [...cases, ...kept]) {
      for (const { message } of readYaml(policyWith(rule)).problems) assert.match(message, /^[A-Z|<*].* .*\.$/);
    }
    const [{ message }] = readYaml('!%e2%80%aea%1b b').problems;
    assert.match(message, /!\\u\{202e\}a\\u\{1b\}/);
  });
});
