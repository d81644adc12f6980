import * as assert from 'node:assert/strict';
import { evaluate, type Decision, type EvaluationError } from '../../../src/core/policy/evaluate';
import { loadPolicy } from '../../../src/core/policy/loadPolicy';
import type { Policy } from '../../../src/core/policy/policy';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { policyFixtures, shownAsJson, type PolicyFixture } from './support/fixtures';

function load({ name, text }: PolicyFixture): Policy {
  const { root, problems } = readYaml(text);
  assert.deepEqual(problems, [], name);
  const result = loadPolicy(root);
  if ('error' in result) assert.fail(`${name}: ${result.error.type}: ${result.error.message}`);
  return result.policy;
}

/** As the fixtures tell of it. */
function shown(outcome: Decision | EvaluationError): unknown {
  if (outcome.kind === 'error') return { raises: `${outcome.python?.type}: ${outcome.python?.message}` };
  return {
    risk_level: outcome.risk,
    approval: outcome.approval,
    matched_rule: shownAsJson(outcome.matchedRule),
  };
}

describe("The reference's policies", () => {
  const fixtures = policyFixtures();
  const loading = fixtures.filter(({ reference }) => reference.raises === undefined);

  it('load as what the reference shows of them', () => {
    assert.ok(loading.length > 40);
    for (const fixture of loading) {
      const policy = load(fixture);
      assert.deepEqual(
        {
          ok: true,
          default_risk_level: policy.defaults.risk,
          default_approval: policy.defaults.approval,
          version: Number(policy.version),
          scope: shownAsJson(policy.scope),
          scope_id: shownAsJson(policy.scopeId),
          plan_rules: policy.planRules !== undefined,
          rules: policy.rules.map(({ name, match, risk, approval, conditionsValue }) => ({
            name: shownAsJson(name),
            match_type: shownAsJson(match.type.value),
            match_target: shownAsJson(match.target.value),
            match_agent: shownAsJson(match.agent.value),
            risk_level: risk,
            approval,
            conditions: shownAsJson(conditionsValue),
          })),
        },
        fixture.reference,
        fixture.name,
      );
    }
  });

  it('are refused where the reference refuses them, with what it raises', () => {
    const refused = fixtures.filter(
      // (What is no YAML is told by the reader.)
      ({ reference, text }) => reference.raises !== undefined && readYaml(text).problems.length === 0,
    );
    assert.ok(refused.length > 10);
    for (const { name, reference, text } of refused) {
      const result = loadPolicy(readYaml(text).root);
      assert.ok('error' in result, name);
      assert.equal(`${result.error.type}: ${result.error.message}`, reference.raises, name);
    }
  });

  it('decide on every action as the reference does, errors to the letter', () => {
    const search = pythonSearch();
    let decided = 0;
    let raised = 0;
    for (const fixture of loading.filter(({ actions }) => actions.length > 0)) {
      const policy = load(fixture);
      fixture.actions.forEach(({ action, clock, expected }, i) => {
        const outcome = evaluate(policy, action, clock, search);
        assert.deepEqual(shown(outcome), expected, `${fixture.name}, action ${i + 1}`);
        if (outcome.kind === 'error') raised++;
        else decided++;
      });
    }
    assert.ok(decided > 700 && raised > 30, `${decided} decisions, ${raised} errors`);
  });
});
