import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { AgentFigures } from '../../core/log/agentFigures';
import { CONTEXTS, VIEWS } from '../ids';
import { log } from '../log';
import type { LogReader } from '../sessions/logReader';
import { factsOf, recordingItem, type RecordingNode, type RecordingPlace } from './recordingNodes';
import type { RecordedAgent } from './recordingWords';

/** What is known of the agents of a folder of the workspace. */
export interface FolderRecording {
  readonly agents: readonly RecordedAgent[];
  /** The database of the trail that they write to. */
  readonly database: vscode.Uri;
}

/** How old `just now` becomes before it is drawn again. */
const DRAWN_AGAIN_MS = 30_000;

/** A burst of changes is drawn once. */
const REST_MS = 200;

/** The Recording view: who is recorded in this workspace, what they did, and who is not. */
export class RecordingView implements vscode.TreeDataProvider<RecordingNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<RecordingNode>;
  private readonly subscriptions: vscode.Disposable[];
  /** The databases of the trails that are looked at, by which changes are known. */
  private readonly followed = new Map<string, vscode.Disposable>();
  private resting: NodeJS.Timeout | undefined;
  /** By folder. A trail that is written to makes other figures, not another set-up, which takes longer to look at. */
  private readonly recordings = new Map<string, Promise<FolderRecording>>();

  constructor(
    private readonly reader: LogReader,
    /** @throws Error with a sentence. */
    private readonly recordingOf: (folder: string) => Promise<FolderRecording>,
    settingsGlobs: readonly string[],
  ) {
    this.view = vscode.window.createTreeView(VIEWS.recording, { treeDataProvider: this });
    const again = (): void => this.redraw();
    const anew = (): void => this.refresh();
    const clock = setInterval(() => {
      if (this.view.visible) this.changed.fire(undefined);
    }, DRAWN_AGAIN_MS);
    this.subscriptions = [
      this.view,
      this.changed,
      { dispose: () => clearInterval(clock) },
      this.view.onDidChangeVisibility(({ visible }) => (visible ? anew() : this.unfollow())),
      reader.onDidChange((uri) => {
        if (this.followed.has(uri.toString())) again();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(anew),
      ...settingsGlobs.map((glob) => watched(glob, anew)),
    ];
  }

  /** Looks at all of it anew. */
  refresh(): void {
    this.recordings.clear();
    this.redraw();
  }

  private redraw(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.changed.fire(undefined), REST_MS);
  }

  getTreeItem(node: RecordingNode): vscode.TreeItem {
    return recordingItem(node, Date.now());
  }

  async getChildren(node?: RecordingNode): Promise<RecordingNode[]> {
    if (node === undefined) return await this.roots();
    if (node.type === 'folder') return await this.inFolder(node.place.folder);
    return node.type === 'fact' ? [] : factsOf(node);
  }

  private async roots(): Promise<RecordingNode[]> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const each = await Promise.all(folders.map(({ uri }) => this.inFolder(uri)));
    const isAnyone = each
      .flat()
      .some((node) => node.type !== 'agent' || isSetUp(node.agent) || node.figures !== undefined);
    // Without anybody who is or was recorded, the view says what it is for.
    await vscode.commands.executeCommand('setContext', CONTEXTS.isRecording, isAnyone);
    if (!isAnyone) return [];
    if (folders.length === 1) return each[0];
    return folders.map(({ uri }) => ({ type: 'folder', place: { folder: uri, database: uri } }));
  }

  private async inFolder(folder: vscode.Uri): Promise<RecordingNode[]> {
    try {
      const { agents, database } = await this.recordingIn(folder.fsPath);
      const place: RecordingPlace = { folder, database };
      const figures = await this.figuresOf(database);
      const byAgent = new Map(figures.map((each) => [each.agent, each]));
      const order = ['on', 'broken', 'off'] satisfies RecordedAgent['setup'][];
      const known = agents
        .map((agent) => ({ type: 'agent', place, agent, figures: byAgent.get(agent.agentId) }) as const)
        .sort((one, other) => order.indexOf(one.agent.setup) - order.indexOf(other.agent.setup));
      const ids = new Set(agents.map(({ agentId }) => agentId));
      const programs = figures
        .filter(({ agent }) => agent === null || !ids.has(agent))
        .map((each) => ({ type: 'program', place, figures: each }) as const);
      const set = known.filter(({ agent }) => isSetUp(agent));
      return [...set, ...programs, ...known.filter((each) => !set.includes(each))];
    } catch (error) {
      const { message } = error as Error;
      log().warn(`Recording: ${message}`);
      return [{ type: 'fact', label: message, value: '', icon: 'warning' }];
    }
  }

  private recordingIn(folder: string): Promise<FolderRecording> {
    let recording = this.recordings.get(folder);
    if (recording === undefined) this.recordings.set(folder, (recording = this.recordingOf(folder)));
    return recording;
  }

  /** None where the database is not there yet, or cannot be read, which the Sessions view says. */
  private async figuresOf(database: vscode.Uri): Promise<readonly AgentFigures[]> {
    if (!fs.existsSync(database.fsPath)) return [];
    this.follow(database);
    const { failure } = await this.reader.whenRead(database);
    return failure === undefined ? await this.reader.thread.ask('agents', database.fsPath) : [];
  }

  private follow(database: vscode.Uri): void {
    const key = database.toString();
    if (!this.followed.has(key)) this.followed.set(key, this.reader.follow(database));
  }

  private unfollow(): void {
    for (const each of this.followed.values()) each.dispose();
    this.followed.clear();
  }

  dispose(): void {
    clearTimeout(this.resting);
    this.unfollow();
    for (const each of this.subscriptions) each.dispose();
  }
}

function isSetUp({ setup }: RecordedAgent): boolean {
  return setup === 'on' || setup === 'broken';
}

function watched(glob: string, listener: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(glob);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(listener),
    watcher.onDidCreate(listener),
    watcher.onDidDelete(listener),
  );
}
