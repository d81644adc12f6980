import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AgentFigures } from '../../core/log/agentFigures';
import { shownName, shownText } from '../shownName';
import { agentWords, figureLines, programWords, type RecordedAgent } from './recordingWords';

/** Where somebody records: a folder of the workspace, and its trail. */
export interface RecordingPlace {
  readonly folder: vscode.Uri;
  /** The database of its trail, whether or not it is there. */
  readonly database: vscode.Uri;
}

export interface AgentNode {
  readonly type: 'agent';
  readonly place: RecordingPlace;
  readonly agent: RecordedAgent;
  readonly figures: AgentFigures | undefined;
}

/** Who records without a hook: a program of its own. */
export interface ProgramNode {
  readonly type: 'program';
  readonly place: RecordingPlace;
  readonly figures: AgentFigures;
}

export interface FactNode {
  readonly type: 'fact';
  readonly label: string;
  readonly value: string;
  readonly icon?: string;
  /** Opened where the node is chosen. */
  readonly file?: string;
}

export interface FolderNode {
  readonly type: 'folder';
  readonly place: RecordingPlace;
}

export type RecordingNode = FolderNode | AgentNode | ProgramNode | FactNode;

const SETUP_ICONS: Readonly<Record<RecordedAgent['setup'], readonly [icon: string, color: string | undefined]>> = {
  on: ['record', 'testing.iconPassed'],
  off: ['circle-outline', 'testing.iconUnset'],
  broken: ['warning', 'list.warningForeground'],
};

export function recordingItem(node: RecordingNode, now: number): vscode.TreeItem {
  switch (node.type) {
    case 'folder':
      return folderItem(node);
    case 'agent':
      return agentItem(node, now);
    case 'program':
      return programItem(node, now);
    case 'fact':
      return factItem(node);
  }
}

function folderItem({ place }: FolderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(place.folder, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = vscode.ThemeIcon.Folder;
  item.contextValue = 'folder';
  return item;
}

function agentItem({ agent, figures, place }: AgentNode, now: number): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(agent.title, agent.setup === 'off' && figures === undefined ? None : Collapsed);
  const words = agentWords(agent, figures, now);
  const [icon, color] = SETUP_ICONS[agent.setup];
  item.id = `${place.folder.toString()}#${agent.name}`;
  item.description = words;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.tooltip = [agent.title, words, ...(agent.problem === undefined ? [] : [shownText(agent.problem)])].join('\n');
  item.contextValue = `agent-${agent.setup}`;
  item.accessibilityInformation = { label: `${agent.title}, ${words}` };
  return item;
}

function programItem({ figures, place }: ProgramNode, now: number): vscode.TreeItem {
  const name = figures.agent === null || figures.agent === '' ? '(no agent recorded)' : shownText(figures.agent, 80);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${place.folder.toString()}#program ${figures.agent ?? ''}`;
  item.description = programWords(figures, now);
  item.iconPath = new vscode.ThemeIcon('code');
  item.tooltip = `${name}\nRecorded by a program\n${item.description}`;
  item.contextValue = 'program';
  item.accessibilityInformation = { label: `${name}, recorded by a program, ${item.description}` };
  return item;
}

function factItem({ label, value, icon, file }: FactNode): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.description = value;
  item.tooltip = `${label}: ${value}`;
  if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
  if (file !== undefined) item.command = { title: 'Open', command: 'vscode.open', arguments: [vscode.Uri.file(file)] };
  return item;
}

/** What is below an agent or a program. */
export function factsOf(node: AgentNode | ProgramNode): FactNode[] {
  const facts: FactNode[] = figureLines(node.figures).map(([label, value, icon]) => ({
    type: 'fact',
    label,
    value,
    icon,
  }));
  if (node.type === 'program') return facts;
  const { problem, file, setup, gaps } = node.agent;
  return [
    ...(problem === undefined
      ? []
      : [{ type: 'fact', label: shownText(problem), value: '', icon: 'warning' } as const]),
    ...facts,
    ...gaps.map((gap) => ({ type: 'fact', label: 'Not captured', value: gap, icon: 'eye-closed' }) as const),
    ...(file === undefined || setup === 'off'
      ? []
      : [
          {
            type: 'fact',
            label: 'Settings',
            value: shownName(path.relative(node.place.folder.fsPath, file)),
            icon: 'gear',
            file,
          } as const,
        ]),
  ];
}

/** Argument of the commands on an agent's node. */
export function agentOfNode(argument: unknown): { readonly folder: vscode.Uri; readonly name: string } | undefined {
  const { type, place, agent } = (argument ?? {}) as Partial<AgentNode>;
  return type === 'agent' && place !== undefined && agent !== undefined
    ? { folder: place.folder, name: agent.name }
    : undefined;
}
