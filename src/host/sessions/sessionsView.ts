import * as vscode from 'vscode';
import type { Session } from '../../core/log/sessions';
import type { WrittenFilter } from '../../logfile/logService';
import { quantity } from '../../core/text/quantity';
import { CONTEXTS, VIEWS } from '../ids';
import { shownText } from '../shownName';
import { MOST_LOGS } from './logFiles';
import type { LogList } from './logList';
import type { LogReader, LogState } from './logReader';
import {
  entryItem,
  moreItem,
  noteItem,
  sessionItem,
  sourceItem,
  type EntryNode,
  type SessionNode,
  type SessionsNode,
  type SourceNode,
} from './sessionNodes';
import { inOrder, type SessionOrder } from './sessionOrder';

/** Sessions of a log, and entries of a session, that are listed before somebody asks for more. */
const MOST_SESSIONS = 1000;
const ENTRIES_AT_ONCE = 200;

const FILTER = 'aegis.sessions.filter';
const ORDER = 'aegis.sessions.order';

/** The Sessions view: the logs of the workspace, their sessions, and the entries of each. */
export class SessionsView implements vscode.TreeDataProvider<SessionsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<SessionsNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: vscode.TreeView<SessionsNode>;
  private readonly subscriptions: vscode.Disposable[];
  /** One object a node, by which VS Code knows what is to be drawn again. */
  private readonly nodes = new Map<string, SessionsNode>();
  /** Entries of a session that are listed, by the session's node. */
  private readonly listed = new Map<string, number>();
  private readonly shown = new Map<string, number>();
  private following: vscode.Disposable[] = [];

  constructor(
    private readonly list: LogList,
    private readonly reader: LogReader,
    private readonly memory: vscode.Memento,
  ) {
    this.view = vscode.window.createTreeView<SessionsNode>(VIEWS.sessions, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: false,
    });
    this.subscriptions = [
      this.view,
      this.changed,
      list.onDidChange(() => this.changed.fire(undefined)),
      list.onDidWrite((uri) => reader.poke(uri)),
      reader.onDidChange((uri) => this.changed.fire(this.nodes.get(sourceId(uri)))),
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
    this.changed.fire(undefined);
  }

  async setOrder(order: SessionOrder): Promise<void> {
    await this.memory.update(ORDER, order);
    this.changed.fire(undefined);
  }

  /** The filter as it is written, with the clock of this machine. */
  written(): WrittenFilter {
    return { text: this.filter, now: Date.now(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  }

  /**
   * Looks for logs again, and holds those that were read against the disk.
   *
   * @returns what is known of each then: for whoever calls the command from a program.
   */
  async refresh(): Promise<LogState[]> {
    this.list.refresh();
    const uris = await this.list.all();
    return await Promise.all(uris.map((uri) => this.reader.upToDate(uri)));
  }

  showMore(node: SessionNode): void {
    this.listed.set(node.id, (this.listed.get(node.id) ?? ENTRIES_AT_ONCE) + ENTRIES_AT_ONCE);
    this.changed.fire(node);
  }

  async getChildren(node?: SessionsNode): Promise<SessionsNode[]> {
    switch (node?.type) {
      case undefined:
        return await this.sources();
      case 'source':
        return await this.childrenOf(node);
      case 'session':
        return await this.entriesOf(node);
      default:
        return [];
    }
  }

  private async sources(): Promise<SessionsNode[]> {
    const uris = await this.list.all();
    await vscode.commands.executeCommand('setContext', CONTEXTS.hasLogs, uris.length > 0);
    this.followShown(uris);
    const states = uris.map((uri) => this.reader.state(uri));
    const isTrouble = ({ failure }: LogState): number => (failure === undefined ? 0 : 1);
    this.tellMessage();
    return states
      .toSorted((a, b) => isTrouble(a) - isTrouble(b))
      .map(({ uri }) => this.node({ type: 'source', id: sourceId(uri), uri }));
  }

  private async childrenOf(source: SourceNode): Promise<SessionsNode[]> {
    const { summary } = await this.reader.whenRead(source.uri);
    if (summary === undefined) return [];
    const { uri } = source;
    const texts = [...(summary.deletedText === undefined ? [] : [summary.deletedText]), ...summary.warnings];
    const notes = texts.map((text, i) => this.node({ type: 'note', id: `${source.id}#note${i} ${text}`, uri, text }));
    const sessions = inOrder(await this.sessionsOf(source, summary.sessions), this.order);
    const listed = sessions.slice(0, MOST_SESSIONS).map((session) => this.sessionNode(uri, session));
    const rest = sessions.length - listed.length;
    if (rest === 0) return [...notes, ...listed];
    const text = `${quantity(rest, 'more session')}: filter to see them, or open the timeline of the log.`;
    return [...notes, ...listed, this.node({ type: 'note', id: `${source.id}#rest`, uri, text })];
  }

  /** The sessions that the filter lets through. What is wrong with the filter was said when it was written. */
  private async sessionsOf(source: SourceNode, all: readonly Session[]): Promise<readonly Session[]> {
    if (this.filter === '') {
      this.shown.delete(source.id);
      return all;
    }
    const answer = await this.reader.thread.ask('sessions', source.uri.fsPath, this.written());
    const sessions = 'problem' in answer ? [] : answer.sessions;
    const before = this.shown.get(source.id);
    this.shown.set(source.id, sessions.length);
    // The figure stands on the parent, which was drawn before it was known.
    if (before !== sessions.length) setTimeout(() => this.changed.fire(source), 0);
    return sessions;
  }

  private async entriesOf(node: SessionNode): Promise<SessionsNode[]> {
    const scope = { session: node.session.id };
    const most = this.listed.get(node.id) ?? ENTRIES_AT_ONCE;
    const answer = await this.reader.thread.ask('entries', node.uri.fsPath, scope, this.written(), 0, most);
    if ('problem' in answer) return [];
    const entries = answer.rows.map((entry) => {
      const id = `${node.id}#${entry.key}`;
      const known = this.nodes.get(id);
      if (known?.type === 'entry') known.entry = entry;
      return this.node({ type: 'entry', id, uri: node.uri, parent: node, entry });
    });
    const count = answer.total - entries.length;
    if (count === 0) return entries;
    return [...entries, { type: 'more', id: `${node.id}#more`, uri: node.uri, parent: node, count }];
  }

  /** The node of an entry, listed as far as it takes. undefined where the filter hides it. */
  async entryNode(uri: vscode.Uri, key: string, sessionId: string | null): Promise<EntryNode | undefined> {
    const { summary } = await this.reader.whenRead(uri);
    const session = summary?.sessions.find(({ id }) => id === sessionId);
    if (session === undefined) return undefined;
    const node = this.sessionNode(uri, session);
    for (let last = -1; ;) {
      const children = await this.entriesOf(node);
      const found = children.find((child) => child.type === 'entry' && child.entry.key === key);
      if (found?.type === 'entry') return found;
      if (children.length === last || children.at(-1)?.type !== 'more') return undefined;
      last = children.length;
      this.listed.set(node.id, (this.listed.get(node.id) ?? ENTRIES_AT_ONCE) * 4);
    }
  }

  /** Goes to the entry after or before the selected one, as the filter shows them; over the end of a session into the next. */
  async step(by: 1 | -1): Promise<EntryNode | undefined> {
    const [selected] = this.view.selection;
    const all = await this.walk(selected);
    if (all === undefined) return undefined;
    const { entries, at } = all;
    const target = entries[at + by];
    if (target !== undefined) await this.reveal(target);
    return target;
  }

  /** The entries of the selected session and its neighbours, and where among them the selection is. */
  private async walk(selected: SessionsNode | undefined): Promise<{ entries: EntryNode[]; at: number } | undefined> {
    const sessions: SessionNode[] = [];
    for (const source of await this.sources()) {
      if (source.type !== 'source') continue;
      for (const child of await this.childrenOf(source)) if (child.type === 'session') sessions.push(child);
    }
    const own = selected?.type === 'entry' ? selected.parent : selected;
    const place = own === undefined ? -1 : sessions.findIndex(({ id }) => id === own.id);
    const near = sessions.slice(Math.max(0, place - 1), place + 2);
    const entries: EntryNode[] = [];
    let at = -1;
    for (const session of near) {
      if (session.id === own?.id) at = entries.length - 1;
      for (const child of await this.entriesOf(session)) {
        if (child.type !== 'entry') continue;
        if (child.id === selected?.id) at = entries.length;
        entries.push(child);
      }
    }
    return entries.length === 0 ? undefined : { entries, at };
  }

  async reveal(node: SessionsNode): Promise<void> {
    await this.view.reveal(node, { select: true, focus: true, expand: false });
  }

  getTreeItem(node: SessionsNode): vscode.TreeItem {
    switch (node.type) {
      case 'source': {
        const { uri, id } = node;
        const isLive = this.reader.isLive(uri);
        const isAdded = this.list.isAdded(uri);
        return sourceItem(node, { state: this.reader.state(uri), isLive, isAdded, shown: this.shown.get(id) });
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

  getParent(node: SessionsNode): SessionsNode | undefined {
    if (node.type === 'entry' || node.type === 'more') return node.parent;
    return node.type === 'source' ? undefined : this.nodes.get(sourceId(node.uri));
  }

  private sessionNode(uri: vscode.Uri, session: Session): SessionNode {
    const id = `${sourceId(uri)}#session${session.id === null ? '' : ` ${session.id}`}`;
    const known = this.nodes.get(id);
    if (known?.type === 'session') known.session = session;
    return this.node({ type: 'session', id, uri, session });
  }

  private node<T extends SessionsNode>(node: T): T {
    const known = this.nodes.get(node.id) as T | undefined;
    if (known !== undefined) return known;
    this.nodes.set(node.id, node);
    return node;
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
          `Only the first ${MOST_LOGS.toLocaleString('en-US')} files were looked at. The setting "Aegis › Sessions: Files" says where to look.`,
        ];
    this.view.message = [...filter, ...capped].join('\n') || undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, ...this.following).dispose();
  }
}

function sourceId(uri: vscode.Uri): string {
  return `log:${uri.toString()}`;
}
