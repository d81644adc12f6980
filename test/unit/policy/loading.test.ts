import * as assert from 'node:assert/strict';
import { loadErrorSentence, loadPolicy, type LoadError } from '../../../src/core/policy/loadPolicy';
import type { Policy } from '../../../src/core/policy/policy';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';

function load(text: string): { policy: Policy } | { error: LoadError } {
  const { root, problems } = readYaml(text);
  assert.deepEqual(problems, []);
  return loadPolicy(root);
}

function policyOf(text: string): Policy {
  const result = load(text);
  if ('error' in result) assert.fail(`${result.error.type}: ${result.error.message}`);
  return result.policy;
}

/** What the reference raises, and the text that is to blame. */
function refused(text: string): { raised: string; blamed: string; code: string } {
  const result = load(text);
  assert.ok('error' in result, text);
  const { type, message, node, code } = result.error;
  return { raised: `${type}: ${message}`, blamed: text.slice(node.span.start, node.span.end).trim(), code };
}

describe('Loading a policy', () => {
  it('fills in what is not written, as the reference does', () => {
    for (const text of ['', '# nothing\n', '~', '{}', 'rules:\n', 'rules: []\ndefaults:\n', 'rules: ""', 'rules: 0']) {
      const { version, defaults, rules, scope, scopeId, planRules } = policyOf(text);
      assert.deepEqual(
        { version, defaults, rules, scope, scopeId, planRules },
        {
          version: 1n,
          defaults: { risk: 'MEDIUM', approval: 'block' },
          rules: [],
          scope: 'global',
          scopeId: '',
          planRules: undefined,
        },
        text,
      );
    }
    const [rule] = policyOf('rules: [{}]').rules;
    const { name, risk, approval, match, conditions } = rule;
    assert.deepEqual([name, risk, approval], ['rule_0', 'MEDIUM', 'approve']);
    assert.deepEqual([match.type.value, match.target.value, match.agent.value], ['*', '*', '*']);
    assert.deepEqual(conditions, { kind: 'all', conditions: [] });
  });

  it('takes risk levels in any case, and versions that are or name whole numbers', () => {
    assert.equal(policyOf('defaults: {risk_level: CriTical}').defaults.risk, 'CRITICAL');
    for (const [written, version] of [
      ['1', 1n],
      ['"1"', 1n],
      ['1.9', 1n],
      ['-1.9', -1n],
      ['true', 1n],
      ['" 2 "', 2n],
      ['"1_0"', 10n],
      ['0x10', 16n],
    ] as const)
      assert.equal(policyOf(`version: ${written}`).version, version, written);
  });

  it('ignores all keys that it does not know, and what another key of the same name has replaced', () => {
    const policy = policyOf('rule: 5\nrules: 7\nrules:\n- {aproval: block, approval: auto, x: [1], approval: block}\n');
    assert.deepEqual(
      policy.rules.map(({ approval }) => approval),
      ['block'],
    );
  });

  it('lets merged members stand back behind those that are written', () => {
    const text = 'base: &b {approval: block, risk_level: high}\nrules:\n- {approval: auto, <<: *b}\n';
    const [{ approval, risk }] = policyOf(text).rules;
    assert.deepEqual([approval, risk], ['auto', 'HIGH']);
  });

  it('fails with what the reference raises, and says which text is to blame', () => {
    for (const [text, raised, blamed, code] of REFUSED) assert.deepEqual(refused(text), { raised, blamed, code }, text);
  });

  it('fails at what the reference reads first', () => {
    const broken = {
      defaults: 'defaults: {risk_level: 1, approval: x}\n',
      rules: 'rules: [{match: {type: 5}, risk_level: x, approval: y}]\n',
      plan: 'plan_rules: 5\n',
      version: 'version: v1\n',
    };
    const { defaults, rules, plan, version } = broken;
    assert.equal(
      refused(version + plan + rules + defaults).raised,
      "AttributeError: 'int' object has no attribute 'upper'",
    );
    assert.equal(refused(version + plan + rules).raised, "KeyError: 'X'");
    assert.equal(refused(version + plan).raised, "AttributeError: 'int' object has no attribute 'get'");
    assert.equal(refused(version).raised, "ValueError: invalid literal for int() with base 10: 'v1'");
    assert.equal(refused('rules: [{match: {type: 5, agent: 6}, approval: y}]').blamed, 'y');
    assert.equal(refused('rules: [{match: {agent: 6, type: 5}}]').blamed, '5');
    assert.equal(refused('rules: [{}, {approval: one}, {risk_level: two}]').blamed, 'one');
  });

  it('is told to people in a sentence', () => {
    for (const [text, sentence] of [
      ['- a', 'The policy cannot be loaded: a policy must be a mapping (key: value), and this is a list.'],
      [
        'rules: [{approval: "de\\u202eny"}]',
        'The policy cannot be loaded: "de\\u{202e}ny" is no approval; these are auto, approve and block, in small letters.',
      ],
      [
        'rules: [{risk_level: no}]',
        'The policy cannot be loaded: a risk level must be one of the texts low, medium, high and critical, and this is true or false.',
      ],
      ['rules: [{match: {type: 5}}]', 'The policy cannot be loaded: a whole number is no pattern.'],
    ] as const) {
      const result = load(text);
      assert.ok('error' in result);
      assert.equal(loadErrorSentence(result.error), sentence);
    }
  });
});

const NO_GET = (type: string): string => `AttributeError: '${type}' object has no attribute 'get'`;
const NO_DICT = (type: string): string =>
  `TypeError: Expected a dict for policy data, got ${type}. Check that your YAML file contains a mapping (key: value), not a scalar.`;

const REFUSED: readonly (readonly [text: string, raised: string, blamed: string, code: string])[] = [
  ['[a]', NO_DICT('list'), '[a]', 'not-a-mapping'],
  ['2026-03-01', NO_DICT('date'), '2026-03-01', 'not-a-mapping'],
  ['false', NO_DICT('bool'), 'false', 'not-a-mapping'],
  ['defaults: [1]', NO_GET('list'), '[1]', 'defaults-not-a-mapping'],
  ['rules: 5', "TypeError: 'int' object is not iterable", '5', 'rules-not-a-list'],
  ['rules: 2026-03-01', "TypeError: 'datetime.date' object is not iterable", '2026-03-01', 'rules-not-a-list'],
  ['rules: text', NO_GET('str'), 'text', 'rules-not-a-list'],
  ['rules: {1: {}}', NO_GET('int'), '{1: {}}', 'rules-not-a-list'],
  ['rules: [{}, ~]', NO_GET('NoneType'), '~', 'rule-not-a-mapping'],
  ['rules: [[]]', NO_GET('list'), '[]', 'rule-not-a-mapping'],
  ['rules: [{match: ~}]', NO_GET('NoneType'), '~', 'match-not-a-mapping'],
  ['rules: [{match: read*}]', NO_GET('str'), 'read*', 'match-not-a-mapping'],
  ['rules: [{match: {target: 1.5}}]', "TypeError: object of type 'float' has no len()", '1.5', 'non-string'],
  ['rules: [{match: {agent: ~}}]', "TypeError: object of type 'NoneType' has no len()", '~', 'non-string'],
  ['rules: [{risk_level: severe}]', "KeyError: 'SEVERE'", 'severe', 'invalid-risk-level'],
  ['rules: [{risk_level: ~}]', "AttributeError: 'NoneType' object has no attribute 'upper'", '~', 'invalid-risk-level'],
  ['defaults: {risk_level: ""}', "KeyError: ''", '""', 'invalid-risk-level'],
  ['rules: [{approval: Block}]', "ValueError: 'Block' is not a valid Approval", 'Block', 'invalid-approval'],
  ['rules: [{approval: off}]', 'ValueError: False is not a valid Approval', 'off', 'invalid-approval'],
  [
    'rules: [{approval: [1.0, {a: 2026-03-01}]}]',
    "ValueError: [1.0, {'a': datetime.date(2026, 3, 1)}] is not a valid Approval",
    '[1.0, {a: 2026-03-01}]',
    'invalid-approval',
  ],
  ['version: "1.0"', "ValueError: invalid literal for int() with base 10: '1.0'", '"1.0"', 'invalid-version'],
  ['version: .nan', 'ValueError: cannot convert float NaN to integer', '.nan', 'invalid-version'],
  [
    'version: ~',
    "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
    '~',
    'invalid-version',
  ],
  ['plan_rules: [1]', NO_GET('list'), '[1]', 'invalid-plan-rules'],
  ['plan_rules: {sequence_patterns: ~}', "TypeError: 'NoneType' object is not iterable", '~', 'invalid-plan-rules'],
  ['plan_rules: {sequence_patterns: [x]}', NO_GET('str'), 'x', 'invalid-plan-rules'],
  [
    'plan_rules: {sequence_patterns: [{steps: 5, window: x}]}',
    "TypeError: 'int' object is not iterable",
    '5',
    'invalid-plan-rules',
  ],
  [
    'plan_rules: {cumulative_risk: {max_total_risk: many}}',
    "ValueError: invalid literal for int() with base 10: 'many'",
    'many',
    'invalid-plan-rules',
  ],
];
