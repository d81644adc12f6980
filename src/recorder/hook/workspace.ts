import * as path from 'node:path';
import type { Agent } from '../agents/agent';
import { textIn, type Payload } from '../agents/payload';
import { policyFileIn } from '../capture/policyFile';
import type { HookArguments } from './hookArguments';

/** The folder of a trail within its workspace. */
export const TRAIL_FOLDER = '.aegis';

export interface HookPlaces {
  readonly trail: string;
  /** Undefined where there is none. It may be one that was named and is not there. */
  readonly policy: string | undefined;
}

/**
 * Where a call is recorded, and by which policy it is judged.
 *
 * The agent's own word for its workspace comes before the folder that it is in, which follows every `cd`. A trail that was named lies in a
 * workspace too: where the first has no policy, that one's is taken, so that an agent in a folder below is not judged by none.
 */
export function hookPlaces(
  agent: Agent,
  payload: Payload,
  { dir, policy }: Pick<HookArguments, 'dir' | 'policy'>,
  env: NodeJS.ProcessEnv = process.env,
): HookPlaces {
  const workspace = workspaceOf(agent, payload, env);
  const trail = path.resolve(workspace, dir ?? TRAIL_FOLDER);
  if (policy !== undefined) return { trail, policy: path.resolve(workspace, policy) };
  return { trail, policy: policyFileIn(workspace) ?? policyFileIn(path.dirname(trail)) };
}

function workspaceOf(agent: Agent, payload: Payload, env: NodeJS.ProcessEnv): string {
  const named = agent.folderVariables.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  const { workspace_roots: roots } = payload;
  const root: unknown = Array.isArray(roots) ? roots[0] : undefined;
  return path.resolve(named ?? (typeof root === 'string' && root !== '' ? root : (textIn(payload, 'cwd') ?? '')));
}
