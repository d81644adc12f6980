import * as vscode from 'vscode';
import { quantity } from '../../core/text/quantity';
import type { ImpactRow } from '../../logfile/impactRows';
import type { ImpactWanted } from '../../logfile/policyImpacts';
import { COMMANDS } from '../ids';
import { moment } from '../sessions/sessionWords';
import { shownText } from '../shownName';
import { ruleClock } from './impactWords';
import type { PolicyImpact } from './policyImpacts';

/** What the view of a policy's impact shows. */
export type ImpactNode = GroupNode | RulesNode | ImpactEntryNode | MoreNode;

/** Actions that are decided otherwise in one way, or that one rule decides. */
export interface GroupNode {
  readonly type: 'group';
  readonly id: string;
  readonly wanted: ImpactWanted;
  readonly title: string;
  readonly count: number;
  readonly icon: vscode.ThemeIcon;
  readonly tooltip: string;
  readonly parent: RulesNode | undefined;
}

/** The rules, by how many actions each decides. */
export interface RulesNode {
  readonly type: 'rules';
  readonly id: string;
}

export interface ImpactEntryNode {
  readonly type: 'entry';
  readonly id: string;
  readonly group: GroupNode;
  readonly impact: PolicyImpact;
  readonly row: ImpactRow;
  /** The log and the entry's key, as commands on an entry take them. */
  readonly uri: vscode.Uri;
  readonly key: string;
  readonly session: string | null;
}

export interface MoreNode {
  readonly type: 'more';
  readonly id: string;
  readonly parent: GroupNode;
  readonly count: number;
}

export function groupItem({ id, title, count, icon, tooltip }: GroupNode): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(shownText(title, 120), count === 0 ? None : Collapsed);
  item.id = id;
  item.description = count.toLocaleString('en-US');
  item.iconPath = icon;
  item.tooltip = shownText(tooltip);
  item.contextValue = 'group';
  item.accessibilityInformation = { label: `${shownText(title, 120)}, ${count.toLocaleString('en-US')}` };
  return item;
}

export function rulesItem({ id }: RulesNode): vscode.TreeItem {
  const item = new vscode.TreeItem('Decided by', vscode.TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('law');
  item.tooltip = 'How many recorded actions each rule decides, as the policy is written now';
  return item;
}

export function entryItem(node: ImpactEntryNode): vscode.TreeItem {
  const { row, impact } = node;
  const type = row.type === '' ? '(no action type)' : shownText(row.type, 80);
  const verdict = verdictWords(row, impact.isEdited);
  const item = new vscode.TreeItem(type);
  item.id = node.id;
  item.description = [
    ...(row.target === '' ? [] : [shownText(row.target, 120)]),
    verdict,
    ...(row.at === null ? [] : [moment(row.at)]),
  ].join(' · ');
  item.tooltip = entryTooltip(node);
  item.contextValue = 'entry';
  item.command = {
    title: 'Open Entry in Timeline',
    command: COMMANDS.openInTimeline,
    arguments: [{ uri: node.uri, key: node.key, session: node.session }],
  };
  return item;
}

function verdictWords({ before, after, reason }: ImpactRow, isEdited: boolean): string {
  if (reason !== null) return 'not evaluable';
  const now = after.approval ?? 'not known';
  return isEdited && before.approval !== after.approval ? `${before.approval ?? 'not known'} → ${now}` : now;
}

function entryTooltip({ row, impact }: ImpactEntryNode): string {
  const { before, after, reason } = row;
  return [
    ...(reason === null ? [] : [`Not evaluable: ${shownText(reason)}`]),
    ...(impact.isEdited ? [`As saved: ${sideWords(before)}`, `As edited: ${sideWords(after)}`] : [sideWords(after)]),
    ...(row.at === null
      ? ['Time not recorded']
      : [`Recorded ${moment(row.at)}, and judged at that time, ${ruleClock(row.at)}`]),
  ].join('\n');
}

function sideWords({ approval, ruleTitle }: ImpactRow['before']): string {
  return `${approval ?? 'not known'}, by ${shownText(ruleTitle, 200)}`;
}

export function moreItem(node: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(`${quantity(node.count, 'more entry', 'more entries')}…`);
  item.id = node.id;
  item.tooltip = 'List more of them';
  item.command = { title: 'Show More', command: COMMANDS.showMoreImpact, arguments: [node] };
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'more';
  return item;
}
