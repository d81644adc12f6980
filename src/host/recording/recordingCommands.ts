import { execFile } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AgentName } from '../../recorder/agents/agent';
import { isUsual, setupWords } from '../../recorder/setup/hookSetup';
import type { AgentChange } from '../../recorder/setup/recordSetup';
import type { AgentStatus } from '../../recorder/setup/recordStatus';
import { COMMANDS } from '../ids';
import type { LogReader } from '../sessions/logReader';
import { shownName, shownText } from '../shownName';
import type { ActionDocuments } from './actionDocuments';
import type { AgentSetup } from './agentSetup';
import { agentOfNode } from './recordingNodes';

/** How `aegis record health` ends. */
const HEALTH = { whole: 0, differs: 1, nothingChecked: 2 } as const;

interface AgentPick extends vscode.QuickPickItem {
  readonly agent: AgentName;
}

interface Subject {
  readonly folder: string;
  /** Chosen where the command was called for one agent. */
  readonly agent: AgentName | undefined;
}

/** Turning recording on and off, and trying it. */
export class RecordingCommands {
  constructor(
    private readonly setup: AgentSetup,
    private readonly reader: LogReader,
    private readonly documents: ActionDocuments,
    /** The command line, which runs where a transcript of any size holds nothing up. */
    private readonly cli: string,
    private readonly refresh: () => void,
  ) {}

  async turnOn(argument?: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage('Recording sets up a command that agents run. Trust this workspace first.');
      return;
    }
    const subject = await subjectOf(argument);
    if (subject === undefined) return;
    const agents = subject.agent === undefined ? await this.choose(subject.folder, 'on') : ([subject.agent] as const);
    if (agents === undefined || agents.length === 0) return;
    const { agents: changes, problem } = await this.setup.turnOn(subject.folder, agents);
    this.refresh();
    if (problem !== undefined) void vscode.window.showErrorMessage(shownText(problem));
    else await this.tellOn(subject.folder, changes);
  }

  async turnOff(argument?: unknown): Promise<void> {
    const subject = await subjectOf(argument);
    if (subject === undefined) return;
    const agents = subject.agent === undefined ? await this.choose(subject.folder, 'off') : ([subject.agent] as const);
    if (agents === undefined || agents.length === 0) return;
    const { agents: changes } = await this.setup.turnOff(subject.folder, agents);
    this.refresh();
    const refused = changes.filter(({ change }) => change === 'refused');
    if (refused.length > 0) return showRefusals(refused);
    const sentence = `${listOf(titlesOf(changes))} ${changes.length === 1 ? 'is' : 'are'} not recorded any more. What was recorded stays.`;
    void vscode.window.showInformationMessage([sentence, ...remarksOf(changes)].join(' '));
  }

  /** Tells the hook of a call that was never made, and shows what arrived. */
  async recordTestAction(argument?: unknown): Promise<void> {
    const subject = await subjectOf(argument);
    const agent = subject && (subject.agent ?? (await this.chooseOneOn(subject.folder)));
    if (subject === undefined || agent === undefined) return;
    let answer;
    try {
      const title = 'Telling the hook of a test action…';
      const location = vscode.ProgressLocation.Window;
      answer = await vscode.window.withProgress({ location, title }, () => this.setup.test(subject.folder, agent));
    } catch (error) {
      void vscode.window.showErrorMessage(
        `The test action was not recorded. ${shownText((error as Error).message, 600)}`,
      );
      return;
    } finally {
      this.refresh();
    }
    const { database, sessionId, complaint } = answer;
    const key = await this.newestKey(database, sessionId);
    if (key === undefined) {
      const why = complaint === '' ? 'It is not in the trail, though the hook did not complain.' : complaint;
      void vscode.window.showErrorMessage(`The test action was not recorded. ${shownText(why, 600)}`);
      return;
    }
    await vscode.commands.executeCommand(COMMANDS.openInTimeline, { uri: database, key, session: sessionId });
  }

  /** Holds Claude Code's transcripts against the trail. */
  async checkCapture(argument?: unknown): Promise<void> {
    const subject = await subjectOf(argument);
    if (subject === undefined) return;
    const { text, code } = await this.health(subject.folder);
    const [first] = text.split('\n\n');
    const sentence = shownText(first.replaceAll('\n', ' '), 300);
    const show = 'Show Differences';
    const answer =
      code === HEALTH.differs
        ? await vscode.window.showWarningMessage(sentence, show)
        : await vscode.window.showInformationMessage(sentence);
    if (answer === show) await this.documents.show(text, 'Capture');
  }

  private health(folder: string): Promise<{ readonly text: string; readonly code: number }> {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' };
    const args = [this.cli, 'record', 'health'];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, { cwd: folder, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        const code = error === null ? HEALTH.whole : Number(error.code);
        // What it says on standard output is its answer, also that there was nothing to check.
        if (stdout !== '' && Object.values<number>(HEALTH).includes(code)) resolve({ text: stdout.trimEnd(), code });
        else reject(new Error(stderr));
      });
    });
  }

  private async tellOn(folder: string, changes: readonly AgentChange[]): Promise<void> {
    const refused = changes.filter(({ change }) => change === 'refused');
    if (refused.length > 0) showRefusals(refused);
    const done = changes.filter(({ change }) => change !== 'refused');
    if (done.length === 0) return;
    const [test, settings] = ['Record a Test Action', 'Open Settings'];
    const sentence = `${listOf(titlesOf(done))} ${done.length === 1 ? 'is' : 'are'} recorded from now on.`;
    const told = [sentence, ...remarksOf(done), ...choicesOf(done, folder)].join(' ');
    const answer = await vscode.window.showInformationMessage(told, test, settings);
    const [{ agent, file }] = done;
    if (answer === settings) await vscode.window.showTextDocument(vscode.Uri.file(file));
    if (answer === test) await this.recordTestAction({ folder, agent });
  }

  private async newestKey(database: vscode.Uri, session: string): Promise<string | undefined> {
    const { failure } = await this.reader.upToDate(database);
    if (failure !== undefined) return undefined;
    const filter = { text: '', now: Date.now() };
    const answer = await this.reader.thread.ask('entries', database.fsPath, { session }, filter, 0, 1);
    return 'problem' in answer ? undefined : answer.rows.at(0)?.key;
  }

  private async choose(folder: string, turning: 'on' | 'off'): Promise<readonly AgentName[] | undefined> {
    const statuses = (await this.setup.statuses(folder)).filter(({ isSetUp, problems }) =>
      turning === 'off' ? isSetUp : !isSetUp || problems.length > 0,
    );
    if (statuses.length === 0) {
      void vscode.window.showInformationMessage(
        turning === 'on' ? 'Every agent that can be recorded is.' : 'No agent is recorded in this folder.',
      );
      return undefined;
    }
    const chosen = await vscode.window.showQuickPick(
      statuses.map((each) => pickOf(each, folder, turning)),
      {
        title: turning === 'on' ? 'Turn On Recording' : 'Turn Off Recording',
        placeHolder: turning === 'on' ? 'Agents to be recorded in this folder' : 'Agents not to be recorded any more',
        canPickMany: true,
      },
    );
    return chosen?.map(({ agent }) => agent);
  }

  private async chooseOneOn(folder: string): Promise<AgentName | undefined> {
    const statuses = (await this.setup.statuses(folder)).filter(({ isSetUp }) => isSetUp);
    if (statuses.length === 1) return statuses[0].agent;
    if (statuses.length === 0) {
      void vscode.window.showInformationMessage('No agent is recorded in this folder. Turn recording on first.');
      return undefined;
    }
    const picks = statuses.map((each) => pickOf(each, folder, 'off'));
    const options = { title: 'Record a Test Action', placeHolder: 'The agent whose hook is told' };
    return (await vscode.window.showQuickPick(picks, options))?.agent;
  }
}

function pickOf({ agent, title, file, isFound }: AgentStatus, folder: string, turning: 'on' | 'off'): AgentPick {
  const detail = `Settings: ${shownName(path.relative(folder, file))}`;
  // What is used here is meant first.
  return { agent, label: title, description: isFound ? 'found here' : '', detail, picked: turning === 'on' && isFound };
}

async function subjectOf(argument: unknown): Promise<Subject | undefined> {
  const node = agentOfNode(argument);
  if (node !== undefined) return { folder: node.folder.fsPath, agent: node.name as AgentName };
  const { folder, agent } = (argument ?? {}) as Partial<Subject>;
  if (typeof folder === 'string') return { folder, agent };
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(
      'Open a folder first: agents are recorded in the folder that they work in.',
    );
    return undefined;
  }
  const chosen = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  return chosen && { folder: chosen.uri.fsPath, agent: undefined };
}

function titlesOf(changes: readonly AgentChange[]): string[] {
  return changes.map(({ title }) => title);
}

function remarksOf(changes: readonly AgentChange[]): string[] {
  return [...new Set(changes.flatMap(({ sentences }) => sentences))];
}

/** What was chosen earlier, and holds. */
function choicesOf(changes: readonly AgentChange[], folder: string): string[] {
  const chosen = changes.flatMap(({ setup }) => (setup === undefined || isUsual(setup, folder) ? [] : [setup]));
  return [...new Set(chosen.map((setup) => shownText(setupWords(setup), 600)))];
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

function showRefusals(changes: readonly AgentChange[]): void {
  void vscode.window.showErrorMessage(shownText(remarksOf(changes).join(' '), 600));
}
