import { readConditions } from './conditions/readConditions';
import { globOfValue } from './globValue';
import { Loading, LoadFault, type LoadError } from './loading';
import { entryOf } from './entryOf';
import { readPlanRules } from './planRules';
import type { Approval, Pattern, Policy, PolicyRule, RiskLevel } from './policy';
import { PyError } from './pyError';
import { pyInt } from './pyInt';
import { pyClassName, PY_NOTHING, pyNoun, pyTruth } from './pyValues';
import { readApproval, readRiskLevel } from './verdictWords';
import type { MappingNode, PyValue, YamlNode } from './yamlTree';

export type { LoadError, LoadErrorCode } from './loading';

/**
 * Loads a policy as the reference does, and fails where it fails, with what it raises first. All that it ignores in silence is ignored
 * here too. Source: `Policy.from_dict` of the reference's core/policy.py.
 *
 * @param root undefined for an empty document.
 */
export function loadPolicy(root: YamlNode | undefined): { readonly policy: Policy } | { readonly error: LoadError } {
  try {
    const loading = new Loading();
    return { policy: root === undefined ? EMPTY : policyOf(root, loading) };
  } catch (error) {
    if (error instanceof LoadFault) return { error: error.error };
    throw error;
  }
}

const DEFAULT_RISK: RiskLevel = 'MEDIUM';

const EMPTY: Policy = {
  version: 1n,
  defaults: { risk: DEFAULT_RISK, approval: 'block' },
  rules: [],
  scope: 'global',
  scopeId: '',
  planRules: undefined,
};

function policyOf(root: YamlNode, loading: Loading): Policy {
  if (root.kind === 'scalar' && root.value === null) return EMPTY;
  if (root.kind !== 'mapping')
    return loading.blame('not-a-mapping', root, () => {
      throw notADict(loading.value(root));
    });
  const member = (name: string): YamlNode | undefined => entryOf(root, name)?.value;
  const truthy = (name: string): YamlNode | undefined => {
    const node = member(name);
    return node !== undefined && pyTruth(loading.value(node)) ? node : undefined;
  };
  // In the reference's order: what fails first is what it reports.
  const defaults = defaultsOf(truthy('defaults'), loading);
  const rules = rulesOf(truthy('rules'), loading);
  const planRules = readPlanRules(truthy('plan_rules'), loading);
  const valueOf = (name: string, otherwise: PyValue): PyValue => {
    const node = member(name);
    return node === undefined ? otherwise : loading.value(node);
  };
  const [scope, scopeId] = [valueOf('scope', 'global'), valueOf('scope_id', '')];
  const version = member('version');
  return {
    version:
      version === undefined ? 1n : loading.blame('invalid-version', version, () => pyInt(loading.value(version))),
    defaults,
    rules,
    scope,
    scopeId,
    planRules,
  };
}

function notADict(value: PyValue): PyError {
  return new PyError(
    'TypeError',
    `Expected a dict for policy data, got ${pyClassName(value)}. Check that your YAML file contains a mapping (key: value), not a scalar.`,
    `a policy must be a mapping (key: value), and this is ${pyNoun(value)}`,
  );
}

function defaultsOf(node: YamlNode | undefined, loading: Loading): Policy['defaults'] {
  const mapping = node && loading.mapping('defaults-not-a-mapping', node, 'the defaults');
  const risk = riskOf(mapping, loading);
  return { risk, approval: approvalOf(mapping, loading, 'block') };
}

function riskOf(mapping: MappingNode | undefined, loading: Loading): RiskLevel {
  const node = mapping && entryOf(mapping, 'risk_level')?.value;
  if (node === undefined) return DEFAULT_RISK;
  return loading.blame('invalid-risk-level', node, () => loading.once(readRiskLevel, loading.value(node)));
}

function approvalOf(mapping: MappingNode | undefined, loading: Loading, otherwise: Approval): Approval {
  const node = mapping && entryOf(mapping, 'approval')?.value;
  if (node === undefined) return otherwise;
  return loading.blame('invalid-approval', node, () => loading.once(readApproval, loading.value(node)));
}

function rulesOf(node: YamlNode | undefined, loading: Loading): PolicyRule[] {
  if (node === undefined) return [];
  return loading.list('rules-not-a-list', node, 'a rule').map((item, index) => ruleOf(item, index, loading));
}

/**
 * One rule for itself.
 *
 * @throws LoadFault where the reference raises.
 */
export function ruleOf(item: YamlNode, index: number, loading: Loading): PolicyRule {
  const node = loading.mapping('rule-not-a-mapping', item, 'a rule');
  const valueOf = (name: string, otherwise: PyValue): PyValue => {
    const entry = entryOf(node, name);
    return entry === undefined ? otherwise : loading.value(entry.value);
  };
  const matchNode = entryOf(node, 'match')?.value;
  const match = matchNode && loading.mapping('match-not-a-mapping', matchNode, 'a match');
  const risk = riskOf(node, loading);
  const approval = approvalOf(node, loading, 'approve');
  const name = valueOf('name', `rule_${index}`);
  const conditionsValue = valueOf('conditions', PY_NOTHING);
  const type = patternOf(match, 'type', loading);
  const target = patternOf(match, 'target', loading);
  const agent = patternOf(match, 'agent', loading);
  return {
    index,
    name,
    match: { type, target, agent },
    risk,
    approval,
    conditionsValue,
    conditions: loading.once(readConditions, conditionsValue),
    node,
  };
}

function patternOf(match: MappingNode | undefined, name: string, loading: Loading): Pattern {
  const node = match && entryOf(match, name)?.value;
  if (node === undefined) return EVERYTHING;
  return loading.blame('non-string', node, () => {
    const value = loading.value(node);
    return { value, glob: loading.once(globOfValue, value) };
  });
}

const EVERYTHING: Pattern = { value: '*', glob: globOfValue('*') };

/** For people: why a policy does not load. */
export function loadErrorSentence({ plain }: LoadError): string {
  return `The policy cannot be loaded: ${plain}.`;
}
