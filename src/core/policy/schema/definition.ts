import type { ParameterKey } from '../conditions/condition';
import type { Approval, RiskLevel } from '../policy';

/**
 * What a policy is made of: each key that the loader reads, what may stand there and what it means. The JSON Schema, hovers and
 * completion are all made of this.
 */
export interface KeyDefinition {
  readonly name: string;
  /** What it means: one or two sentences. */
  readonly meaning: string;
  readonly value: ValueDefinition;
  /** What the loader takes where the key is not there: a clause; undefined where nothing is meant by that. */
  readonly otherwise?: string;
  /** A value to start from, as it is written in YAML on one line; undefined for what holds other keys. */
  readonly example?: string;
}

export type ValueDefinition =
  | { readonly kind: 'text' }
  /** A whole number, mostly written as a text. */
  | { readonly kind: 'version' }
  | { readonly kind: 'risk'; readonly preset: RiskLevel }
  | { readonly kind: 'approval'; readonly preset: Approval }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'patterns'; readonly least: number }
  | { readonly kind: 'count'; readonly least: number; readonly preset?: number }
  /** A mapping with the keys of a place. */
  | { readonly kind: 'mapping'; readonly of: Place }
  | { readonly kind: 'list'; readonly of: Place }
  | { readonly kind: 'time' }
  | { readonly kind: 'weekdays' }
  /** A mapping of parameters to what they are compared with. */
  | { readonly kind: 'parameters'; readonly key: ParameterKey }
  | { readonly kind: 'words' };

/** Where keys stand. */
export type Place =
  'policy' | 'defaults' | 'rule' | 'match' | 'conditions' | 'plan_rules' | 'sequence' | 'cumulative_risk';

export interface WordDefinition<T extends string> {
  /** As it is written in a policy. */
  readonly word: Lowercase<T>;
  readonly meaning: string;
}

export const APPROVAL_WORDS: readonly WordDefinition<Approval>[] = [
  { word: 'auto', meaning: 'The action is carried out without anybody being asked.' },
  { word: 'approve', meaning: 'A person is asked before the action is carried out.' },
  { word: 'block', meaning: 'The action is never carried out.' },
];

/** Source of the meanings: the reference's core/risk.py. */
export const RISK_WORDS: readonly WordDefinition<RiskLevel>[] = [
  { word: 'low', meaning: 'It only reads, and has no side effects.' },
  { word: 'medium', meaning: 'A single change, which can mostly be undone.' },
  { word: 'high', meaning: 'Many changes at once, or one that is hard to undo.' },
  { word: 'critical', meaning: 'It destroys something, or cannot be undone.' },
];
