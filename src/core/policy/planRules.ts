import type { Loading } from './loading';
import { entryOf } from './entryOf';
import { APPROVALS, RISK_LEVELS, type Approval, type RiskLevel, type Verdict } from './policy';
import { pyInt } from './pyInt';
import { pyStr } from './pyText';
import { pyItems, pyTruth } from './pyValues';
import type { MappingNode, PyValue, YamlNode } from './yamlTree';

/** Rules for several actions in a row, which say nothing of a single one. Source: the reference's core/plan_rules.py. */
export interface PlanRules {
  readonly sequences: readonly SequencePattern[];
  readonly cumulativeRisk: CumulativeRisk | undefined;
}

/** Types of actions that must not follow one another, whether or not there are others between them. */
export interface SequencePattern extends Verdict {
  readonly name: PyValue;
  /** Patterns, as written; fewer than two, and it never applies. */
  readonly steps: readonly PyValue[];
  /** Within how many actions, the first counted; 0 and less: without limit. */
  readonly window: bigint;
  readonly description: PyValue;
  readonly node: MappingNode;
}

export interface CumulativeRisk {
  readonly name: PyValue;
  /** More than this is too much, where a low risk counts 1 and a critical one 4. 0 and less: no limit. */
  readonly most: bigint;
  readonly approval: Approval;
  readonly node: MappingNode;
}

const CODE = 'invalid-plan-rules';

/**
 * Reads what stands under `plan_rules`; undefined where nothing does. Words that are not known are taken for `block` and `critical`.
 *
 * @throws LoadFault where the reference raises.
 */
export function readPlanRules(node: YamlNode | undefined, loading: Loading): PlanRules | undefined {
  if (node === undefined) return undefined;
  const mapping = loading.mapping(CODE, node, 'plan_rules');
  const list = entryOf(mapping, 'sequence_patterns')?.value;
  const items = list === undefined ? [] : loading.list(CODE, list, 'a sequence pattern');
  const sequences = items.map((item) => sequenceOf(item, loading));
  const cumulative = entryOf(mapping, 'cumulative_risk')?.value;
  const isSet = cumulative !== undefined && pyTruth(loading.value(cumulative));
  return { sequences, cumulativeRisk: isSet ? cumulativeOf(cumulative, loading) : undefined };
}

function sequenceOf(item: YamlNode, loading: Loading): SequencePattern {
  const node = loading.mapping(CODE, item, 'a sequence pattern');
  const read = memberReader(node, loading);
  const name = read('name', '', asItIs);
  const steps = read('steps', [], pyItems);
  const approval = read('approval', 'block', approvalOf);
  const risk = read('risk_level', 'critical', riskOf);
  const description = read('description', '', asItIs);
  return { name, steps, approval, risk, description, window: read('window', 0n, pyInt), node };
}

function cumulativeOf(item: YamlNode, loading: Loading): CumulativeRisk {
  const node = loading.mapping(CODE, item, 'cumulative_risk');
  const read = memberReader(node, loading);
  const most = read('max_total_risk', 0n, pyInt);
  const approval = read('on_exceed', 'block', approvalOf);
  return { name: read('name', 'cumulative_risk', asItIs), most, approval, node };
}

/** Reads one member after the other, in the order in which they are asked for; one that is absent reads as what stands for it. */
function memberReader(node: MappingNode, loading: Loading) {
  return <T>(name: string, otherwise: PyValue, read: (value: PyValue) => T): T => {
    const member = entryOf(node, name)?.value;
    return member === undefined
      ? read(otherwise)
      : loading.blame(CODE, member, () => loading.once(read, loading.value(member)));
  };
}

function asItIs(value: PyValue): PyValue {
  return value;
}

function approvalOf(value: PyValue): Approval {
  const word = wordOf(value);
  return APPROVALS.find((each) => each === word) ?? 'block';
}

function riskOf(value: PyValue): RiskLevel {
  const word = wordOf(value);
  return RISK_LEVELS.find((each) => each.toLowerCase() === word) ?? 'CRITICAL';
}

/** `str(value).lower()`, but for what holds other values: that is no word, however it is written. */
function wordOf(value: PyValue): string | undefined {
  return typeof value === 'object' && value !== null ? undefined : pyStr(value).toLowerCase();
}
