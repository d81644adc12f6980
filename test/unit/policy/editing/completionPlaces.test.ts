import assert from 'node:assert/strict';
import { completePolicy } from '../../../../src/core/policy/editing/completion';
import type { RecordedWords } from '../../../../src/core/policy/editing/recordedWords';
import { lintPolicy } from '../../../../src/core/policy/lint/lintPolicy';
import { isKnownKey, KNOWN_KEYS, type KeyPlace } from '../../../../src/core/policy/lint/knownKeys';
import { STARTER_POLICY } from '../../../../src/core/policy/schema/starterPolicy';
import type { MappingNode } from '../../../../src/core/policy/yamlTree';
import { walkYaml } from '../../../../src/core/policy/yamlWalk';
import { readYaml } from '../../../../src/policyfile/yaml/readYaml';
import { policyFixtures } from '../support/fixtures';
import { policyOf } from '../support/linted';
import { accepted, labels, offered, taken } from './support/written';

const found = (text: string): string[] =>
  lintPolicy(readYaml(text), text).map(({ code, message }) => `${code}: ${message}`);

const HEAD = 'version: "1"\n';
const RULE = `${HEAD}rules:\n  - name: a\n    match: { type: "x" }\n`;

describe('Completion where a list goes on', () => {
  it('offers another rule wherever one can begin, in the column of the others', () => {
    const rule = (indentation: string): string =>
      ['- name: block_deletes', '  match:', '    type: "delete*"', '  risk_level: high', '  approval: block']
        .map((line) => `${indentation}${line}`)
        .join('\n');
    for (const [marked, column] of [
      [`${RULE}    ‸`, 2],
      [`${RULE}  ‸`, 2],
      [`${RULE}‸`, 2],
      [`${RULE} ‸`, 2],
      [`${RULE}    ‸\n`, 2],
      [`${RULE}\n    ‸\n  # The next one.\n  - name: b\n    match: { type: "y" }\n`, 2],
      [`${RULE}‸\nscope: global\n`, 2],
      [`${HEAD}rules:\n‸`, 2],
      [`${HEAD}rules:\n  ‸`, 2],
      [`${HEAD}rules:\n    ‸`, 4],
      [`${HEAD}rules:\n- name: a\n  match: { type: "x" }\n‸`, 0],
      [`${HEAD}rules:\n- name: a\n  match: { type: "x" }\n  ‸`, 0],
      [`${HEAD}rules:\n    - name: a\n      match: { type: "x" }\n      ‸`, 4],
    ] as const) {
      const text = accepted(marked, '- name');
      assert.ok(text.includes(`\n${rule(' '.repeat(column))}`), text);
      assert.deepEqual(found(text), [], text);
    }
  });

  it('offers none within a rule, nor where the list is over', () => {
    for (const marked of [
      `${RULE}    ‸\n    approval: block\n`,
      `${RULE}‸\n    approval: block\n`,
      `${RULE}scope: global\n‸`,
      `${RULE}    conditions:\n      ‸`,
    ])
      assert.ok(!labels(marked).includes('- name'), marked);
  });

  it('gives a new rule a name and a pattern that no other has', () => {
    let text = HEAD;
    for (let i = 0; i < 10; i++) text = accepted(`${text}${i === 0 ? 'rules:\n' : '\n'}  ‸`, '- name');
    assert.equal(policyOf(text).rules.length, 10);
    assert.deepEqual(found(text), []);
  });

  it('offers the single values of a list, also below its key', () => {
    const conditions = `${RULE}    conditions:\n      `;
    assert.deepEqual(labels(`${conditions}weekdays:\n        - ‸`), ['1', '2', '3', '4', '5', '6', '7']);
    assert.deepEqual(labels(`${conditions}weekdays: ‸`), ['[1, 2, 3, 4, 5]', '[6, 7]']);
    assert.deepEqual(labels(`${HEAD}plan_rules: { sequence_patterns: [{ steps: ‸ }] }`), ['["export*", "send*"]']);
    assert.equal(accepted(`${conditions}weekdays:\n        ‸`, '6'), `${conditions}weekdays:\n        - 6`);
  });

  it('offers a whole rule or sequence behind a dash', () => {
    for (const marked of [`${HEAD}rules:\n  - ‸`, `${HEAD}rules:\n  -‸`, `${HEAD}rules:\n-‸`, `${RULE}  - ‸`])
      assert.deepEqual(found(accepted(marked, 'rule')), [], marked);
    const plan = `${RULE}plan_rules:\n  sequence_patterns:\n    - ‸`;
    assert.deepEqual(found(accepted(plan, 'sequence')), []);
  });
});

describe('Completion in brackets over several lines', () => {
  it('knows where it is', () => {
    const open = 'rules:\n  - match: {\n';
    assert.deepEqual(labels(`${open}      ‸`), ['type', 'target', 'agent']);
    assert.deepEqual(labels(`${open}      type: "a", # why\n      ‸\n    }`), ['target', 'agent']);
    assert.deepEqual(labels(`${open}      type: ‸\n    }`), ['*']);
    assert.deepEqual(labels(`${open}      type: "a"\n    }\n    approval: ‸`), ['auto', 'approve', 'block']);
    assert.deepEqual(labels(`${open}      type: "{ # [",\n      ‸`), ['target', 'agent']);
    assert.deepEqual(labels('{\n  "rules": [\n    { "approval": "‸" }\n  ]\n}'), ['auto', 'approve', 'block']);
    assert.deepEqual(labels('{\n  "rules": [],\n  "de‸"\n}', 'key'), [
      'version',
      'defaults',
      'scope',
      'scope_id',
      'plan_rules',
    ]);
  });

  it('puts keys into quotes where they are begun so', () => {
    assert.equal(accepted('{ "rules": [{ "‸" }] }', 'approval'), '{ "rules": [{ "approval":  }] }');
    assert.equal(accepted('{ "rules": [{ "appro‸val": auto }] }', 'approval'), '{ "rules": [{ "approval": auto }] }');
  });

  it('is not held by a bracket that nobody closed above', () => {
    assert.deepEqual(labels('rules:\n  - match: { type: "a"\n    approval: ‸'), ['auto', 'approve', 'block']);
    assert.deepEqual(labels('rules:\n  - match: { type: "a"\n  - name: b\n    ri‸', 'key'), [
      'match',
      'conditions',
      'risk_level',
      'approval',
    ]);
  });
});

describe('What completion puts in', () => {
  const conditionsOf = (inside: string): string => `${RULE}    conditions:\n      ${inside}`;

  it('goes together with the conditions that are there', () => {
    const names = KNOWN_KEYS.conditions;
    for (const first of names) {
      const once = accepted(conditionsOf('‸'), first);
      for (const second of names.filter((name) => name !== first)) {
        const twice = accepted(`${once}\n      ‸`, second);
        assert.deepEqual(found(twice), [], twice);
        assert.equal(policyOf(twice).rules[0].conditions.kind, 'all');
      }
    }
  });

  it('is a parameter to be named, below a condition on parameters', () => {
    const text = accepted(conditionsOf('param_matches:\n        ‸'), "command: 'rm\\s+-rf'");
    assert.equal(text, conditionsOf("param_matches:\n        command: 'rm\\s+-rf'"));
    assert.deepEqual(labels(conditionsOf('param_gt: { ‸ }')), ['count: 100']);
  });

  it('names the categories of semantic', () => {
    for (const label of labels(conditionsOf('semantic: ‸')))
      assert.deepEqual(found(accepted(conditionsOf('semantic: ‸'), label)), []);
  });

  it('has the line ends of the file, and minds no byte order mark', () => {
    const windows = accepted(`\ufeff${RULE.replaceAll('\n', '\r\n')}    ‸\r\n`, '- name');
    assert.deepEqual(found(windows), []);
    assert.doesNotMatch(windows, /[^\r]\n/);
    assert.deepEqual(labels('\ufeffversion: "1"\n‸'), ['defaults', 'rules', 'scope', 'scope_id', 'plan_rules']);
    assert.deepEqual(found(accepted('\ufeff‸', 'policy')), []);
    assert.deepEqual(offered('‸\ufeff'), []);
  });

  it('is a policy to start from where there are only comments', () => {
    assert.deepEqual(found(accepted('# Ours.\n\n‸', 'policy')), []);
    assert.ok(!labels(`${HEAD}‸`).includes('policy'));
  });

  it('is what was recorded, whatever it is: the pattern matches that and nothing else', () => {
    const odd = [
      'on',
      '18:00',
      '',
      'a: b',
      "it's",
      '# no',
      '*',
      '[a]',
      'x\\y',
      '${1}$0}',
      'é😀',
      '\u0007\x7f\x85',
      '\u2028',
      '\ufeff',
      '\ud83d',
      'a\nb',
      '~',
    ];
    const words: RecordedWords = { types: odd.map((text) => ({ text, count: 1 })), targets: [], agents: [] };
    for (const before of ['', '"', "'", 'x']) {
      const marked = `${HEAD}rules:\n  - match:\n      type: ${before}‸`;
      const offers = offered(marked, words).filter(({ kind }) => kind === 'recorded');
      assert.equal(offers.length, odd.length - 1);
      offers.forEach((offer, i) => {
        const text = taken(marked.replace('‸', ''), offer);
        const { tokens } = policyOf(text).rules[0].match.type.glob;
        const only = tokens.map((token) => {
          if (token.kind === 'literal') return token.point;
          assert.ok(token.kind === 'set' && !token.isNegated && token.ranges.length === 1, text);
          assert.equal(token.ranges[0][0], token.ranges[0][1]);
          return token.ranges[0][0];
        });
        const wanted = odd.filter((each) => each !== '')[i];
        assert.equal(String.fromCodePoint(...only), wanted, text);
        assert.doesNotMatch(offer.label, /[\p{Cc}\p{Cf}\p{Cs}]/u);
      });
    }
  });
});

describe('Completion anywhere in a policy', () => {
  const texts = [
    ...policyFixtures()
      .filter(({ reference }) => reference.raises === undefined)
      .map(({ text }) => text),
    STARTER_POLICY,
  ];

  it('puts in keys that the loader reads in their place, and values that leave the rest as it was', () => {
    for (const [i, text] of texts.entries()) {
      // Every third place, another third in each text: together they are all kinds of places.
      for (let offset = i % 3; offset <= text.length; offset += 3) {
        const offers = completePolicy(text, offset, { types: [], targets: [], agents: [] });
        for (const offer of offers.filter(({ kind }) => kind === 'key').slice(0, 2)) {
          const whole = taken(text, offer);
          const places = placesOf(whole, offer.span.start, offer.label);
          assert.ok(places, `${offer.label} at ${offset} is a key in\n${whole}`);
          assert.ok(isKnownKey(places, offer.label), `${offer.label} at ${offset} in ${places}\n${whole}`);
        }
      }
    }
  });

  it('has in each place of a policy that is written line by line all keys that are written next', () => {
    let checked = 0;
    for (const text of texts) {
      const { root } = readYaml(text);
      if (root?.kind !== 'mapping') continue;
      for (const [place, mapping] of mappingsOf(root)) {
        const written = new Set<unknown>();
        for (const { key, isMerged } of mapping.entries) {
          if (key.kind !== 'scalar' || isMerged || !isKnownKey(place, key.value) || written.has(key.value)) continue;
          written.add(key.value);
          const before = text.slice(0, key.span.start);
          const now = completePolicy(before, before.length, { types: [], targets: [], agents: [] });
          assert.ok(
            now.some(({ label, kind }) => kind === 'key' && label === key.value),
            `${key.text} behind\n${before}`,
          );
          checked++;
        }
      }
    }
    assert.ok(checked > 500, `${checked}`);
  });

  /** The place in which a key stands that begins at an offset or near it. */
  function placesOf(text: string, start: number, name: string): KeyPlace | undefined {
    const { root } = readYaml(text);
    if (root?.kind !== 'mapping') return undefined;
    return mappingsOf(root).find(([, { entries }]) =>
      entries.some(
        ({ key }) =>
          key.kind === 'scalar' && key.text === name && key.span.start >= start && key.span.start <= start + 6,
      ),
    )?.[0];
  }
});

/** Mappings in which the loader reads keys, each with where it is. */
function mappingsOf(root: MappingNode): [KeyPlace, MappingNode][] {
  const all: [KeyPlace, MappingNode][] = [['policy', root]];
  const below: Readonly<Record<string, KeyPlace>> = {
    defaults: 'defaults',
    rules: 'rule',
    match: 'match',
    conditions: 'conditions',
    plan_rules: 'plan_rules',
    sequence_patterns: 'sequence',
    cumulative_risk: 'cumulative_risk',
  };
  walkYaml(root, (node) => {
    if (node.kind !== 'mapping') return true;
    for (const { key, value } of node.entries) {
      const place = key.kind === 'scalar' ? below[key.text] : undefined;
      if (place === undefined) continue;
      const isList = place === 'rule' || place === 'sequence';
      const items = value.kind !== 'sequence' ? (isList ? [] : [value]) : isList ? value.items : [];
      for (const item of items) if (item.kind === 'mapping') all.push([place, item]);
    }
    return true;
  });
  return all;
}

describe('Completion behind a key that is to hold something', () => {
  const PLACES = [
    [`${HEAD}rules: ‸\n`, '- name'],
    [`${HEAD}rules:‸\n`, '- name'],
    [`${HEAD}rules: ‸`, '[{ name }]'],
    [`${HEAD}rules: [‸]\n`, '{ name }'],
    [`${HEAD}rules: [{ name: a, match: { type: "x" } }, ‸]\n`, '{ name }'],
    [`${HEAD}rules:\n  - name: a\n    match: ‸\n`, 'type'],
    [`${HEAD}rules:\n  - name: a\n    match: ‸\n    approval: block\n`, '{ type }'],
    [`${HEAD}rules:\n  - match: ‸\n    name: a\n`, 'type'],
    [`${HEAD}rules:\n  - { name: a, match: ‸ }\n`, '{ type }'],
    [`${HEAD}rules:\n  - { name: a, match: {‸} }\n`, 'type'],
    [`${HEAD}rules:\n  - {name: a, match: {type: "x", ‸}}\n`, 'target'],
    [`${HEAD}defaults: ‸\nrules: [{ name: a, match: { type: "x" } }]\n`, 'risk_level'],
    [`${RULE}    conditions: ‸\n`, 'time_after'],
    [`${RULE}    conditions: ‸\n`, '{ time_after }'],
    [`${RULE}plan_rules: ‸\n`, 'cumulative_risk'],
    [`${RULE}plan_rules:\n  sequence_patterns: ‸\n`, '- name'],
    [`${RULE}plan_rules:\n  sequence_patterns: [‸]\n`, '{ name }'],
    [`${RULE}plan_rules:\n  cumulative_risk: ‸\n`, '{ max_total_risk }'],
  ] as const;

  for (const [marked, label] of PLACES) {
    it(`offers ${label} in ${JSON.stringify(marked.replace(HEAD, ''))}`, () => {
      const text = accepted(marked, label);
      assert.deepEqual(readYaml(text).problems, [], text);
      const isAnswered = /target: ""|type: ""/.test(text);
      if (!isAnswered) assert.deepEqual(found(text), [], text);
      assert.doesNotMatch(text, / +$/m);
      assert.notEqual(text, marked.replace('‸', ''));
    });
  }

  it('offers nothing where the value stands there already, or below', () => {
    for (const marked of [
      `${HEAD}rules: ‸\n  - name: a\n`,
      `${HEAD}rules: ‸\n- name: a\n`,
      `${HEAD}rules:\n  - name: a\n    match: ‸\n      type: x\n`,
      `${HEAD}rules:\n  - name: a\n    match: ‸{ type: x }\n`,
      `${HEAD}rules:\n  - name: a\n    match: # ‸\n`,
      `${HEAD}rules:\n  - name: a\n    match: te‸\n`,
    ])
      assert.deepEqual(labels(marked), [], marked);
  });
});
