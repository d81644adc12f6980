import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import { findLogs, isLog, logPatterns } from './logFiles';

/** Files that come and go in bursts are looked at once they rest. */
const REST_MS = 300;

/** Where the logs that a person added are remembered. */
const ADDED = 'aegis.sessions.added';

/** The logs that the view lists: those found in the workspace, and those that were added. Nothing is looked for before it is asked for. */
export class LogList implements vscode.Disposable {
  private found: Map<string, vscode.Uri> | undefined;
  private searching: Promise<void> | undefined;
  /** Whether all files were looked at; else the view says that not. */
  isAll = true;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly written = new vscode.EventEmitter<vscode.Uri>();
  /** A log, or a file that belongs to one, was written to. */
  readonly onDidWrite = this.written.event;
  private watchers: vscode.Disposable[] = [];
  private readonly subscriptions: vscode.Disposable[];
  private readonly waiting = new Map<string, vscode.Uri>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly memory: vscode.Memento) {
    this.subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.logFiles}`)) this.refresh();
      }),
    ];
  }

  /** All logs, by path. Searches the workspace the first time. */
  async all(): Promise<vscode.Uri[]> {
    if (this.found === undefined) {
      this.searching ??= this.search().finally(() => (this.searching = undefined));
      await this.searching;
    }
    const uris = new Map(this.found);
    for (const uri of this.added()) uris.set(uri.toString(), uri);
    return [...uris.values()].sort((a, b) => a.path.localeCompare(b.path));
  }

  /** Lists a log from anywhere, now and later. */
  async add(uris: readonly vscode.Uri[]): Promise<void> {
    const all = new Set([...this.added().map(String), ...uris.map(String)]);
    await this.memory.update(ADDED, [...all]);
    this.watch();
    this.changed.fire();
  }

  async remove(uri: vscode.Uri): Promise<void> {
    await this.memory.update(
      ADDED,
      this.added()
        .map(String)
        .filter((each) => each !== uri.toString()),
    );
    this.changed.fire();
  }

  /** Whether a log is listed because somebody added it. */
  isAdded(uri: vscode.Uri): boolean {
    return this.added().some((each) => each.toString() === uri.toString());
  }

  /** Looks for logs again. */
  refresh(): void {
    this.found = undefined;
    this.changed.fire();
  }

  private added(): vscode.Uri[] {
    const kept = this.memory.get<unknown>(ADDED);
    if (!Array.isArray(kept)) return [];
    return kept.filter((each) => typeof each === 'string').map((each) => vscode.Uri.parse(each));
  }

  private async search(): Promise<void> {
    const { logs, isAll } = await findLogs();
    this.isAll = isAll;
    this.found = new Map(logs.map((uri) => [uri.toString(), uri]));
    this.watch();
  }

  private watch(): void {
    vscode.Disposable.from(...this.watchers).dispose();
    const patterns: vscode.GlobPattern[] = [
      ...logPatterns(),
      // What a database's writer writes to first.
      '**/*.{db,db3,sqlite,sqlite3}-{wal,journal}',
      ...this.added().map((uri) => new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), `${nameOf(uri)}*`)),
    ];
    this.watchers = patterns.map((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const written = (uri: vscode.Uri): void => this.take(uri);
      return vscode.Disposable.from(
        watcher,
        watcher.onDidCreate(written),
        watcher.onDidChange(written),
        watcher.onDidDelete(written),
      );
    });
  }

  private take(uri: vscode.Uri): void {
    if (/\/(node_modules|\.git)\//.test(uri.path)) return;
    const log = uri.with({ path: uri.path.replace(/-(wal|journal|shm)$/, '') });
    if (this.found?.has(log.toString()) === true || this.isAdded(log)) this.written.fire(log);
    this.waiting.set(log.toString(), log);
    this.timer ??= setTimeout(() => void this.lookAtWaiting(), REST_MS);
  }

  private async lookAtWaiting(): Promise<void> {
    this.timer = undefined;
    const uris = [...this.waiting];
    this.waiting.clear();
    let isOther = false;
    for (const [key, uri] of uris) {
      const is = (await exists(uri)) && (await isLog(uri));
      if (is === (this.found?.has(key) ?? false)) continue;
      if (is) this.found?.set(key, uri);
      else this.found?.delete(key);
      isOther = true;
    }
    if (isOther) this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions, ...this.watchers, this.changed, this.written).dispose();
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** A file's name with what a glob would take for a pattern taken literally. */
function nameOf(uri: vscode.Uri): string {
  return uri.path
    .split('/')
    .at(-1)!
    .replace(/[[\]{}*?]/g, '?');
}
