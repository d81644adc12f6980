import * as path from 'node:path';
import type { ActionLog } from '../actionLog';
import { terminalApproval } from '../approval/terminalApproval';
import { capturePolicy } from '../capture/capturePolicy';
import type { ApprovalHandler } from '../runtime/executor';
import { Policy } from '../runtime/policy';

export interface InstrumentOptions {
  /** Where the trail is written to; `.aegis` in the current folder where nothing is said. */
  readonly directory?: string | undefined;
  /** What records instead of a trail in `directory`. It is yours to close. */
  readonly auditLogger?: ActionLog | undefined;
  /**
   * What decides: a policy, or its file, which must be there. Where nothing is said, `policy.yaml` or `aegis-policy.yaml` in the current
   * folder; without one, everything is recorded and nothing is blocked. It is read once.
   */
  readonly policy?: Policy | string | undefined;
  /** Who is asked where the policy says `approve`: by default the person at the terminal; without one, the answer is no. */
  readonly approvalHandler?: ApprovalHandler | undefined;
  /** Who acts; by default the name of the library through which it does: `mcp-client`, `langchain`, `ai-sdk`, `openai-agents`, `claude-agent-sdk`. */
  readonly agentId?: string | undefined;
  /** What all calls have in common that belong to no thread or session of a library; by default random, one for the process. */
  readonly sessionId?: string | undefined;
  /** Says nothing on the standard error, but for what keeps calls from being recorded. */
  readonly quiet?: boolean | undefined;
}

/** By what calls are judged, and what is said of it. */
export interface JudgingPolicy {
  readonly policy: Policy;
  readonly isJudged: boolean;
  /** Said with each action where the policy cannot be used. */
  readonly description: string;
  /** The end of "The tool calls of this program are recorded in …, ". */
  readonly said: string;
}

export function judgingPolicy(given: InstrumentOptions['policy']): JudgingPolicy {
  if (given instanceof Policy)
    return { policy: given, isJudged: true, description: '', said: 'judged by the policy of the program' };
  const found = capturePolicy(process.cwd(), given);
  switch (found.kind) {
    case 'none':
      return {
        policy: found.policy,
        isJudged: false,
        description: '',
        said: 'and none is blocked: there is no policy.yaml',
      };
    case 'policy': {
      const name = path.relative(process.cwd(), found.file);
      return { policy: found.policy, isJudged: true, description: '', said: `judged by ${name}` };
    }
    case 'unusable': {
      const why = `The policy cannot be used, so each call needs a person: ${found.reason}`;
      return {
        policy: Policy.askAlways(),
        isJudged: true,
        description: why,
        said: `each one asked about: ${found.reason}`,
      };
    }
  }
}

export function approvalOf({ approvalHandler }: InstrumentOptions): ApprovalHandler {
  return approvalHandler ?? terminalApproval();
}
