import * as os from 'node:os';
import { AGENTS } from '../agents/agents';
import { AGENT_NAMES, type AgentName } from '../agents/agent';
import { findNode } from './findNode';
import { foundAgents } from './foundAgents';
import { commandLine } from './hookCommand';
import { earlierSetup, wantedSetup, type HookSetup } from './hookSetup';
import { hookFolder, installHook, ownBundle } from './installedHook';
import { clearPlace, fillPlace } from './placeChanges';
import { refusal } from './refusal';
import { PLACES, settingsFile, type SettingsPlace } from './settingsPlace';

/** Where, whom and how. */
export interface RecordOptions {
  readonly workspace: string;
  /** Those that are found in the workspace and the profile, where nothing is said. */
  readonly agents?: readonly AgentName[] | undefined;
  /** Where the trail is. What is not said of this and the two below is as it was set up before; `.aegis` in the workspace where nothing was. */
  readonly dir?: string | undefined;
  /** Null for the workspace's own. */
  readonly policy?: string | null | undefined;
  readonly isFailClosed?: boolean | undefined;
  /** The hook to install; the one that came with this program where nothing is said. */
  readonly bundle?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly home?: string | undefined;
}

/** What became of one agent. */
export interface AgentChange {
  readonly agent: AgentName;
  readonly title: string;
  /** The settings, absolute. */
  readonly file: string;
  /** `unchanged`: it was so before. `refused`: nothing was done, and `sentences` says why. */
  readonly change: 'on' | 'off' | 'unchanged' | 'refused';
  readonly sentences: readonly string[];
  /** How it is recorded; undefined where it is not, or was refused. */
  readonly setup: HookSetup | undefined;
}

type Change = Pick<AgentChange, 'change' | 'sentences' | 'setup'>;

export interface RecordChanges {
  readonly agents: readonly AgentChange[];
  /** Why nothing was done at all. */
  readonly problem: string | undefined;
}

const NO_NODE =
  'There is no Node 22.13 or newer, which the hook needs to record: neither the one that runs this nor one on the PATH. Nothing was installed. Install Node, and try again.';
const NO_AGENT = `No agent was found in this workspace or your profile. Name one with --agent: ${AGENT_NAMES.join(', ')}.`;

/** Sets hooks up, for agents that are recorded from then on. Settings that are there stay as they are but for the entry. */
export async function recordOn(options: RecordOptions): Promise<RecordChanges> {
  const { workspace, env = process.env, bundle = ownBundle() } = options;
  const agents = chosen(options);
  if (agents.length === 0) return { agents: [], problem: NO_AGENT };
  const node = await findNode(env);
  if (node === undefined) return { agents: [], problem: NO_NODE };
  let hook: string;
  try {
    hook = installHook(hookFolder(env), bundle);
  } catch (error) {
    return { agents: [], problem: `The hook could not be installed: ${(error as Error).message}. Nothing was set up.` };
  }
  return changed(agents, workspace, (place, file) => {
    const setup = wantedSetup(options, earlierSetup(workspace, place, file, hookFolder(env)));
    const command = { node: node.file, isElectron: node.isElectron, hook, agent: place.hookAgent, ...setup };
    const line = commandLine(command, place.saysWhereMissing);
    const isNew = fillPlace(place, file, place.entry(line, setup.isFailClosed), hookFolder(env));
    return { change: isNew ? 'on' : 'unchanged', sentences: place.remark === undefined ? [] : [place.remark], setup };
  });
}

/** Takes our entries out of settings again. The installed hook stays, for other workspaces may use it. */
export function recordOff(options: Pick<RecordOptions, 'workspace' | 'agents' | 'env'>): Promise<RecordChanges> {
  const { workspace, agents = AGENT_NAMES, env = process.env } = options;
  const changes = changed(agents, workspace, (place, file) => {
    const wasThere = clearPlace(place, file, hookFolder(env));
    const shared = wasThere && place === PLACES.claude && options.agents !== undefined;
    return { change: wasThere ? 'off' : 'unchanged', sentences: shared ? [SHARED] : [], setup: undefined };
  });
  return Promise.resolve(changes);
}

const SHARED = 'The entry was for Claude Code, VS Code and GitHub Copilot CLI: none of the three is recorded any more.';

function chosen({ agents, workspace, home = os.homedir() }: RecordOptions): readonly AgentName[] {
  return agents ?? foundAgents(workspace, home);
}

function changed(
  agents: readonly AgentName[],
  workspace: string,
  work: (place: SettingsPlace, file: string) => Change,
): RecordChanges {
  // Agents that share settings share what became of them.
  const done = new Map<SettingsPlace, Change>();
  const changes = agents.map((agent) => {
    const place = PLACES[agent];
    const file = settingsFile(place, workspace);
    const change = done.get(place) ?? attempt(place, file, work);
    done.set(place, change);
    return { agent, title: AGENTS[agent].title, file, ...change };
  });
  return { agents: changes, problem: undefined };
}

function attempt(place: SettingsPlace, file: string, work: (place: SettingsPlace, file: string) => Change): Change {
  try {
    return work(place, file);
  } catch (error) {
    return { change: 'refused', sentences: [refusal(file, error)], setup: undefined };
  }
}
