import type { ActionOutcome } from '../../core/record/actionRecord';
import type { Payload } from './payload';

/** As `--agent` names them. */
export const AGENT_NAMES = ['claude', 'copilot', 'vscode', 'cursor', 'codex', 'gemini'] as const;
export type AgentName = (typeof AGENT_NAMES)[number];

/** One call of a tool, as an agent tells of it. */
export interface ToolCall {
  /** Empty where the agent does not say which session it is. */
  readonly sessionId: string;
  /** The tool's name as the agent gives it. */
  readonly tool: string;
  /** What the tool is called with, whatever that is. */
  readonly input: unknown;
  /** What tells this call from every other one of the session; undefined where the agent gives none. */
  readonly callId: string | undefined;
  /** When the agent says that this happened, in its own words. */
  readonly toldAt: string | undefined;
}

/** What an agent tells of a call: that it is about to be made, or how it ended. */
export type ToolEvent =
  | { readonly kind: 'before'; readonly call: ToolCall }
  | { readonly kind: 'after'; readonly call: ToolCall; readonly outcome: ActionOutcome };

/** What an agent is to be answered. Silence leaves the call to the agent's own rules; nothing is ever allowed in their place. */
export type Verdict =
  | { readonly kind: 'silent' }
  /** @property reason a sentence, for the person or the model. */
  | { readonly kind: 'ask' | 'deny'; readonly reason: string };

/**
 * What is known of an agent that runs hooks: how it tells of its calls, and in which words it is answered. Each file here names the
 * documentation that it follows, and when that was read.
 */
export interface Agent {
  readonly name: AgentName;
  /** For people. */
  readonly title: string;
  /** Who acted, in the record. */
  readonly agentId: string;
  /** What of its work its hook does not hear of, a sentence each. */
  readonly gaps: readonly string[];
  /** Whether it asks the person where a hook says so. One that does not would run the call. */
  readonly knowsAsking: boolean;
  /** Environment variables in which it names the workspace's folder. */
  readonly folderVariables: readonly string[];
  /** Whether it is this agent that tells, whoever the hook was set up for: some read the settings of others. */
  sends(payload: Payload): boolean;
  /** Undefined for what is not about a call of a tool. */
  read(payload: Payload): ToolEvent | undefined;
  /** @returns the whole of what is written to standard output; the exit code is 0. */
  answer(verdict: Verdict, event: 'before' | 'after', notice: string | undefined): string;
}
