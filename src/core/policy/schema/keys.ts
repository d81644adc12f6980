import { CONDITION_DEFINITIONS } from './conditionKeys';
import type { KeyDefinition, Place } from './definition';

const PATTERN =
  'a pattern for the whole text, with * for any characters, ? for one, [abc] and [!abc]; upper and lower case are told apart.';

/** The keys that the loader reads, by where they stand, in the order in which they are mostly written. */
export const KEY_DEFINITIONS: Readonly<Record<Place, readonly KeyDefinition[]>> = {
  policy: [
    {
      name: 'version',
      meaning: 'The version of the format, a whole number.',
      value: { kind: 'version' },
      otherwise: '1',
      example: '"1"',
    },
    {
      name: 'defaults',
      meaning: 'What an action gets that no rule matches.',
      value: { kind: 'mapping', of: 'defaults' },
      otherwise: 'risk level medium, approval block',
    },
    {
      name: 'rules',
      meaning: 'The rules, in their order: the first that matches an action decides about it.',
      value: { kind: 'list', of: 'rule' },
      otherwise: 'none, so that every action gets the defaults',
    },
    {
      name: 'scope',
      meaning: 'What the policy is for. It says nothing about a single action.',
      value: { kind: 'text' },
      otherwise: 'global',
      example: 'global',
    },
    {
      name: 'scope_id',
      meaning: 'The team, project or agent that the scope means.',
      value: { kind: 'text' },
      otherwise: 'the empty text',
      example: '""',
    },
    {
      name: 'plan_rules',
      meaning: 'Rules for several actions that are planned together. They say nothing about a single action.',
      value: { kind: 'mapping', of: 'plan_rules' },
      otherwise: 'none',
    },
  ],
  defaults: [
    {
      name: 'risk_level',
      meaning: 'How risky an action counts that no rule matches.',
      value: { kind: 'risk', preset: 'MEDIUM' },
      otherwise: 'medium',
      example: 'medium',
    },
    {
      name: 'approval',
      meaning: 'What happens to an action that no rule matches.',
      value: { kind: 'approval', preset: 'block' },
      otherwise: 'block',
      example: 'approve',
    },
  ],
  rule: [
    {
      name: 'name',
      meaning: 'The name under which the audit trail has the rule. No two should have the same.',
      value: { kind: 'text' },
      otherwise: 'rule_ and the place in the list, counted from 0',
      example: 'block_deletes',
    },
    {
      name: 'match',
      meaning: 'The actions that the rule is for, by patterns. All of them must match.',
      value: { kind: 'mapping', of: 'match' },
      otherwise: 'every action',
    },
    {
      name: 'conditions',
      meaning: 'What must hold besides. All of them must.',
      value: { kind: 'mapping', of: 'conditions' },
      otherwise: 'nothing',
    },
    {
      name: 'risk_level',
      meaning: 'How risky the action counts. The audit trail has it; by itself it neither asks nor blocks.',
      value: { kind: 'risk', preset: 'MEDIUM' },
      otherwise: 'medium',
      example: 'medium',
    },
    {
      name: 'approval',
      meaning: 'What happens to an action that the rule matches.',
      value: { kind: 'approval', preset: 'approve' },
      otherwise: 'approve',
      example: 'approve',
    },
  ],
  match: [
    {
      name: 'type',
      meaning: `The type of the action: ${PATTERN}`,
      value: { kind: 'pattern' },
      otherwise: 'every type',
      example: '"delete*"',
    },
    {
      name: 'target',
      meaning: `What the action is carried out on: ${PATTERN}`,
      value: { kind: 'pattern' },
      otherwise: 'every target',
      example: '"prod*"',
    },
    {
      name: 'agent',
      meaning: `The agent's id: ${PATTERN} An agent that is not known counts as the text *.`,
      value: { kind: 'pattern' },
      otherwise: 'every agent, known or not',
      example: '"ci-*"',
    },
  ],
  conditions: CONDITION_DEFINITIONS,
  plan_rules: [
    {
      name: 'sequence_patterns',
      meaning: 'Actions that must not follow one another in a plan.',
      value: { kind: 'list', of: 'sequence' },
      otherwise: 'none',
    },
    {
      name: 'cumulative_risk',
      meaning: 'How much risk the actions of a plan may have together.',
      value: { kind: 'mapping', of: 'cumulative_risk' },
      otherwise: 'any',
    },
  ],
  sequence: [
    {
      name: 'name',
      meaning: 'The name under which a plan that has the sequence is reported.',
      value: { kind: 'text' },
      otherwise: 'the empty text',
      example: 'export_then_send',
    },
    {
      name: 'steps',
      meaning:
        'Patterns for the types of the actions, in their order; others may come between them. Fewer than two never apply.',
      value: { kind: 'patterns', least: 2 },
      otherwise: 'none, so that it never applies',
      example: '["export*", "send*"]',
    },
    {
      name: 'window',
      meaning: 'Within how many actions the sequence must be, the first one counted; 0 is without limit.',
      value: { kind: 'count', least: 0, preset: 0 },
      otherwise: '0',
      example: '0',
    },
    {
      name: 'approval',
      meaning:
        'What happens to a plan that has the sequence: block stops all of it, any other is only reported. The loader takes a word that it does not know for block.',
      value: { kind: 'approval', preset: 'block' },
      otherwise: 'block',
      example: 'block',
    },
    {
      name: 'risk_level',
      meaning: 'How risky it counts. The loader takes a word that it does not know for critical.',
      value: { kind: 'risk', preset: 'CRITICAL' },
      otherwise: 'critical',
      example: 'critical',
    },
    {
      name: 'description',
      meaning: 'What it is for.',
      value: { kind: 'text' },
      otherwise: 'the empty text',
      example: '""',
    },
  ],
  cumulative_risk: [
    {
      name: 'name',
      meaning: 'The name under which a plan that exceeds it is reported.',
      value: { kind: 'text' },
      otherwise: 'cumulative_risk',
      example: 'too_much_at_once',
    },
    {
      name: 'max_total_risk',
      meaning:
        'The most that the risks of a plan may add up to: low counts 1, medium 2, high 3, critical 4. 0 is without limit.',
      value: { kind: 'count', least: 0, preset: 0 },
      otherwise: '0',
      example: '10',
    },
    {
      name: 'on_exceed',
      meaning: 'What happens to a plan that exceeds it. The loader takes a word that it does not know for block.',
      value: { kind: 'approval', preset: 'block' },
      otherwise: 'block',
      example: 'block',
    },
  ],
};
