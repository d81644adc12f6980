import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AGENTS } from '../agents/agents';
import { AGENT_NAMES, type AgentName } from '../agents/agent';
import { TRAIL_FOLDER } from '../hook/workspace';
import { findNode, nodeVersion } from './findNode';
import { foundAgents } from './foundAgents';
import { commandLine, type HookCommand } from './hookCommand';
import { hookFolder, installedVersion, installHook, ownBundle } from './installedHook';
import { clearPlace, entriesIn, fillPlace } from './placeChanges';
import { SettingsError } from './settingsText';
import { PLACES, settingsFile, type SettingsPlace } from './settingsPlace';

/** Where, whom and how. */
export interface RecordOptions {
  readonly workspace: string;
  /** Those that are found in the workspace and the profile, where nothing is said. */
  readonly agents?: readonly AgentName[] | undefined;
  /** Where the trail is; `.aegis` in the workspace where nothing is said. */
  readonly dir?: string | undefined;
  readonly policy?: string | undefined;
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
}

export interface RecordChanges {
  readonly agents: readonly AgentChange[];
  /** Why nothing was done at all. */
  readonly problem: string | undefined;
}

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
  const command = {
    node: node.file,
    isElectron: node.isElectron,
    hook,
    dir: path.resolve(workspace, options.dir ?? TRAIL_FOLDER),
    policy: options.policy === undefined ? undefined : path.resolve(workspace, options.policy),
    isFailClosed: options.isFailClosed ?? false,
  };
  return changed(agents, workspace, (place, file) => {
    const line = commandLine({ ...command, agent: place.hookAgent }, place.saysWhereMissing);
    const isNew = fillPlace(place, file, place.entry(line, command.isFailClosed), hookFolder(env));
    return { change: isNew ? 'on' : 'unchanged', sentences: place.remark === undefined ? [] : [place.remark] };
  });
}

/** Takes our entries out of settings again. The installed hook stays, for other workspaces may use it. */
export function recordOff(options: Pick<RecordOptions, 'workspace' | 'agents' | 'env'>): Promise<RecordChanges> {
  const { workspace, agents = AGENT_NAMES, env = process.env } = options;
  const changes = changed(agents, workspace, (place, file) => {
    const wasThere = clearPlace(place, file, hookFolder(env));
    const shared = wasThere && place === PLACES.claude && options.agents !== undefined;
    return { change: wasThere ? 'off' : 'unchanged', sentences: shared ? [SHARED] : [] };
  });
  return Promise.resolve(changes);
}

const SHARED = 'The entry was for Claude Code, VS Code and GitHub Copilot CLI: none of the three is recorded any more.';

export async function recordStatus(
  options: Pick<RecordOptions, 'workspace' | 'agents' | 'dir' | 'env' | 'home'>,
): Promise<RecordStatus> {
  const { workspace, agents = AGENT_NAMES, env = process.env, home = os.homedir() } = options;
  const found = foundAgents(workspace, home);
  const folder = hookFolder(env);
  const works = new Map<string, boolean>();
  const statuses: AgentStatus[] = [];
  for (const agent of agents) {
    const file = settingsFile(PLACES[agent], workspace);
    const { command, problems } = await examine(PLACES[agent], file, works);
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

function chosen({ agents, workspace, home = os.homedir() }: RecordOptions): readonly AgentName[] {
  return agents ?? foundAgents(workspace, home);
}

function changed(
  agents: readonly AgentName[],
  workspace: string,
  work: (place: SettingsPlace, file: string) => Pick<AgentChange, 'change' | 'sentences'>,
): RecordChanges {
  // Agents that share settings share what became of them.
  const done = new Map<SettingsPlace, Pick<AgentChange, 'change' | 'sentences'>>();
  const changes = agents.map((agent) => {
    const place = PLACES[agent];
    const file = settingsFile(place, workspace);
    const change = done.get(place) ?? attempt(place, file, work);
    done.set(place, change);
    return { agent, title: AGENTS[agent].title, file, ...change };
  });
  return { agents: changes, problem: undefined };
}

function attempt(
  place: SettingsPlace,
  file: string,
  work: (place: SettingsPlace, file: string) => Pick<AgentChange, 'change' | 'sentences'>,
): Pick<AgentChange, 'change' | 'sentences'> {
  try {
    return work(place, file);
  } catch (error) {
    return { change: 'refused', sentences: [refusal(file, error)] };
  }
}

function refusal(file: string, error: unknown): string {
  const { message } = error as Error;
  return error instanceof SettingsError
    ? `${file} is left as it is: ${message}. Mend it, and try again.`
    : `${file} could not be changed: ${message}.`;
}

async function examine(
  place: SettingsPlace,
  file: string,
  works: Map<string, boolean>,
): Promise<{ command: HookCommand | undefined; problems: string[] }> {
  let entries;
  try {
    entries = entriesIn(place, file);
  } catch (error) {
    return { command: undefined, problems: [refusal(file, error).replace(' is left as it is', '')] };
  }
  const command = entries.at(0)?.command;
  if (command === undefined) return { command, problems: [] };
  const problems: string[] = [];
  const missing = place.events.filter((event) => !entries.some((each) => each.event === event));
  if (missing.length > 0) problems.push(`${file} has no entry for ${missing.join(', ')}. Run aegis record on.`);
  if (!fs.existsSync(command.hook)) problems.push(`The hook ${command.hook} is gone. Run aegis record on.`);
  const { node } = command;
  if (!works.has(node))
    works.set(node, (await nodeVersion({ file: node, isElectron: command.isElectron })) !== undefined);
  if (works.get(node) !== true) problems.push(`${node} is gone, or is no Node 22.13 or newer. Run aegis record on.`);
  if (command.policy !== undefined && !fs.existsSync(command.policy))
    problems.push(`The policy ${command.policy} is gone: every call is asked about or denied.`);
  return { command, problems };
}
