import { spawn } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AGENTS } from '../../recorder/agents/agents';
import type { AgentName } from '../../recorder/agents/agent';
import { testCall } from '../../recorder/agents/testCall';
import { TRAIL_FILES } from '../../recorder/trailFiles';
import { TRAIL_FOLDER } from '../../recorder/hook/workspace';
import { commandLine } from '../../recorder/setup/hookCommand';
import { recordOff, recordOn, type RecordChanges } from '../../recorder/setup/recordSetup';
import { recordStatus, type AgentStatus } from '../../recorder/setup/recordStatus';
import type { FolderRecording } from './recordingView';
import type { RecordedAgent } from './recordingWords';

/** Where the settings are in which hooks are set up. What changes there makes the view another one. */
export const SETTINGS_GLOBS = [
  '**/.claude/settings.local.json',
  '**/.claude/settings.json',
  '**/.cursor/hooks.json',
  '**/.codex/hooks.json',
  '**/.gemini/settings.json',
  `**/${TRAIL_FOLDER}/${TRAIL_FILES.database}`,
] as const;

/** Milliseconds that a hook may take for a test: longer than any agent waits. */
const PATIENCE = 35_000;

/** What the hook of an agent answered to a call that was never made. */
export interface TestAnswer {
  readonly database: vscode.Uri;
  readonly sessionId: string;
  /** What the hook said of itself; empty where all went well. */
  readonly complaint: string;
}

/** The hooks of agents, as the editor sees and sets them. */
export class AgentSetup {
  /** @param bundle the hook that came with this extension. */
  constructor(private readonly bundle: string) {}

  async statuses(folder: string): Promise<readonly AgentStatus[]> {
    return (await recordStatus({ workspace: folder })).agents;
  }

  /** Those that are used here or set up. */
  async recordingIn(folder: string): Promise<FolderRecording> {
    const statuses = await this.statuses(folder);
    const known = statuses.filter(({ isFound, isSetUp, problems }) => isFound || isSetUp || problems.length > 0);
    return { agents: known.map(recordedAgent), database: databaseOf(folder, statuses) };
  }

  turnOn(folder: string, agents: readonly AgentName[]): Promise<RecordChanges> {
    return recordOn({ workspace: folder, agents, bundle: this.bundle });
  }

  turnOff(folder: string, agents: readonly AgentName[]): Promise<RecordChanges> {
    return recordOff({ workspace: folder, agents });
  }

  /**
   * Tells an agent's hook of a call as the agent would, through the shell, before and after it.
   *
   * @throws Error with a sentence where the agent is not set up, or its hook cannot be run.
   */
  async test(folder: string, agent: AgentName): Promise<TestAnswer> {
    const statuses = await this.statuses(folder);
    const command = statuses.find((each) => each.agent === agent)?.command;
    if (command === undefined) throw new Error(`${AGENTS[agent].title} is not recorded in this folder.`);
    const sessionId = `aegis-test-${new Date().toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}`;
    const { before, after } = testCall(agent, folder, sessionId, Date.now());
    const line = commandLine(command, false);
    const complaints: string[] = [];
    for (const payload of [before, after]) complaints.push(await run(line, folder, JSON.stringify(payload)));
    return { database: databaseIn(command.dir), sessionId, complaint: complaints.find((each) => each !== '') ?? '' };
  }
}

function recordedAgent({ agent, title, isSetUp, file, problems }: AgentStatus): RecordedAgent {
  const setup = problems.length > 0 ? 'broken' : isSetUp ? 'on' : 'off';
  const problem = problems.length > 0 ? problems.join(' ') : undefined;
  const { agentId, gaps } = AGENTS[agent];
  return { name: agent, title, agentId, setup, problem, gaps, file };
}

function databaseOf(folder: string, statuses: readonly AgentStatus[]): vscode.Uri {
  const dir = statuses.find(({ command }) => command !== undefined)?.command?.dir;
  return databaseIn(dir ?? path.join(folder, TRAIL_FOLDER));
}

function databaseIn(dir: string): vscode.Uri {
  return vscode.Uri.file(path.join(dir, TRAIL_FILES.database));
}

/** @returns what it wrote to standard error. @throws Error with a sentence. */
function run(line: string, cwd: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(line, { cwd, shell: true, timeout: PATIENCE, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('error', ({ message }) => reject(new Error(`The hook could not be started: ${message}.`)));
    child.once('close', (code) => {
      if (code === 0) resolve(said.trim());
      else reject(new Error(`The hook ended with ${code ?? 'a signal'}. ${said.trim()}`.trim()));
    });
    // Where it does not read, that is told by how it ends.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
