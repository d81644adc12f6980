import * as assert from 'node:assert/strict';
import { evaluate, type Action } from '../../../src/core/policy/evaluate';
import { explain, mismatchSentence } from '../../../src/core/policy/explain';
import { loadPolicy } from '../../../src/core/policy/loadPolicy';
import { ruleTitle, type Policy } from '../../../src/core/policy/policy';
import { pyEquals } from '../../../src/core/policy/pyEquality';
import { pyOrder } from '../../../src/core/policy/pyOrder';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import { pyStr } from '../../../src/core/policy/pyText';
import { TooMuchWork } from '../../../src/core/policy/pyError';
import type { PyMapping, PyValue } from '../../../src/core/policy/yamlTree';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { mapping } from './support/nodes';

/** A few lines that stand for 10 to the power of 60 texts. */
const BOMB = Array.from({ length: 60 }, (_, i) => {
  const item = i === 0 ? '"x"' : `*a${i - 1}`;
  return `a${i}: &a${i} [${Array(10).fill(item).join(', ')}]\n`;
}).join('');

function load(text: string): ReturnType<typeof loadPolicy> {
  const { root, problems } = readYaml(BOMB + text);
  assert.deepEqual(problems, []);
  return loadPolicy(root);
}

function policyOf(text: string): Policy {
  const result = load(text);
  if ('error' in result) assert.fail(result.error.message);
  return result.policy;
}

function action(params: PyMapping): Action {
  return { type: 'read', target: 'db', params, agent: null, description: '' };
}

/** Lists in lists, each ten times the same. */
function nested(levels: number): PyValue {
  let value: PyValue = Array(10).fill('x');
  for (let i = 0; i < levels; i++) value = Array<PyValue>(10).fill(value);
  return value;
}

describe('A hostile policy', () => {
  const bomb = mapping([['n', nested(59)]]);

  it('of aliases loads, and its values are compared no longer than a while', () => {
    for (const [condition, wanted] of [
      ['param_eq', '*a59'],
      ['param_gt', '*a59'],
      ['param_contains', '*a58'],
      ['param_matches', '*a59'],
    ]) {
      const policy = policyOf(`rules: [{name: big, conditions: {${condition}: {n: ${wanted}}}}]`);
      const outcome = evaluate(policy, action(bomb), 0, pythonSearch());
      assert.deepEqual(outcome, {
        kind: 'error',
        ruleIndex: 0,
        condition,
        sentence: `The conditions of rule 1 ("big") cannot be evaluated: in "${condition}", the values are too large, or hold each other too often, to be compared in reasonable time.`,
        python: undefined,
      });
    }
  });

  it('costs nothing where the values differ at once', () => {
    const policy = policyOf('rules: [{conditions: {param_eq: {n: *a59}}}]');
    const { outcome, passedOver } = explain(policy, action(mapping([['n', ['x']]])), 0, pythonSearch());
    assert.equal(outcome.kind, 'decision');
    assert.ok(mismatchSentence(passedOver[0].mismatch).length < 300);
  });

  it('is shown no larger than people read', () => {
    const policy = policyOf('rules: [{name: *a59, conditions: {param_eq: {n: *a59}}}, {name: [*a59]}]');
    for (const rule of policy.rules) assert.ok(ruleTitle(rule).length < 300, ruleTitle(rule));
    const { passedOver } = explain(policy, action(mapping([['n', nested(58)]])), 0, () => 'found');
    for (const { mismatch } of passedOver) assert.ok(mismatchSentence(mismatch).length < 400);
  });

  it('is refused with a message of bounded length', () => {
    for (const text of [
      'rules: [{approval: *a59}]',
      `rules: [{approval: "${'y'.repeat(1_000_000)}"}]`,
      `rules: [{risk_level: "${'y'.repeat(1_000_000)}"}]`,
      `version: "${'y'.repeat(1_000_000)}"`,
    ]) {
      const result = load(text);
      assert.ok('error' in result);
      assert.ok(result.error.message.length < 11_000 && result.error.plain.length < 300, text.slice(0, 60));
    }
  });

  it('cannot name a plan rule so that it is written without end', () => {
    const result = load('plan_rules: {sequence_patterns: [{name: *a59, steps: [a, b], approval: *a59}]}');
    assert.ok('policy' in result);
  });

  it('may nest as deep as it likes', () => {
    let [deep, other]: PyValue[] = [[], []];
    for (let i = 0; i < 5000; i++) [deep, other] = [[deep], [other]];
    for (const work of [() => pyEquals(deep, other), () => pyOrder('<', deep, other), () => pyStr(deep)])
      assert.throws(work, /^Error: RecursionError: maximum recursion depth exceeded/);
  });

  it('and an action that holds itself many times over is not written', () => {
    assert.throws(() => pyStr(nested(59)), TooMuchWork);
  });

  it('of many rules and long texts is judged, or given up, in a few seconds', () => {
    const rules = Array.from({ length: 2000 }, (_, i) => `- {match: {target: "*a*a*a*${i}z"}}\n`).join('');
    const policy = policyOf(`rules:\n${rules}`);
    const started = Date.now();
    const outcome = evaluate(policy, { ...action(mapping([])), target: 'a'.repeat(1_000_000) }, 0, pythonSearch());
    assert.equal(outcome.kind, 'error');
    assert.ok(Date.now() - started < 20_000);
  });
});
