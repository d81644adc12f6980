import * as vscode from 'vscode';
import type { Session } from '../../core/log/sessions';
import { quantity } from '../../core/text/quantity';
import { visible } from '../../core/text/visible';
import type { EntryFacts } from '../../logfile/entryFacts';
import { COMMANDS } from '../ids';
import { shownName, shownText } from '../shownName';
import type { LogState } from './logReader';
import {
  ago,
  moment,
  outcomeIcon,
  outcomeWords,
  riskIcon,
  sessionFigures,
  sessionName,
  sourceWords,
  type SourceFigures,
} from './sessionWords';

/** What the Sessions view shows. */
export type SessionsNode = SourceNode | NoteNode | SessionNode | EntryNode | MoreNode;

export interface SourceNode {
  readonly type: 'source';
  readonly id: string;
  readonly uri: vscode.Uri;
}

/** Something to know of a source: deleted rows, damage. */
export interface NoteNode {
  readonly type: 'note';
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly text: string;
}

export interface SessionNode {
  readonly type: 'session';
  readonly id: string;
  readonly uri: vscode.Uri;
  session: Session;
}

export interface EntryNode {
  readonly type: 'entry';
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly parent: SessionNode;
  entry: EntryFacts;
}

/** Sessions of a log, or entries of a session, that are not listed. */
export interface MoreNode {
  readonly type: 'more';
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly parent: SourceNode | SessionNode;
  readonly count: number;
  /** Whether they are listed where somebody asks for them: a tree is no place for all of them. */
  readonly isListable: boolean;
}

export interface SourceFacts extends SourceFigures {
  readonly isAdded: boolean;
}

export function sourceItem({ id, uri }: SourceNode, facts: SourceFacts): vscode.TreeItem {
  const { state } = facts;
  const parts = vscode.workspace.asRelativePath(uri).split('/');
  const name = shownName(parts.at(-1)!);
  const folder = shownName(parts.slice(0, -1).join('/'));
  const words = sourceWords(facts);
  const isReadable = state?.failure === undefined;
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(name, !isReadable ? None : state === undefined ? Collapsed : Expanded);
  item.id = id;
  item.description = folder === '' ? words : `${words} · ${folder}`;
  item.iconPath = sourceIcon(state);
  item.tooltip = sourceTooltip(uri, facts);
  item.contextValue = ['source', ...(isReadable ? ['readable'] : []), ...(facts.isAdded ? ['added'] : [])].join(' ');
  item.accessibilityInformation = { label: `${name}, ${words}` };
  return item;
}

function sourceIcon(state: LogState | undefined): vscode.ThemeIcon {
  if (state === undefined) return new vscode.ThemeIcon('database');
  const { summary, failure, isBusy } = state;
  const warning = new vscode.ThemeColor('list.warningForeground');
  if (failure !== undefined) {
    return failure.code === 'empty' || failure.code === 'no-table'
      ? new vscode.ThemeIcon('database')
      : new vscode.ThemeIcon('warning', warning);
  }
  if (summary === undefined || isBusy) return new vscode.ThemeIcon('loading~spin');
  const icon = { database: 'database', lines: 'list-flat', chain: 'link' }[summary.kind];
  return new vscode.ThemeIcon(icon, summary.warnings.length > 0 || summary.deleted > 0 ? warning : undefined);
}

function sourceTooltip(uri: vscode.Uri, { state }: SourceFacts): string {
  const place = shownName(uri.fsPath);
  if (state === undefined) return `${place}\nOpen it to have it read`;
  const { summary, failure } = state;
  if (failure !== undefined) return `${place}\n${shownText(failure.message)}`;
  if (summary === undefined) return place;
  const kind = { database: 'Audit database', lines: 'JSON lines', chain: 'Hash chain' }[summary.kind];
  return [
    place,
    `${kind}, ${quantity(summary.entries, 'entry', 'entries')}`,
    ...(summary.from === null || summary.to === null ? [] : [`${moment(summary.from)} to ${moment(summary.to)}`]),
    ...(summary.deletedText === undefined ? [] : [summary.deletedText]),
    ...summary.warnings.map((text) => shownText(text)),
  ].join('\n');
}

export function noteItem({ id, ...note }: NoteNode): vscode.TreeItem {
  const text = shownText(note.text);
  const item = new vscode.TreeItem(text, vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = text;
  item.contextValue = 'note';
  return item;
}

export function sessionItem(node: SessionNode, now: number): vscode.TreeItem {
  const { session } = node;
  const name = sessionName(session);
  const words = sessionFigures(session, now);
  const { icon, color } = riskIcon(session.risk);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  item.description = words;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = 'session';
  item.accessibilityInformation = { label: `${name}, highest risk ${session.risk ?? 'not recorded'}, ${words}` };
  return item;
}

/** Asked for when the pointer rests on the node: made for each of a thousand nodes, its times would take longer than all else. */
export function sessionTooltip(session: Session, now: number): string {
  const { from, to, agents, agentsTotal } = session;
  const others = agentsTotal - agents.length;
  const who =
    agents.length === 0
      ? 'Agent not recorded'
      : `${agentsTotal === 1 ? 'Agent' : 'Agents'} ${agents.map((agent) => shownText(agent, 60)).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
  return [
    sessionName(session),
    ...(from === null || to === null ? ['Times not recorded'] : [`${moment(from)} to ${moment(to)}, ${ago(now - to)}`]),
    who,
    `Highest risk: ${session.risk ?? 'not recorded'}`,
    `${quantity(session.actions, 'action')}: ${session.blocked} blocked, ${session.denied} denied, ${session.failed} failed, ${session.open} without a recorded outcome${blocks(session)}`,
  ].join('\n');
}

function blocks({ openBlocks }: Session): string {
  return openBlocks === 0 ? '' : `, ${openBlocks} of which the policy decided to block`;
}

export function entryItem(node: EntryNode): vscode.TreeItem {
  const { entry, uri } = node;
  const type = entry.type === '' ? '(no action type)' : shownText(entry.type, 80);
  const outcome = outcomeWords(entry);
  const { icon, color } = outcomeIcon(entry.outcome);
  const item = new vscode.TreeItem(type, vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.description = [entry.target, outcome, ...(entry.rule === null || entry.rule === '' ? [] : [entry.rule])]
    .map((text) => shownText(text, 80))
    .join(' · ');
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  item.tooltip = [
    `${visible(entry.timestamp, 60)}`,
    `${type} on ${shownText(entry.target, 300)}`,
    `Outcome: ${shownText(outcome, 60)}`,
    `Risk: ${shownText(entry.risk, 60) || 'not recorded'} · policy: ${shownText(entry.approval, 60)}`,
    `Rule: ${entry.rule === null || entry.rule === '' ? 'not recorded' : shownText(entry.rule, 200)}`,
    `Agent: ${entry.agent === null ? 'not recorded' : shownText(entry.agent, 200)}`,
  ].join('\n');
  item.contextValue = ['entry', ...(entry.rule === null || entry.rule === '' ? [] : ['ruled'])].join(' ');
  item.accessibilityInformation = { label: `${type}, ${item.description}, risk ${shownText(entry.risk, 60)}` };
  const address = { uri, key: entry.key, session: node.parent.session.id };
  item.command = { title: 'Open in Timeline', command: COMMANDS.openInTimeline, arguments: [address] };
  return item;
}

export function moreItem(node: MoreNode): vscode.TreeItem {
  const { parent, isListable } = node;
  const what = parent.type === 'source' ? ['more session', 'more sessions'] : ['more entry', 'more entries'];
  const count = quantity(node.count, what[0], what[1]);
  const label = isListable ? `${count}…` : `${count} in the timeline…`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.tooltip = isListable
    ? 'List more of them here. The timeline shows all.'
    : 'No more of them are listed here. Filter to see fewer, or open the timeline, which shows all.';
  item.contextValue = 'more';
  item.command = isListable
    ? { title: 'Show More', command: COMMANDS.showMoreEntries, arguments: [node] }
    : { title: 'Open Timeline', command: COMMANDS.openTimeline, arguments: [parent] };
  return item;
}
