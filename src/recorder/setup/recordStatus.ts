import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AGENTS } from '../agents/agents';
import { AGENT_NAMES, type AgentName } from '../agents/agent';
import { TRAIL_FOLDER } from '../hook/workspace';
import { Examination } from './examination';
import { foundAgents } from './foundAgents';
import type { HookCommand } from './hookCommand';
import { hookFolder, installedVersion } from './installedHook';
import type { RecordOptions } from './recordSetup';

export interface AgentStatus {
  readonly agent: AgentName;
  readonly title: string;
  /** Whether it is used in this workspace or by this person. */
  readonly isFound: boolean;
  readonly isSetUp: boolean;
  readonly file: string;
  /** What its entry runs; undefined where it is not set up. */
  readonly command: HookCommand | undefined;
  /** The folder of the trail that it is recorded in, or would be. */
  readonly trail: string;
  /** What is wrong, a sentence each; none where all is well. */
  readonly problems: readonly string[];
}

export interface RecordStatus {
  readonly hook: { readonly file: string; readonly isThere: boolean; readonly version: string | undefined };
  readonly agents: readonly AgentStatus[];
}

export async function recordStatus(
  options: Pick<RecordOptions, 'workspace' | 'agents' | 'dir' | 'env' | 'home'>,
): Promise<RecordStatus> {
  const { workspace, agents = AGENT_NAMES, env = process.env, home = os.homedir() } = options;
  const found = foundAgents(workspace, home);
  const folder = hookFolder(env);
  const examination = new Examination(workspace, env, home);
  const statuses: AgentStatus[] = [];
  for (const agent of agents) {
    const { file, command, problems } = await examination.of(agent);
    const dir = command?.dir ?? path.resolve(workspace, options.dir ?? TRAIL_FOLDER);
    statuses.push({
      agent,
      title: AGENTS[agent].title,
      isFound: found.includes(agent),
      isSetUp: command !== undefined,
      file,
      command,
      trail: dir,
      problems,
    });
  }
  const hook = path.join(folder, 'hook.js');
  return { hook: { file: hook, isThere: fs.existsSync(hook), version: installedVersion(folder) }, agents: statuses };
}
