import * as vscode from 'vscode';
import type { SessionOrder } from '../../core/log/sessionOrder';
import type { Session } from '../../core/log/sessions';
import type { WrittenFilter } from '../../logfile/logService';
import { LogError } from '../../logfile/logSource';
import type { LogList } from './logList';
import type { LogReader } from './logReader';
import { isReadUnasked } from './logSize';
import type { EntryNode, MoreNode, SessionNode, SessionsNode, SourceNode } from './sessionNodes';
import { ShownSessions } from './shownSessions';

/** What of the logs is to be listed. */
export interface Wanted {
  readonly filter: WrittenFilter;
  readonly order: SessionOrder;
}

/**
 * How many nodes stand below another before somebody asks for more, and at most: nobody looks through so many in a tree, and VS Code
 * takes all of them over at one go, at each change.
 */
const SESSIONS = { atOnce: 1000, most: 2000 };
const ENTRIES = { atOnce: 200, most: 2000 };

/** The logs, their sessions, and the entries of each, as far as they are listed: one object a node, by which VS Code knows it again. */
export class SessionsListing implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<SessionsNode | undefined>();
  /** What stands below a node is to be drawn again; undefined: below all. */
  readonly onDidChange = this.changed.event;
  private readonly nodes = new Map<string, SessionsNode>();
  /** How many nodes are listed below one, where somebody asked for more. */
  private readonly asked = new Map<string, number>();
  /** What stands below a log, until something changes. */
  private readonly below = new Map<string, Promise<SessionsNode[]>>();
  private readonly shown: ShownSessions;

  constructor(
    private readonly list: LogList,
    private readonly reader: LogReader,
    private readonly wanted: () => Wanted,
  ) {
    this.shown = new ShownSessions(
      async (id) => await this.countShown(id),
      // The figure stands on the parent, which was drawn before it was known. What stands below it is not asked for again.
      (id) => setTimeout(() => this.changed.fire(this.nodes.get(id)), 0),
    );
  }

  /** Something is another now: a log, or which there are and what of them is wanted. */
  change(uri?: vscode.Uri): void {
    const source = uri === undefined ? undefined : this.nodes.get(sourceId(uri));
    this.shown.expire(source?.id);
    if (source === undefined) this.below.clear();
    else this.below.delete(source.id);
    this.changed.fire(source);
  }

  /** The logs; those that cannot be read stand below the others. */
  async sources(): Promise<SourceNode[]> {
    const uris = await this.list.all();
    for (const uri of uris) if (isReadUnasked(uri)) this.reader.state(uri);
    const isTrouble = (uri: vscode.Uri): number => (this.reader.known(uri)?.failure === undefined ? 0 : 1);
    return uris.toSorted((a, b) => isTrouble(a) - isTrouble(b)).map((uri) => this.sourceNode(uri));
  }

  /** What is to be known of a log, and its sessions. */
  async sessions(source: SourceNode): Promise<SessionsNode[]> {
    const known = this.below.get(source.id);
    if (known !== undefined) return await known;
    const asked = this.ask(source).catch((error: unknown) => {
      if (this.below.get(source.id) === asked) this.below.delete(source.id);
      // What is wrong with a log stands on its node, as soon as the reader has met it.
      if (error instanceof LogError) return [];
      throw error;
    });
    this.below.set(source.id, asked);
    return await asked;
  }

  private async ask(source: SourceNode): Promise<SessionsNode[]> {
    const { uri, id } = source;
    const { summary } = await this.reader.whenKnown(uri);
    if (summary === undefined) return [];
    const texts = [...(summary.deletedText === undefined ? [] : [summary.deletedText]), ...summary.warnings];
    const notes = texts.map((text, i) => this.node({ type: 'note', id: `${id}#note${i} ${text}`, uri, text }));
    const { filter, order } = this.wanted();
    const { thread } = this.reader;
    const answer = await thread.ask('sessions', uri.fsPath, filter, order, 0, this.most(source));
    // What is wrong with the filter was said when it was written.
    const { sessions, total } = 'problem' in answer ? { sessions: [], total: 0 } : answer;
    if (filter.text !== '') this.shown.set(id, filter.text, total);
    const listed = sessions.map((session) => this.sessionNode(uri, session));
    return [...notes, ...listed, ...this.more(source, listed.length, total)];
  }

  /** How many sessions of a log the filter lets through: undefined where there is none, null where they are being counted. */
  shownOf({ id, uri }: SourceNode): number | null | undefined {
    const { filter } = this.wanted();
    if (filter.text === '' || this.reader.known(uri)?.summary === undefined) return undefined;
    return this.shown.of(id, filter.text) ?? null;
  }

  private async countShown(id: string): Promise<number> {
    const { filter, order } = this.wanted();
    const answer = await this.reader.thread.ask('sessions', this.nodes.get(id)!.uri.fsPath, filter, order, 0, 0);
    return 'problem' in answer ? 0 : answer.total;
  }

  /** The entries of a session, the newest first. */
  async entries(node: SessionNode): Promise<SessionsNode[]> {
    const scope = { session: node.session.id };
    const { filter } = this.wanted();
    const answer = await this.reader.thread.ask('entries', node.uri.fsPath, scope, filter, 0, this.most(node));
    if ('problem' in answer) return [];
    const entries = answer.rows.map((entry) => {
      const found = this.node({ type: 'entry', id: `${node.id}#${entry.key}`, uri: node.uri, parent: node, entry });
      found.entry = entry;
      return found;
    });
    return [...entries, ...this.more(node, entries.length, answer.total)];
  }

  private more(parent: SourceNode | SessionNode, listed: number, total: number): MoreNode[] {
    const { id, uri } = parent;
    const isListable = this.most(parent) < limitsOf(parent).most;
    return total <= listed ? [] : [{ type: 'more', id: `${id}#more`, uri, parent, count: total - listed, isListable }];
  }

  /** The node of an entry, listed as far as it takes; or why there is none, in a sentence. */
  async entryNode(uri: vscode.Uri, key: string, sessionId: string | null): Promise<EntryNode | string> {
    const { summary } = await this.reader.whenRead(uri);
    const isListed = (await this.list.all()).some((each) => each.toString() === uri.toString());
    if (summary === undefined || !isListed) return 'The Sessions view does not list this log: add it there first.';
    const { filter, order } = this.wanted();
    const scope = { session: sessionId };
    const { thread } = this.reader;
    const newer = await thread.ask('newerThan', uri.fsPath, scope, filter, key);
    const before = await thread.ask('sessionsBefore', uri.fsPath, filter, order, sessionId);
    if (newer === null || before === null) return 'The Sessions view does not list this entry: its filter hides it.';
    if (before >= SESSIONS.most) return beyond(SESSIONS.most, 'sessions of a log, in the order that is chosen there');
    if (newer >= ENTRIES.most) return beyond(ENTRIES.most, 'entries of a session, the newest');
    const source = this.sourceNode(uri);
    this.listAtLeast(source, before + 1);
    const node = (await this.sessions(source)).find((child) => child.id === sessionNodeId(uri, sessionId));
    if (node?.type !== 'session') return GONE;
    this.listAtLeast(node, newer + 1);
    const found = (await this.entries(node)).find((child) => child.type === 'entry' && child.entry.key === key);
    return found?.type === 'entry' ? found : GONE;
  }

  showMore(node: SourceNode | SessionNode): void {
    this.listAtLeast(node, this.most(node) + 1);
  }

  private listAtLeast(node: SourceNode | SessionNode, count: number): void {
    const { atOnce, most } = limitsOf(node);
    if (count <= this.most(node)) return;
    this.asked.set(node.id, Math.min(most, Math.ceil(count / atOnce) * atOnce));
    this.below.delete(node.id);
    this.changed.fire(node);
  }

  /** How many nodes are listed below one. */
  private most(node: SourceNode | SessionNode): number {
    return this.asked.get(node.id) ?? limitsOf(node).atOnce;
  }

  parentOf(node: SessionsNode): SessionsNode | undefined {
    if (node.type === 'entry' || node.type === 'more') return node.parent;
    return node.type === 'source' ? undefined : this.nodes.get(sourceId(node.uri));
  }

  private sourceNode(uri: vscode.Uri): SourceNode {
    return this.node({ type: 'source', id: sourceId(uri), uri });
  }

  private sessionNode(uri: vscode.Uri, session: Session): SessionNode {
    const node = this.node({ type: 'session', id: sessionNodeId(uri, session.id), uri, session });
    node.session = session;
    return node;
  }

  private node<T extends SessionsNode>(node: T): T {
    const known = this.nodes.get(node.id) as T | undefined;
    if (known !== undefined) return known;
    this.nodes.set(node.id, node);
    return node;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

const GONE = 'The entry is not in the log any more.';

function limitsOf({ type }: SourceNode | SessionNode): typeof SESSIONS {
  return type === 'source' ? SESSIONS : ENTRIES;
}

function beyond(most: number, what: string): string {
  return `The Sessions view lists no more than ${most.toLocaleString('en-US')} ${what}; the timeline shows all.`;
}

function sourceId(uri: vscode.Uri): string {
  return `log:${uri.toString()}`;
}

function sessionNodeId(uri: vscode.Uri, session: string | null): string {
  return `${sourceId(uri)}#session${session === null ? '' : ` ${session}`}`;
}
