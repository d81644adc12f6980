import * as vscode from 'vscode';
import type { ImpactWanted } from '../../logfile/policyImpacts';
import { CONTEXTS, VIEWS } from '../ids';
import { shownName } from '../shownName';
import { ImpactGroups } from './impactGroups';
import { impactMessage, unreadMessage } from './impactMessage';
import {
  entryItem,
  groupItem,
  moreItem,
  rulesItem,
  type GroupNode,
  type ImpactNode,
  type ImpactEntryNode,
  type MoreNode,
} from './impactNodes';
import type { PolicyDocuments } from './policyDocuments';
import type { PolicyHistory } from './policyHistory';
import type { PolicyImpact, PolicyImpacts } from './policyImpacts';

/** Entries of a group that are listed at once. */
const PAGE = 200;

/** The Policy Impact view: what the policy in the active editor makes of the recorded actions, with the actions behind each number. */
export class ImpactView implements vscode.TreeDataProvider<ImpactNode>, vscode.Disposable {
  readonly view: vscode.TreeView<ImpactNode>;
  private readonly changed = new vscode.EventEmitter<ImpactNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private readonly groups: ImpactGroups;
  private document: vscode.TextDocument | undefined;
  /** Entries that are listed of a group, by its id, where that is more than a page. */
  private readonly listed = new Map<string, number>();

  constructor(
    private readonly documents: PolicyDocuments,
    private readonly impacts: PolicyImpacts,
    private readonly history: PolicyHistory,
  ) {
    this.groups = new ImpactGroups(documents);
    this.view = vscode.window.createTreeView<ImpactNode>(VIEWS.impact, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.view,
      this.changed,
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      documents.onDidFind((document) => {
        this.follow();
        if (document.isClosed && document === this.document) this.show(undefined);
      }),
      impacts.onDidChange((document) => {
        if (document === this.document) this.refresh();
      }),
      history.onDidChange(() => void this.tell()),
    ];
    this.follow();
  }

  /** Shows what is behind a number of a policy's lens. */
  async reveal(document: vscode.TextDocument, wanted: ImpactWanted | undefined): Promise<void> {
    this.show(document);
    await vscode.commands.executeCommand(`${VIEWS.impact}.focus`);
    const group = wanted === undefined ? undefined : this.groups.of(this.impact(), wanted);
    if (group !== undefined) await this.view.reveal(group, { select: true, focus: true, expand: true });
  }

  showMore({ parent }: MoreNode): void {
    this.listed.set(parent.id, (this.listed.get(parent.id) ?? PAGE) + PAGE);
    this.changed.fire(parent);
  }

  async getChildren(node?: ImpactNode): Promise<ImpactNode[]> {
    const impact = this.impact();
    switch (node?.type) {
      case undefined:
        return impact === undefined ? [] : this.groups.roots(impact);
      case 'rules':
        return impact === undefined ? [] : this.groups.rules(impact, node);
      case 'group':
        return impact === undefined ? [] : await this.entries(impact, node);
      default:
        return [];
    }
  }

  private async entries(impact: PolicyImpact, group: GroupNode): Promise<ImpactNode[]> {
    const most = this.listed.get(group.id) ?? PAGE;
    const found = await this.impacts.entries(impact, group.wanted, 0, most);
    // The text is another one by now, and the view is about to be made anew.
    if (found === undefined) return [];
    const nodes = found.rows.map((row): ImpactEntryNode => ({
      type: 'entry',
      id: `${group.id}/${row.key}`,
      group,
      impact,
      row,
      uri: impact.log,
      key: row.key,
      session: row.session,
    }));
    const more = found.total - nodes.length;
    return more > 0 ? [...nodes, { type: 'more', id: `${group.id}/more`, parent: group, count: more }] : nodes;
  }

  getTreeItem(node: ImpactNode): vscode.TreeItem {
    switch (node.type) {
      case 'group':
        return groupItem(node);
      case 'rules':
        return rulesItem(node);
      case 'entry':
        return entryItem(node);
      case 'more':
        return moreItem(node);
    }
  }

  getParent(node: ImpactNode): ImpactNode | undefined {
    return node.type === 'entry' ? node.group : node.type === 'rules' ? undefined : node.parent;
  }

  private impact(): PolicyImpact | undefined {
    return this.document === undefined ? undefined : this.impacts.latest(this.document);
  }

  /** The policy in the active editor is the one that is shown; another kind of document leaves the last one there. */
  private follow(): void {
    const active = vscode.window.activeTextEditor?.document;
    if (active !== undefined && this.documents.known(active) !== undefined) this.show(active);
  }

  private show(document: vscode.TextDocument | undefined): void {
    if (document === this.document) return;
    this.document = document;
    this.listed.clear();
    void vscode.commands.executeCommand('setContext', CONTEXTS.hasPolicy, document !== undefined);
    this.refresh();
  }

  private refresh(): void {
    this.view.description =
      this.document === undefined ? undefined : shownName(vscode.workspace.asRelativePath(this.document.uri));
    void this.tell();
    this.changed.fire(undefined);
  }

  /** Says what the figures are of; where there are none because the log cannot be read, that. */
  private async tell(): Promise<void> {
    const { document } = this;
    const impact = this.impact();
    if (impact !== undefined || document === undefined) {
      this.view.message = impact && impactMessage(impact);
      return;
    }
    const log = await this.history.uri();
    if (document !== this.document || this.impact() !== undefined) return;
    const failure = log && this.history.failure(log);
    // Nothing lets VS Code show what it offers for an empty view.
    this.view.message = failure && unreadMessage(log, failure);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}
