import type { JsonValue } from '../chain/entry';
import type { Approval, RiskLevel } from '../policy/policy';

/** What a person said who was asked. */
export const HUMAN_DECISIONS = ['approved', 'denied'] as const;
export type HumanDecision = (typeof HUMAN_DECISIONS)[number];

export const RESULT_STATUSES = ['success', 'failed', 'blocked', 'denied', 'skipped'] as const;
/** How an action ended. Source: `ResultStatus` of the reference's core/result.py. */
export type ResultStatus = (typeof RESULT_STATUSES)[number];

/** An action with what was decided on it, as a program hands it over to be recorded: nothing in it is trusted to be plain. */
export interface ActionRecord {
  /** What the attempt and its outcome have in common; random. */
  readonly actionId: string;
  readonly sessionId: string;
  readonly actionType: string;
  readonly actionTarget: string;
  /** Whatever the program gave: it is made plain, and its secrets are taken out, before anything is written. */
  readonly actionParams: unknown;
  readonly actionDesc?: string | undefined;
  readonly riskLevel: RiskLevel;
  readonly approval: Approval;
  readonly matchedRule: string;
  readonly humanDecision?: HumanDecision | undefined;
  readonly agentId?: string | undefined;
  readonly parentAgentId?: string | undefined;
  readonly chainId?: string | undefined;
  readonly chainDepth?: number | undefined;
  /** SHA-256 in hex of the text of the policy that decided. */
  readonly policyHash?: string | undefined;
}

/** How it ended, as the program says. */
export interface ActionOutcome {
  readonly status: ResultStatus;
  readonly data?: unknown;
  readonly error?: string | undefined;
}

/** An action that can be written as it is: plain, without secrets, and with no text that UTF-8 cannot hold. */
export interface CleanAction {
  readonly action_id: string;
  readonly session_id: string;
  /** When it was attempted, or decided where it was not: ISO 8601 in UTC as Python writes it. */
  readonly timestamp: string;
  readonly action_type: string;
  readonly action_target: string;
  readonly action_params: Readonly<Record<string, JsonValue>>;
  readonly action_desc: string | null;
  readonly risk_level: RiskLevel;
  readonly approval: Approval;
  readonly matched_rule: string;
  readonly human_decision: HumanDecision | null;
  readonly agent_id: string | null;
  readonly parent_agent_id: string | null;
  readonly chain_id: string | null;
  readonly chain_depth: number;
  readonly policy_hash: string | null;
}

export interface CleanOutcome {
  readonly result_status: ResultStatus;
  readonly result_data: JsonValue;
  readonly result_error: string | null;
}
