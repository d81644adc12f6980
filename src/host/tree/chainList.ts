import * as vscode from 'vscode';
import { chainPatterns, fileLooksLikeChain, findChains } from '../chain/chainFiles';
import type { VerifiedChains } from '../chain/verifiedChains';
import { SETTINGS } from '../ids';
import { pinnedUri, type EditorPins } from '../pins/editorPins';

/** Files that come and go in bursts are looked at once they rest. */
const REST_MS = 300;

/**
 * The chains that the view lists: those found in the workspace, those verified from elsewhere, and those that are pinned
 * below the workspace though there is no file any more. Nothing is looked for before it is asked for.
 */
export class ChainList implements vscode.Disposable {
  private found: Map<string, vscode.Uri> | undefined;
  private searching: Promise<void> | undefined;
  /** Whether all files were looked at; else the view says that not. */
  isAll = true;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private watchers: vscode.Disposable[] = [];
  private readonly subscriptions: vscode.Disposable[];
  private readonly waiting = new Map<string, vscode.Uri>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly chains: VerifiedChains,
    private readonly pins: EditorPins,
  ) {
    this.subscriptions = [
      pins.onDidChange(() => this.changed.fire()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.chainFiles}`)) this.refresh();
      }),
    ];
  }

  /** All chains, by path. Searches the workspace the first time. */
  async all(): Promise<vscode.Uri[]> {
    if (this.found === undefined) {
      this.searching ??= this.search().finally(() => (this.searching = undefined));
      await this.searching;
    }
    const uris = new Map(this.found);
    for (const { uri } of this.chains.all()) if (uri.scheme !== 'untitled') uris.set(uri.toString(), uri);
    for (const uri of this.pinned()) uris.set(uri.toString(), uri);
    return [...uris.values()].sort((a, b) => a.path.localeCompare(b.path));
  }

  /** Looks for chains again. */
  refresh(): void {
    this.found = undefined;
    this.changed.fire();
  }

  private async search(): Promise<void> {
    const { chains, isAll } = await findChains();
    this.isAll = isAll;
    this.found = new Map(chains.map((uri) => [uri.toString(), uri]));
    this.watch();
  }

  private watch(): void {
    vscode.Disposable.from(...this.watchers).dispose();
    this.watchers = chainPatterns().map((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      return vscode.Disposable.from(
        watcher,
        watcher.onDidCreate((uri) => this.look(uri)),
        // A chain that begins is an empty file at first.
        watcher.onDidChange((uri) => {
          if (!this.found?.has(uri.toString())) this.look(uri);
        }),
        watcher.onDidDelete((uri) => this.look(uri)),
      );
    });
  }

  private look(uri: vscode.Uri): void {
    if (/\/(node_modules|\.git)\//.test(uri.path)) return;
    this.waiting.set(uri.toString(), uri);
    this.timer ??= setTimeout(() => void this.lookAtWaiting(), REST_MS);
  }

  private async lookAtWaiting(): Promise<void> {
    this.timer = undefined;
    const uris = [...this.waiting];
    this.waiting.clear();
    for (const [key, uri] of uris) {
      if (await fileLooksLikeChain(uri)) this.found?.set(key, uri);
      else this.found?.delete(key);
    }
    this.changed.fire();
  }

  private pinned(): vscode.Uri[] {
    try {
      return this.pins
        .current()
        .map(pinnedUri)
        .filter((uri) => uri !== undefined)
        .filter((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
    } catch {
      // The view says it where it shows the pins.
      return [];
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions, ...this.watchers, this.changed).dispose();
  }
}
