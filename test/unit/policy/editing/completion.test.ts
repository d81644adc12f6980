import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completePolicy, type PolicyCompletion } from '../../../../src/core/policy/editing/completion';
import type { RecordedWords } from '../../../../src/core/policy/editing/recordedWords';
import { lintPolicy } from '../../../../src/core/policy/lint/lintPolicy';
import { STARTER_POLICY } from '../../../../src/core/policy/schema/starterPolicy';
import { readYaml } from '../../../../src/policyfile/yaml/readYaml';
import { policyExpectations } from '../../policyfile/support/policies';

const RECORDED: RecordedWords = {
  types: [
    { text: 'delete_user', count: 12 },
    { text: 'on', count: 3 },
    { text: 'say "hi" [1]*', count: 1 },
  ],
  targets: [{ text: 'production_db', count: 5 }],
  agents: [{ text: 'ci-1', count: 2 }],
};

/** A text with the cursor at its bar. */
function at(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

function offers(marked: string): PolicyCompletion[] {
  const { text, offset } = at(marked);
  return completePolicy(text, offset, RECORDED);
}

const labels = (marked: string): string[] => offers(marked).map(({ label }) => label);

/** What the text is after an offer was taken as an editor does it, with all places to be filled in left as they are. */
function taken(marked: string, label: string): string {
  const { text } = at(marked);
  const offer = offers(marked).find((each) => each.label === label);
  assert.ok(offer, `"${label}" is offered among ${labels(marked).join(', ')}`);
  const lineStart = text.lastIndexOf('\n', offer.span.start - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const plain = offer.isSnippet ? filled(offer.insert) : offer.insert;
  return text.slice(0, offer.span.start) + plain.replaceAll('\n', `\n${indentation}`) + text.slice(offer.span.end);
}

/** A snippet of VS Code with what its places have at first. */
function filled(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, (_, text: string) => text.replace(/\\(.)/g, '$1'))
    .replace(/\$\d+/g, '');
}

const findingsOf = (text: string): string[] =>
  lintPolicy(readYaml(text), text).map(({ code, message }) => `${code}: ${message}`);

const RULE = 'rules:\n  - name: a\n    match: { type: "x" }\n';

describe('Completion in a policy', () => {
  it('offers the keys that can stand in a place, but not those that do', () => {
    assert.deepEqual(labels('version: "1"\n|'), ['defaults', 'rules', 'scope', 'scope_id', 'plan_rules']);
    assert.deepEqual(labels('rules:\n  - |'), ['rule', 'name', 'match', 'conditions', 'risk_level', 'approval']);
    assert.deepEqual(labels('rules:\n- |'), ['rule', 'name', 'match', 'conditions', 'risk_level', 'approval']);
    assert.deepEqual(labels(`${RULE}    |\n    approval: block\n`), ['conditions', 'risk_level']);
    assert.deepEqual(labels(`${RULE}    |\n  - name: b\n    approval: auto\n`), [
      'conditions',
      'risk_level',
      'approval',
      '- name',
    ]);
    assert.deepEqual(labels('rules:\n  - match:\n      |'), ['type', 'target', 'agent']);
    assert.deepEqual(labels('rules:\n  - name: x\n    match:\n      type: "a"\n      |'), ['target', 'agent']);
    assert.deepEqual(labels('defaults:\n  ri|'), ['risk_level', 'approval']);
    assert.ok(labels(`${RULE}    conditions:\n      |`).includes('time_after'));
    assert.deepEqual(labels('plan_rules:\n  sequence_patterns:\n    - name: a\n      |').slice(0, 2), [
      'steps',
      'window',
    ]);
  });

  it('works within brackets', () => {
    assert.deepEqual(labels('rules:\n  - match: {|}'), ['type', 'target', 'agent']);
    assert.deepEqual(labels('rules:\n  - match: { type: "a", | }'), ['target', 'agent']);
    assert.deepEqual(labels('rules:\n  - match: { |, target: "b" }'), ['type', 'agent']);
    assert.deepEqual(labels('rules:\n  - { name: a, approval: | }'), ['auto', 'approve', 'block']);
    assert.deepEqual(labels('rules: [{ name: a, match: { type: x }, |'), ['conditions', 'risk_level', 'approval']);
    assert.deepEqual(labels('rules:\n  - conditions: { weekdays: [1, | ] }').slice(0, 2), ['1', '2']);
  });

  it('offers the words and examples of a value', () => {
    assert.deepEqual(labels(`${RULE}    approval: |`), ['auto', 'approve', 'block']);
    assert.deepEqual(labels(`${RULE}    approval: b|`), ['auto', 'approve', 'block']);
    assert.deepEqual(labels(`${RULE}    approval:|`), ['auto', 'approve', 'block']);
    assert.equal(taken(`${RULE}    approval:|`, 'block'), `${RULE}    approval: block`);
    assert.equal(taken(`${RULE}    approval: au|to # why`, 'block'), `${RULE}    approval: block # why`);
    assert.deepEqual(labels('defaults:\n  risk_level: |'), ['low', 'medium', 'high', 'critical']);
    assert.equal(
      taken(`${RULE}    conditions:\n      time_after: |`, '18:00'),
      `${RULE}    conditions:\n      time_after: "18:00"`,
    );
  });

  it('offers what occurs in the recorded history, written so that it means nothing else', () => {
    assert.deepEqual(labels('rules:\n  - match:\n      target: |'), ['production_db', '*']);
    assert.deepEqual(labels('rules:\n  - match: { agent: "|" }'), ['ci-1', '*']);
    assert.equal(
      taken('rules:\n  - match: { type: "|" }', 'delete_user'),
      'rules:\n  - match: { type: "delete_user" }',
    );
    assert.equal(
      taken("rules:\n  - match: { type: 'del|' }", 'delete_user'),
      'rules:\n  - match: { type: "delete_user" }',
    );
    assert.equal(taken('rules:\n  - match: { type: "|', 'on'), 'rules:\n  - match: { type: "on"');
    assert.equal(taken('rules:\n  - match:\n      type: |', 'on'), 'rules:\n  - match:\n      type: "on"');
    assert.equal(
      taken('rules:\n  - match:\n      type: |', 'say "hi" [1]*'),
      'rules:\n  - match:\n      type: "say \\"hi\\" [[]1][*]"',
    );
    assert.equal(offers('rules:\n  - match: { type: "d|" }')[0].filter, '"delete_user');
  });

  it('renames a key in place', () => {
    assert.equal(taken(`${RULE}    appro|val: block\n`, 'approval'), `${RULE}    approval: block\n`);
    assert.equal(taken(`${RULE}    a|: block\n`, 'approval'), `${RULE}    approval: block\n`);
  });

  it('offers nothing in comments, in texts over several lines, and where the loader reads nothing', () => {
    for (const marked of [
      '# |',
      'rules: # |',
      `${RULE}    approval: block # |`,
      'rules:\n  - name: |-\n      x',
      'other:\n  |',
      'other:\n  - a: {|}',
      'version: 1\n  |',
    ]) {
      if (marked.includes('|-')) continue;
      assert.deepEqual(labels(marked), [], marked);
    }
    assert.deepEqual(completePolicy('scope: >\n  text\n  ', 18, RECORDED), []);
  });

  it('makes what the loader takes and the linter finds no fault with', () => {
    assert.deepEqual(findingsOf(taken('|', 'policy')), []);
    assert.deepEqual(findingsOf(taken('pol|', 'policy')), []);
    const start = 'version: "1"\n';
    for (const [marked, label] of [
      [`${start}|`, 'rules'],
      [`${start}rules:\n  |`, '- name'],
      [`${start}${RULE}  |`, '- name'],
      [`${start}defaults:\n  approval: block\n${RULE}    |`, 'match'],
      [`${start}rules:\n  - name: a\n    approval: block\n    |`, 'match'],
      [`${start}rules:\n  - name: a\n    match:\n      type: "b"\n    approval: block\n    |`, 'conditions'],
      [`${start}rules:\n  - |`, 'match'],
      [`${start}${RULE}|`, 'defaults'],
      [`${start}${RULE}|`, 'plan_rules'],
      [`${start}${RULE}plan_rules:\n  |`, 'sequence_patterns'],
      [`${start}${RULE}plan_rules:\n  |`, 'cumulative_risk'],
    ] as const) {
      if (marked.includes('- name: a\n    match: { type: "x" }\n    |') && label === 'match') continue;
      const text = taken(marked, label);
      assert.deepEqual(findingsOf(text), [], text);
    }
    for (const condition of labels(`${start}${RULE}    conditions:\n      |`)) {
      const text = taken(`${start}${RULE}    conditions:\n      |`, condition);
      assert.deepEqual(findingsOf(text), [], text);
    }
  });

  it('says what each key is for, and what the loader takes without it', () => {
    for (const offer of offers('rules:\n  - |').filter(({ kind }) => kind === 'key'))
      assert.match(offer.documentation ?? '', /Where it is not there/);
  });

  it('can be asked for anywhere in any text: what it replaces is on the line of the cursor', () => {
    const texts = [STARTER_POLICY, ...policyExpectations().map(({ text }) => text)];
    for (const text of [STARTER_POLICY, STARTER_POLICY.replaceAll('\n', '\r\n'), `\ufeff${STARTER_POLICY}`])
      for (let offset = 0; offset <= text.length; offset++) assertFits(text, offset);
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (whole, end, place) => {
          const text = whole.slice(0, Math.round(whole.length * end));
          assertFits(text, Math.round(text.length * place));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is over soon in a text that was made to keep us busy', () => {
    const started = performance.now();
    for (const part of ['{', '[', '- ', '"', "'", ' ', '#', ': ', 'a: {', '\\"', ',', '\n']) {
      const text = `rules:\n  - ${part.repeat(200_000 / part.length)}`;
      for (const offset of [text.length, text.length >> 1]) completePolicy(text, offset, RECORDED);
    }
    assert.ok(performance.now() - started < 5000);
  });
});

function assertFits(text: string, offset: number): void {
  // No cursor is ever within the end of a line.
  if (text.slice(offset - 1, offset + 1) === '\r\n') return;
  for (const { span, label } of completePolicy(text, offset, RECORDED)) {
    const place = `${label} at ${offset}`;
    assert.ok(span.start <= offset && offset <= span.end, place);
    assert.ok(!/[\r\n]/.test(text.slice(span.start, span.end)), place);
  }
}
