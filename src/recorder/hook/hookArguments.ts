import { parseArgs } from 'node:util';
import { AGENT_NAMES, type AgentName } from '../agents/agent';

export interface HookArguments {
  /** Whom the hook was set up for. */
  readonly agent: AgentName;
  /** Where the trail is; `.aegis` in the workspace where nothing is said. */
  readonly dir: string | undefined;
  /** The policy's file; the workspace's own where nothing is said. */
  readonly policy: string | undefined;
  /** Whether a call is denied that could not be judged or recorded. */
  readonly isFailClosed: boolean;
}

export const HOOK_USAGE = `aegis hook --agent ${AGENT_NAMES.join('|')} [--dir DIR] [--policy FILE] [--fail-closed]`;

/** @returns a sentence for what is not understood. */
export function parseHookArguments(args: readonly string[]): HookArguments | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        agent: { type: 'string' },
        dir: { type: 'string' },
        policy: { type: 'string' },
        'fail-closed': { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return `${(error as Error).message}. Usage: ${HOOK_USAGE}`;
  }
  const agent = AGENT_NAMES.find((name) => name === values.agent);
  if (agent === undefined)
    return values.agent === undefined
      ? `--agent is missing: it says which agent calls. Usage: ${HOOK_USAGE}`
      : `There is no agent "${values.agent.slice(0, 60)}". Usage: ${HOOK_USAGE}`;
  return { agent, dir: values.dir, policy: values.policy, isFailClosed: values['fail-closed'] };
}
