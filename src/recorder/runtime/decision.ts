import type { Approval, RiskLevel } from '../../core/policy/policy';
import type { Action } from './action';

export interface DecisionFields {
  readonly action: Action;
  readonly approval: Approval;
  readonly riskLevel: RiskLevel;
  readonly matchedRule: string;
  readonly policyHash: string | undefined;
  readonly problem?: string | undefined;
}

/** What a policy says of an action, frozen. Source: `PolicyDecision` of the reference's core/policy.py. */
export class Decision {
  readonly action: Action;
  /** `block` also where a condition cannot be evaluated. */
  readonly approval: Approval;
  readonly riskLevel: RiskLevel;
  /** The name of the rule; `<default>` where none matched, `<no policy>` where there is none. */
  readonly matchedRule: string;
  /** SHA-256 of the policy's text, in hex; undefined where there is no policy. */
  readonly policyHash: string | undefined;
  /** A sentence, where the rule could not be evaluated. */
  readonly problem: string | undefined;
  /** Whether it may be executed, perhaps after somebody was asked. */
  readonly isAllowed: boolean;

  constructor({ action, approval, riskLevel, matchedRule, policyHash, problem }: DecisionFields) {
    this.action = action;
    this.approval = approval;
    this.riskLevel = riskLevel;
    this.matchedRule = matchedRule;
    this.policyHash = policyHash;
    this.problem = problem;
    this.isAllowed = approval !== 'block';
    Object.freeze(this);
  }
}
