import * as vscode from 'vscode';
import { COMMANDS, CONTEXTS, EXCERPT, STATUS_ITEMS } from '../ids';
import { activeUri } from './chainTarget';
import { followWords, isBroken, isEndPinned, shortVerdict, sizeWords, staleWords, verdictWords } from './chainState';
import { fileLooksLikeChain } from './chainFiles';
import { openNow } from './openDocument';
import { showsChain } from './showsChain';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** The item in the status bar while a chain is open, and the conditions that menus and keys hang on. */
export class ChainStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(STATUS_ITEMS.chain, vscode.StatusBarAlignment.Right, 100);
  private readonly subscriptions: vscode.Disposable[];
  /** Each look takes a number, so that an answer that comes late is not shown. */
  private look = 0;

  /** @param sourceOf the chain that an excerpt is of. */
  constructor(
    private readonly chains: VerifiedChains,
    private readonly sourceOf: (uri: vscode.Uri) => vscode.Uri | undefined,
  ) {
    this.item.name = 'Audit Chain';
    const refresh = (): void => void this.refresh();
    this.subscriptions = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(refresh),
      vscode.window.tabGroups.onDidChangeTabs(refresh),
      vscode.window.tabGroups.onDidChangeTabGroups(refresh),
      vscode.workspace.onDidOpenTextDocument(refresh),
      chains.onDidChange(refresh),
    ];
    refresh();
  }

  private async refresh(): Promise<void> {
    const look = ++this.look;
    const active = activeUri();
    const uri = active?.scheme === EXCERPT.scheme ? this.sourceOf(active) : active;
    const chain = uri && this.chains.get(uri);
    const isChain = uri !== undefined && (chain !== undefined || (await isChainFile(uri)));
    if (look !== this.look) return;
    void vscode.commands.executeCommand('setContext', CONTEXTS.isChain, isChain);
    void vscode.commands.executeCommand('setContext', CONTEXTS.hasBreaks, (chain?.marks.length ?? 0) > 0);
    if (!isChain) {
      this.item.hide();
      return;
    }
    this.show(uri, chain);
  }

  private show(uri: vscode.Uri, chain: VerifiedChain | undefined): void {
    const isBusy = this.chains.isBusy(uri);
    const { icon, text, tooltip } =
      chain === undefined
        ? { icon: 'circle-outline', text: 'Chain not verified', tooltip: 'This hash chain was not verified yet' }
        : described(chain);
    this.item.text = isBusy ? '$(loading~spin) Verifying chain' : `$(${icon}) ${text}`;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: `Audit chain: ${isBusy ? 'verifying' : text}`, role: 'button' };
    const isAlarming = chain !== undefined && isBroken(chain) && chain.freshness === 'fresh';
    this.item.backgroundColor = isAlarming ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.command = {
      title: 'Chain Actions',
      command: chain === undefined ? COMMANDS.verifyChain : COMMANDS.chainActions,
      arguments: [uri],
    };
    this.item.show();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function described(chain: VerifiedChain): { icon: string; text: string; tooltip: string } {
  const stale = staleWords(chain);
  const tooltip = [verdictWords(chain), followWords(chain), stale].filter((part) => part !== undefined).join('\n');
  if (chain.following !== undefined && !isBroken(chain))
    return { icon: 'eye', text: `Following chain: ${sizeWords(chain)}`, tooltip };
  if (stale !== undefined) return { icon: 'history', text: `Chain ${stale}`, tooltip };
  return {
    icon: isBroken(chain) ? 'error' : isEndPinned(chain) ? 'pass-filled' : 'pass',
    text: `Chain: ${shortVerdict(chain)}`,
    tooltip,
  };
}

async function isChainFile(uri: vscode.Uri): Promise<boolean> {
  const document = openNow(uri);
  if (document !== undefined) return showsChain(document);
  // A tab whose file is too large for a document.
  return /\.(jsonl|ndjson|json|log)$/i.test(uri.path) && fileLooksLikeChain(uri);
}
