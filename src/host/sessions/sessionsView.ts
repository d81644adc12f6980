import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Session } from '../../core/log/sessions';
import type { WrittenFilter } from '../../logfile/logService';
import { quantity } from '../../core/text/quantity';
import { CONTEXTS, VIEWS } from '../ids';
import { shownText } from '../shownName';
import { MOST_FILES } from '../workspaceFiles';
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

/** Nobody looks through more of them in a tree: the timeline shows all. */
const MOST_LISTED = 2000;

/** A larger log is read when somebody opens its node: all that is listed together would not fit into memory. */
const MOST_UNASKED_BYTES = 32 << 20;

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
   * @returns what is known of each that was read: for whoever calls the command from a program.
   */
  async refresh(): Promise<LogState[]> {
    this.list.refresh();
    const uris = await this.list.all();
    const wanted = uris.filter((uri) => this.reader.known(uri) !== undefined || sizeOf(uri) <= MOST_UNASKED_BYTES);
    return await Promise.all(wanted.map((uri) => this.reader.upToDate(uri)));
  }

  showMore(node: SessionNode): void {
    this.listAtLeast(node, (this.listed.get(node.id) ?? ENTRIES_AT_ONCE) + ENTRIES_AT_ONCE);
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
    for (const uri of uris) if (sizeOf(uri) <= MOST_UNASKED_BYTES) this.reader.state(uri);
    const isTrouble = (uri: vscode.Uri): number => (this.reader.known(uri)?.failure === undefined ? 0 : 1);
    this.tellMessage();
    return uris
      .toSorted((a, b) => isTrouble(a) - isTrouble(b))
      .map((uri) => this.node({ type: 'source', id: sourceId(uri), uri }));
  }

  private async childrenOf(source: SourceNode): Promise<SessionsNode[]> {
    const { summary } = await this.reader.whenKnown(source.uri);
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
    if (this.filter === '' || this.reader.known(source.uri)?.isBusy === true) {
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

  /** The node of an entry, listed as far as it takes; or why there is none, in a sentence. */
  async entryNode(uri: vscode.Uri, key: string, sessionId: string | null): Promise<EntryNode | string> {
    const { summary } = await this.reader.whenRead(uri);
    const session = summary?.sessions.find(({ id }) => id === sessionId);
    const isListed = (await this.list.all()).some((each) => each.toString() === uri.toString());
    if (session === undefined || !isListed) return 'The Sessions view does not list this log: add it there first.';
    const node = this.sessionNode(uri, session);
    const scope = { session: session.id };
    const newer = await this.reader.thread.ask('newerThan', uri.fsPath, scope, this.written(), key);
    if (newer === null) return 'The Sessions view does not list this entry: its filter hides it.';
    if (newer >= MOST_LISTED) {
      return `The Sessions view lists the newest ${MOST_LISTED.toLocaleString('en-US')} entries of a session; the timeline shows all.`;
    }
    this.listAtLeast(node, newer + 1);
    const found = (await this.entriesOf(node)).find((child) => child.type === 'entry' && child.entry.key === key);
    return found?.type === 'entry' ? found : 'The entry is not in the log any more.';
  }

  /** Lists at least so many entries of a session. */
  private listAtLeast(node: SessionNode, count: number): void {
    const before = this.listed.get(node.id) ?? ENTRIES_AT_ONCE;
    if (count <= before) return;
    this.listed.set(node.id, Math.min(MOST_LISTED, Math.ceil(count / ENTRIES_AT_ONCE) * ENTRIES_AT_ONCE));
    this.changed.fire(node);
  }

  /** Goes to the entry below or above the selected one, as the view shows them; over the end of a session into its neighbour. */
  async step(by: 1 | -1): Promise<EntryNode | undefined> {
    const [selected] = this.view.selection;
    const { entries, at } = await this.around(selected);
    const target = entries[by === 1 ? Math.floor(at) + 1 : Math.ceil(at) - 1];
    if (target !== undefined) await this.reveal(target);
    return target;
  }

  /** The entries of the selected session and its neighbours, and where among them the selection is: between two for a session. */
  private async around(selected: SessionsNode | undefined): Promise<{ entries: EntryNode[]; at: number }> {
    const sessions: SessionNode[] = [];
    for (const source of await this.sources()) {
      // One that nobody has opened is not read to step over it.
      if (source.type !== 'source' || this.reader.known(source.uri) === undefined) continue;
      for (const child of await this.childrenOf(source)) if (child.type === 'session') sessions.push(child);
    }
    const own = selected?.type === 'entry' ? selected.parent : selected;
    const place = sessions.findIndex(({ id }) => id === own?.id);
    const entries: EntryNode[] = [];
    let at = -0.5;
    for (const session of sessions.slice(Math.max(0, place - 1), place + 2)) {
      if (session.id === own?.id) at = entries.length - 0.5;
      let children = await this.entriesOf(session);
      // At the end of what is listed there is more of the same session.
      if (children.at(-2)?.id === selected?.id && children.at(-1)?.type === 'more') {
        this.listAtLeast(session, children.length + 1);
        children = await this.entriesOf(session);
      }
      for (const child of children) {
        if (child.type !== 'entry') continue;
        if (child.id === selected?.id) at = entries.length;
        entries.push(child);
      }
    }
    return { entries, at };
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
        const state = this.reader.known(uri);
        return sourceItem(node, { state, isLive, isAdded, shown: this.shown.get(id), size: sizeOf(uri) });
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
          `Only the first ${MOST_FILES.toLocaleString('en-US')} files were looked at. The setting "Aegis › Sessions: Files" says where to look.`,
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

/** Bytes of a log as far as they can be told; 0 where there is none. */
function sizeOf(uri: vscode.Uri): number {
  return fs.statSync(uri.fsPath, { throwIfNoEntry: false })?.size ?? 0;
}
