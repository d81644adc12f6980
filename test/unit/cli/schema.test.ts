import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { explain } from '../../../src/core/policy/explain';
import { lintPolicy, type LintCode } from '../../../src/core/policy/lint/lintPolicy';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import { PY_NOTHING } from '../../../src/core/policy/pyValues';
import { policySchema } from '../../../src/core/policy/schema/jsonSchema';
import { KEY_DEFINITIONS } from '../../../src/core/policy/schema/keys';
import type { KeyDefinition, Place } from '../../../src/core/policy/schema/definition';
import { pyValueOf } from '../../../src/core/policy/yamlValue';
import { loadPolicyFile, readPolicyText } from '../../../src/policyfile/readPolicyFile';
import { POLICIES, shownAsJson } from '../policy/support/fixtures';
import { runAegis } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';

/** Findings of which a schema tells that something is wrong. */
const SEEN: ReadonlySet<LintCode> = new Set<LintCode>([
  'conditions-not-a-mapping',
  'defaults-not-a-mapping',
  'empty-policy',
  'ignored-seconds',
  'invalid-approval',
  'invalid-risk-level',
  'invalid-time',
  'invalid-version',
  'match-not-a-mapping',
  'missing-match',
  'no-rules',
  'non-string',
  'not-a-mapping',
  'rule-not-a-mapping',
  'rules-not-a-list',
  'sexagesimal-time',
  'unknown-condition',
  'unknown-key',
  'weekday-out-of-range',
]);

/** As much of a schema as is walked here. */
interface Members {
  readonly properties: Record<string, Members>;
  readonly items: Members;
}

/** All keys that there are anywhere, and some that there are not. */
const CANDIDATES = [
  ...new Set([
    ...Object.values(KEY_DEFINITIONS).flatMap((all) => all.map(({ name }) => name)),
    'aproval',
    'when',
    'id',
  ]),
];

/** Of these one at least makes a difference, whatever the key. */
const VALUES = ['low', 'auto', '"7"', '[zz, zz]', '{ zz: zz }'];

/** Whether the loader, or an evaluation, takes a key for anything: what it makes of a policy is another thing with it. */
function isRead(inPlace: (entry: string) => string, key: string, value: string): boolean {
  const [made, without] = [`${key}: ${value}`, 'zz: zz'].map((entry) => outcomeOf(inPlace(entry)));
  return made !== without;
}

function outcomeOf(text: string): string {
  const loaded = loadPolicyFile(readPolicyText(text));
  if ('refusal' in loaded) return loaded.refusal;
  const action = { type: 'a', target: 'b', agent: null, description: '', params: PY_NOTHING };
  const { passedOver, outcome } = explain(loaded.policy, action, 0, pythonSearch());
  // An unknown condition is one whatever it is called.
  const kinds = passedOver.map(({ mismatch }) => mismatch.kind);
  return JSON.stringify([kinds, outcome.kind, loaded.policy], (name, each: unknown) => {
    if (name === 'node' || name === 'conditions' || name === 'conditionsValue') return undefined;
    return typeof each === 'bigint' ? String(each) : each;
  });
}

describe('The JSON Schema of policies', () => {
  let isValid: ValidateFunction;

  before(() => {
    const { code, stdout } = runAegis(['schema']);
    assert.equal(code, 0);
    // Strict: a keyword that no tool knows would be a slip.
    isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(stdout) as Record<string, unknown>);
  });

  function fits(text: string): boolean {
    const { root } = readPolicyText(text).tree;
    return isValid(root === undefined ? null : shownAsJson(pyValueOf(root))) === true;
  }

  const rule = (more: string): string => `version: "1"\nrules:\n  - match: { type: "a" }\n    ${more}\n`;

  it('takes each of the reference’s policies in which nothing is found that a schema can see, and refuses the others', () => {
    for (const file of fs.readdirSync(POLICIES).filter((name) => name.endsWith('.yaml'))) {
      const text = fs.readFileSync(path.join(POLICIES, file), 'utf8');
      const codes = lintPolicy(readPolicyText(text).tree, text).map(({ code }) => code);
      const isSeen = codes.some((code) => SEEN.has(code));
      // (What YAML reads as a boolean is seen where a text must stand, and the length of a regular expression, not its grammar.)
      const mayBeSeen = isSeen || codes.includes('yaml-boolean') || codes.includes('invalid-regex');
      const why = `${file}: ${codes.join(', ')}`;
      if (fits(text)) assert.ok(!isSeen, why);
      else assert.ok(mayBeSeen, `${why}: ${JSON.stringify(isValid.errors)}`);
    }
  });

  it('takes all that there is', () => {
    const text = `
version: 1
scope: team
scope_id: "7"
x-owner: me
defaults: { risk_level: HIGH, approval: auto }
rules:
  - name: everything
    match: { type: "a*", target: "*", agent: "b" }
    risk_level: Low
    approval: block
    conditions:
      time_after: "08:00"
      time_before: " 9:5 "
      weekdays: [1, 7]
      param_eq: { a: 1, b: null, c: [1], d: { e: true } }
      param_gt: { a: 1.5 }
      param_lt: { a: "x" }
      param_gte: { a: 1 }
      param_lte: { a: 1 }
      param_contains: { a: x }
      param_matches: { a: '^\\d+$' }
      semantic: destructive
  - { match: {}, conditions: null }
plan_rules:
  sequence_patterns:
    - { name: s, steps: [a, "b*"], approval: approve, risk_level: high, window: 3, description: d }
  cumulative_risk: { name: c, max_total_risk: 10, on_exceed: block }
`;
    assert.ok('policy' in loadPolicyFile(readPolicyText(text)));
    assert.ok(fits(text), JSON.stringify(isValid.errors));
  });

  it('takes no policy that the loader refuses, ignores in part or reads otherwise, as far as a schema can tell', () => {
    assert.ok(fits(rule('approval: auto')));
    for (const text of [
      '',
      '- a list',
      'version: "1"',
      'version: "1.0"\nrules: []',
      'rules: { a: 1 }',
      'rules: [1]',
      'rules: [{ name: a }]',
      'rules: [{ match: "a" }]',
      'rules: []\nrule: []',
      ...[
        'aproval: block',
        'approval: Block',
        'approval: deny',
        'risk_level: severe',
        'conditions: [a]',
        'conditions: { time_after: 18:00 }',
        'conditions: { time_after: "18" }',
        'conditions: { time_after: "24:00" }',
        'conditions: { weekdays: 1 }',
        'conditions: { weekdays: [0] }',
        'conditions: { weekdays: [mon] }',
        'conditions: { param_equals: { a: 1 } }',
        'conditions: { param_gt: { a: true } }',
        'conditions: { param_gt: 1 }',
        'conditions: { semantic: "" }',
      ].map(rule),
      rule('approval: auto').replace('type:', 'typ:'),
    ])
      assert.ok(!fits(text), text);
  });

  it('has the keys that the loader reads, and no others', () => {
    const { properties } = policySchema() as unknown as Members;
    const { defaults, rules, plan_rules: plan } = properties;
    const { match, conditions } = rules.items.properties;
    const { sequence_patterns: sequences, cumulative_risk: risk } = plan.properties;
    for (const [members, inPlace] of [
      [properties, (entry) => `${entry}\n`],
      [defaults.properties, (entry) => `defaults: { ${entry} }\n`],
      [rules.items.properties, (entry) => `rules: [{ ${entry} }]\n`],
      [match.properties, (entry) => `rules: [{ match: { ${entry} } }]\n`],
      [conditions.properties, (entry) => `rules: [{ conditions: { ${entry} } }]\n`],
      [plan.properties, (entry) => `plan_rules: { ${entry} }\n`],
      [sequences.items.properties, (entry) => `plan_rules: { sequence_patterns: [{ ${entry} }] }\n`],
      [risk.properties, (entry) => `plan_rules: { cumulative_risk: { ${entry} } }\n`],
    ] as [Record<string, Members>, (entry: string) => string][]) {
      const read = CANDIDATES.filter((key) => VALUES.some((value) => isRead(inPlace, key, value)));
      assert.deepEqual(read.sort(), Object.keys(members).sort(), inPlace('…'));
    }
  });

  it('has examples in which nothing is found', () => {
    const written = (place: Place, indent: string): string => {
      const line = ({ name, value, example }: KeyDefinition): string => {
        if (value.kind === 'mapping') return `${indent}${name}:\n${written(value.of, `${indent}  `)}`;
        if (value.kind === 'list') return `${indent}${name}:\n${indent}  -\n${written(value.of, `${indent}    `)}`;
        return `${indent}${name}: ${example}\n`;
      };
      return KEY_DEFINITIONS[place].map(line).join('');
    };
    // Both times at once are a window over midnight, and a parameter cannot be greater and less than 100.
    const text = written('policy', '').replace('"18:00"', '"07:00"').replace('param_lt: { count', 'param_lt: { size');
    const { tree } = readPolicyText(text);
    const found = lintPolicy(tree, text).filter(({ message }) => !message.includes('count'));
    assert.deepEqual(found, [], text);
    assert.ok(fits(text), JSON.stringify(isValid.errors));
  });
});

describe('aegis init', () => {
  const folder = temporaryFolder();

  it('writes a policy with comments in which nothing is found, and says what to do with it', () => {
    const { code, stdout } = runAegis(['init'], { cwd: folder() });
    assert.equal(code, 0);
    assert.match(stdout, /^Created policy\.yaml\n\nNext:\n {2}aegis validate policy\.yaml\n/);
    const file = path.join(folder(), 'policy.yaml');
    assert.match(fs.readFileSync(file, 'utf8'), /^# /);
    const validated = runAegis(['validate', '--strict', file]);
    assert.deepEqual([validated.code, validated.stdout.includes('Nothing was found.')], [0, true], validated.stdout);
    const [command] = /aegis simulate .*/.exec(stdout)!;
    const simulated = runAegis(command.split(' ').slice(1), { cwd: folder() });
    assert.match(simulated.stdout, /auto, risk low: rule 2 \("allow_reading"\)/);
  });

  it('never writes over a file', () => {
    const file = path.join(folder(), 'mine.yaml');
    fs.writeFileSync(file, 'mine');
    const { code, stdout, stderr } = runAegis(['init', '-o', file]);
    assert.deepEqual([code, stdout, fs.readFileSync(file, 'utf8')], [2, '', 'mine']);
    assert.match(stderr, /mine\.yaml: It is there already, and is not written over/);
    fs.symlinkSync('nowhere', path.join(folder(), 'link.yaml'));
    assert.equal(runAegis(['init', '--output', path.join(folder(), 'link.yaml')]).code, 2);
    assert.match(runAegis(['init', '-o', path.join(folder(), 'no', 'policy.yaml')]).stderr, /There is no such folder/);
  });
});
