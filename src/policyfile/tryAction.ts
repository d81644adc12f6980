import { microsecondsOf } from '../core/log/timestamp';
import { readParams } from '../core/policy/action';
import { explain, mismatchSentence } from '../core/policy/explain';
import { ruleTitle, type Approval, type PolicyRule, type RiskLevel } from '../core/policy/policy';
import { parametersWithDates } from '../core/policy/pythonNotation';
import { pythonSearch } from '../core/policy/pythonSearch';
import type { PyMapping, Span } from '../core/policy/yamlTree';
import { loadPolicyFile, type PolicyFile } from './readPolicyFile';
import type { WrittenAction } from './writtenAction';

export type { WrittenAction } from './writtenAction';

/** What a policy makes of an action. Texts out of the file in the sentences are made visible. */
export type TriedAction =
  /** The loader refuses the policy. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly span: Span }
  /** This part of the action cannot be read: a log can hold what nobody could write here. */
  | { readonly kind: 'unread'; readonly sentence: string; readonly part: 'params' | 'time' }
  | {
      readonly kind: 'decided';
      readonly approval: Approval;
      readonly risk: RiskLevel;
      /** undefined: no rule matches, and the defaults decide. */
      readonly rule: TriedRule | undefined;
      /** What else comes in question, in the policy's order. */
      readonly passedOver: readonly PassedRule[];
    }
  /** A condition cannot be evaluated. */
  | {
      readonly kind: 'failed';
      readonly sentence: string;
      readonly rule: TriedRule;
      readonly passedOver: readonly PassedRule[];
    };

export interface TriedRule {
  readonly title: string;
  readonly span: Span;
}

export interface PassedRule extends TriedRule {
  /** Why it does not match. */
  readonly sentence: string;
  /** It is for actions of another type: of least interest. */
  readonly isOfOtherType: boolean;
}

/** What is wrong with the parameters of an action as they are written; undefined where nothing is. */
export function problemOfParams(text: string): string | undefined {
  const read = paramsOf(text);
  return 'problem' in read ? unreadParams(read.problem) : undefined;
}

/** What is wrong with a time as it is written. */
export function problemOfTime(text: string): string | undefined {
  return Number.isNaN(microsecondsOf(text)) ? NO_TIME : undefined;
}

const NO_TIME = 'Write a time such as 2026-03-29T10:30:00+00:00.';

function unreadParams(problem: string): string {
  return `These are no parameters: ${problem}.`;
}

/** Holds an action against a policy. Nothing is carried out. */
export function tryAction(file: PolicyFile, written: WrittenAction): TriedAction {
  const loaded = loadPolicyFile(file);
  if ('refusal' in loaded) return { kind: 'refused', sentence: loaded.refusal, span: loaded.span };
  const read = paramsOf(written.params);
  if ('problem' in read) return { kind: 'unread', sentence: unreadParams(read.problem), part: 'params' };
  const clock = microsecondsOf(written.time);
  if (Number.isNaN(clock)) return { kind: 'unread', sentence: NO_TIME, part: 'time' };
  const { type, target, agent, description } = written;
  const action = { type, target, agent: agent === '' ? null : agent, description, params: read.params };
  const { outcome, passedOver } = explain(loaded.policy, action, clock, pythonSearch());
  const passed = passedOver.map(({ rule, mismatch }) => ({
    ...tried(rule),
    sentence: mismatchSentence(mismatch),
    isOfOtherType: mismatch.kind === 'type',
  }));
  const { ruleIndex } = outcome;
  const rule = ruleIndex === undefined ? undefined : tried(loaded.policy.rules[ruleIndex]);
  if (outcome.kind === 'error') return { kind: 'failed', sentence: outcome.sentence, rule: rule!, passedOver: passed };
  return { kind: 'decided', approval: outcome.approval, risk: outcome.risk, rule, passedOver: passed };
}

function tried(rule: PolicyRule): TriedRule {
  return { title: ruleTitle(rule), span: rule.node.span };
}

function paramsOf(text: string): { readonly params: PyMapping } | { readonly problem: string } {
  const read = readParams(text);
  return 'problem' in read ? read : { params: parametersWithDates(read.params) };
}
