import type { Agent, AgentName } from './agent';
import { claude } from './claude';
import { codex } from './codex';
import { copilot } from './copilot';
import { cursor } from './cursor';
import { gemini } from './gemini';
import type { Payload } from './payload';
import { vscode } from './vscode';

export const AGENTS: Readonly<Record<AgentName, Agent>> = { claude, copilot, vscode, cursor, codex, gemini };

/** Those whose payloads have what no other has come first. */
const TOLD_APART: readonly Agent[] = [gemini, cursor, codex, claude, copilot, vscode];

/**
 * Who tells. Several agents read Claude Code's settings and so run a hook that was set up for it; each must be answered in its own words.
 *
 * @param claimed whom the hook was set up for; it is this one where the payload does not tell.
 */
export function agentOf(payload: Payload, claimed: AgentName): Agent {
  return TOLD_APART.find((agent) => agent.sends(payload)) ?? AGENTS[claimed];
}
