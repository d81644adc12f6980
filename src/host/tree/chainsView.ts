import * as vscode from 'vscode';
import { MOST_FILES } from '../workspaceFiles';
import { isBroken } from '../chain/chainState';
import { kindIcon } from '../chain/kindIcon';
import type { Mark } from '../chain/mark';
import type { VerifiedChains } from '../chain/verifiedChains';
import { VIEWS } from '../ids';
import type { EditorPins } from '../pins/editorPins';
import type { Pin } from '../../core/chain/pins/pin';
import type { ChainList } from './chainList';
import { breakItem, chainItem, moreItem, pinItem, type ChainFacts, type ChainsNode } from './chainNodes';

/** Breaks listed below a chain; the rest is told as a number. */
const MOST_BREAKS = 100;

/** The Chains view: the chain files of the workspace, each with its verdict, its pin and its breaks. */
export class ChainsView implements vscode.TreeDataProvider<ChainsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ChainsNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<ChainsNode>;
  private readonly subscriptions: vscode.Disposable[];
  /** One object a chain, by which VS Code knows what is to be drawn again. */
  private readonly nodes = new Map<string, ChainsNode & { type: 'chain' }>();
  private readonly unfolded = new Map<string, Date>();
  private pinned: ReadonlyMap<string, Pin> = new Map();

  constructor(
    private readonly chains: VerifiedChains,
    private readonly list: ChainList,
    private readonly pins: EditorPins,
    private readonly extensionUri: vscode.Uri,
  ) {
    this.view = vscode.window.createTreeView(VIEWS.chains, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.view,
      this.changed,
      list.onDidChange(() => this.changed.fire(undefined)),
      chains.onDidChange((uri) => this.redraw(uri)),
    ];
  }

  private redraw(uri: vscode.Uri): void {
    // One that is not listed yet makes the list another one.
    this.changed.fire(this.nodes.get(uri.toString()));
    this.countBroken();
    void this.unfold(uri);
  }

  /** Opens a chain's node when a verification has found something, once: a person may close it again. */
  private async unfold(uri: vscode.Uri): Promise<void> {
    const chain = this.chains.get(uri);
    const node = this.nodes.get(uri.toString());
    if (chain === undefined || node === undefined || chain.marks.length === 0 || !this.view.visible) return;
    if (this.unfolded.get(uri.toString()) === chain.verifiedAt) return;
    this.unfolded.set(uri.toString(), chain.verifiedAt);
    try {
      await this.view.reveal(node, { select: false, focus: false, expand: true });
    } catch {
      // It is no longer listed.
    }
  }

  private countBroken(): void {
    const broken = this.chains.all().filter(isBroken).length;
    const tooltip =
      broken === 1 ? '1 chain is broken or not as pinned' : `${broken} chains are broken or not as pinned`;
    this.view.badge = broken === 0 ? undefined : { value: broken, tooltip };
  }

  async getChildren(node?: ChainsNode): Promise<ChainsNode[]> {
    if (node === undefined) return this.roots();
    return node.type === 'chain' ? this.childrenOf(node.uri) : [];
  }

  private async roots(): Promise<ChainsNode[]> {
    const uris = await this.list.all();
    this.readPins(uris);
    this.view.message = this.list.isAll
      ? undefined
      : `Only the first ${MOST_FILES.toLocaleString('en-US')} files were looked at. The setting "Aegis › Chains: Files" says where to look.`;
    return uris.map((uri) => {
      const key = uri.toString();
      const node = this.nodes.get(key) ?? { type: 'chain', uri };
      this.nodes.set(key, node);
      return node;
    });
  }

  private readPins(uris: readonly vscode.Uri[]): void {
    const found = new Map<string, Pin>();
    try {
      const pinsOf = this.pins.lookup();
      for (const uri of uris) {
        const pin = pinsOf(uri).at(-1);
        if (pin !== undefined) found.set(uri.toString(), pin);
      }
    } catch {
      // Whatever needs the pins says that they cannot be read; the view still shows the chains.
    }
    this.pinned = found;
  }

  private childrenOf(uri: vscode.Uri): ChainsNode[] {
    const chain = this.chains.get(uri);
    const pin = this.pinned.get(uri.toString());
    const marks = (chain?.marks ?? []).filter((mark: Mark) => mark.found !== undefined);
    const total = chain?.report.explanation.total ?? 0;
    const breaks = marks.slice(0, MOST_BREAKS).map((mark, place): ChainsNode => ({ type: 'break', uri, mark, place }));
    return [
      ...(pin === undefined ? [] : [{ type: 'pin', uri, pin } as const]),
      ...breaks,
      ...(total > breaks.length ? [{ type: 'more', uri, count: total - breaks.length } as const] : []),
    ];
  }

  getTreeItem(node: ChainsNode): vscode.TreeItem {
    switch (node.type) {
      case 'chain':
        return chainItem(node.uri, this.factsOf(node.uri));
      case 'pin':
        return pinItem(node, this.chains.get(node.uri));
      case 'break':
        return breakItem(node, (kind) => kindIcon(kind, this.extensionUri));
      case 'more':
        return moreItem(node);
    }
  }

  getParent(node: ChainsNode): ChainsNode | undefined {
    return node.type === 'chain' ? undefined : this.nodes.get(node.uri.toString());
  }

  private factsOf(uri: vscode.Uri): ChainFacts {
    return {
      chain: this.chains.get(uri),
      failure: this.chains.failureOf(uri),
      pin: this.pinned.get(uri.toString()),
      isBusy: this.chains.isBusy(uri),
    };
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}
