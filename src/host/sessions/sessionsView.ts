import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { SessionOrder } from '../../core/log/sessionOrder';
import type { WrittenFilter } from '../../logfile/logService';
import { CONTEXTS, VIEWS } from '../ids';
import { shownText } from '../shownName';
import { MOST_FILES } from '../workspaceFiles';
import { neighbourOf } from './entryWalk';
import type { LogList } from './logList';
import type { LogReader, LogState } from './logReader';
import { isReadUnasked, sizeOf } from './logSize';
import {
  entryItem,
  moreItem,
  noteItem,
  sessionItem,
  sessionTooltip,
  sourceItem,
  type EntryNode,
  type SessionNode,
  type SessionsNode,
  type SourceNode,
} from './sessionNodes';
import { SessionsListing } from './sessionsListing';

/** How often something is revealed until it is selected, and the pause in between. */
const MOST_REVEALS = 10;
const REVEAL_MS = 150;

const FILTER = 'aegis.sessions.filter';
const ORDER = 'aegis.sessions.order';

/** The Sessions view: the logs of the workspace, their sessions, and the entries of each. */
export class SessionsView implements vscode.TreeDataProvider<SessionsNode>, vscode.Disposable {
  private readonly listing: SessionsListing;
  readonly onDidChangeTreeData: vscode.Event<SessionsNode | undefined>;
  readonly view: vscode.TreeView<SessionsNode>;
  private readonly subscriptions: vscode.Disposable[];
  private following: vscode.Disposable[] = [];

  constructor(
    private readonly list: LogList,
    private readonly reader: LogReader,
    private readonly memory: vscode.Memento,
  ) {
    this.listing = new SessionsListing(list, reader, () => ({ filter: this.written(), order: this.order }));
    this.onDidChangeTreeData = this.listing.onDidChange;
    this.view = vscode.window.createTreeView<SessionsNode>(VIEWS.sessions, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: false,
    });
    this.subscriptions = [
      this.view,
      this.listing,
      list.onDidChange(() => this.listing.change()),
      list.onDidWrite((uri) => reader.poke(uri)),
      reader.onDidChange((uri) => this.listing.change(uri)),
      this.view.onDidChangeVisibility(() => this.followShown()),
    ];
    this.tellFilter();
  }

  get filter(): string {
    return this.memory.get<string>(FILTER, '');
  }

  get order(): SessionOrder {
    return this.memory.get<SessionOrder>(ORDER, 'newest');
  }

  async setFilter(filter: string): Promise<void> {
    await this.memory.update(FILTER, filter.trim());
    this.tellFilter();
    this.listing.change();
  }

  async setOrder(order: SessionOrder): Promise<void> {
    await this.memory.update(ORDER, order);
    this.listing.change();
  }

  /** The filter as it is written, with the clock of this machine. */
  written(): WrittenFilter {
    return { text: this.filter, now: Date.now(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  }

  /**
   * Looks for logs again, and holds those that were read against the disk.
   *
   * @returns what is known of each that was read: for whoever calls the command from a program.
   */
  async refresh(): Promise<LogState[]> {
    this.list.refresh();
    const uris = await this.list.all();
    const wanted = uris.filter((uri) => this.reader.known(uri) !== undefined || isReadUnasked(uri));
    return await Promise.all(wanted.map((uri) => this.reader.upToDate(uri, true)));
  }

  showMore(node: SourceNode | SessionNode): void {
    this.listing.showMore(node);
  }

  async getChildren(node?: SessionsNode): Promise<SessionsNode[]> {
    switch (node?.type) {
      case undefined:
        return await this.sources();
      case 'source':
        return await this.listing.sessions(node);
      case 'session':
        return await this.listing.entries(node);
      default:
        return [];
    }
  }

  private async sources(): Promise<SourceNode[]> {
    const sources = await this.listing.sources();
    await vscode.commands.executeCommand('setContext', CONTEXTS.hasLogs, sources.length > 0);
    this.followShown(sources.map(({ uri }) => uri));
    this.tellMessage();
    return sources;
  }

  /** The node of an entry, listed as far as it takes; or why there is none, in a sentence. */
  async entryNode(uri: vscode.Uri, key: string, sessionId: string | null): Promise<EntryNode | string> {
    return await this.listing.entryNode(uri, key, sessionId);
  }

  /** Goes to the entry below or above the selected one, as the view shows them; over the end of a session into its neighbour. */
  async step(by: 1 | -1): Promise<EntryNode | undefined> {
    // One that nobody has opened is not read to step over it.
    const sources = (await this.listing.sources()).filter(({ uri }) => this.reader.known(uri) !== undefined);
    const target = await neighbourOf(this.listing, sources, this.view.selection[0], by);
    if (target !== undefined) await this.reveal(target);
    return target;
  }

  /**
   * Selects a node. A tree that was hidden takes over what changed meanwhile some time after it is shown; before that, VS Code selects
   * nothing there and says nothing.
   */
  async reveal(node: SessionsNode): Promise<void> {
    for (let tries = 0; tries < MOST_REVEALS; tries++) {
      if (tries > 0) await setTimeout(REVEAL_MS);
      await this.view.reveal(node, { select: true, focus: true, expand: false });
      if (this.view.selection.some(({ id }) => id === node.id)) return;
    }
  }

  getTreeItem(node: SessionsNode): vscode.TreeItem {
    switch (node.type) {
      case 'source': {
        const { uri } = node;
        const isLive = this.reader.isLive(uri);
        const isAdded = this.list.isAdded(uri);
        const state = this.reader.known(uri);
        return sourceItem(node, { state, isLive, isAdded, shown: this.listing.shownOf(node), size: sizeOf(uri) });
      }
      case 'note':
        return noteItem(node);
      case 'session':
        return sessionItem(node, Date.now());
      case 'entry':
        return entryItem(node);
      case 'more':
        return moreItem(node);
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: SessionsNode): vscode.TreeItem {
    if (node.type === 'session') item.tooltip = sessionTooltip(node.session, Date.now());
    return item;
  }

  getParent(node: SessionsNode): SessionsNode | undefined {
    return this.listing.parentOf(node);
  }

  /** What the view shows is followed on the disk while it is visible. */
  private followShown(uris?: readonly vscode.Uri[]): void {
    if (uris === undefined && this.view.visible) return void this.list.all().then((all) => this.followShown(all));
    vscode.Disposable.from(...this.following).dispose();
    this.following = this.view.visible ? (uris ?? []).map((uri) => this.reader.follow(uri)) : [];
  }

  private tellFilter(): void {
    void vscode.commands.executeCommand('setContext', CONTEXTS.sessionsFiltered, this.filter !== '');
    this.tellMessage();
  }

  private tellMessage(): void {
    const filter = this.filter === '' ? [] : [`Filter: ${shownText(this.filter, 200)}`];
    const capped = this.list.isAll
      ? []
      : [
          `Only the first ${MOST_FILES.toLocaleString('en-US')} files were looked at. The setting "Aegis › Sessions: Files" says where to look.`,
        ];
    this.view.message = [...filter, ...capped].join('\n') || undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, ...this.following).dispose();
  }
}
