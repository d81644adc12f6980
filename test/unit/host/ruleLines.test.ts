import assert from 'node:assert/strict';
import { ruleLines } from '../../../src/host/sessions/ruleLines';

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

  it('is found soon in a policy that was made to keep us busy', () => {
    const start = performance.now();
    for (const filler of [' ', '\t', '#', ' #', "'", '"', '\\"', "''"]) {
      const long = filler.repeat(1_000_000 / filler.length);
      ruleLines(`rules:\n- name: x${long}x\n- name: '${long}\n- name: "${long}\n${long}name: y\n`, 'x');
    }
    assert.ok(performance.now() - start < 2000);
  }).timeout(10_000);
});
