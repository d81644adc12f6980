import * as path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { targetName } from './chainTarget';
import { isDigestOfBytes } from './documentDigest';
import { freshnessOnDisk, stampOf } from './freshness';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** A watcher takes a while until it sees anything: after these times the file is looked at in any case. */
const SETTLED_MS = [1000, 5000];

/** Notices that the file of a verified chain is written by somebody else, and offers to follow one that grows. */
export class DiskChanges implements vscode.Disposable {
  private readonly watchers = new Map<string, vscode.Disposable>();
  private readonly offered = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly chains: VerifiedChains) {
    this.subscription = chains.onDidChange((uri) => this.watch(uri));
  }

  /** Watches the files of the chains that are known, and no others. */
  private watch(uri: vscode.Uri): void {
    const key = uri.toString();
    if (this.chains.get(uri) === undefined) {
      this.watchers.get(key)?.dispose();
      this.watchers.delete(key);
      return;
    }
    if (this.watchers.has(key) || uri.scheme === 'untitled') return;
    const folder = uri.with({ path: path.posix.dirname(uri.path) });
    const pattern = new vscode.RelativePattern(folder, escapeGlob(path.posix.basename(uri.path)));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const look = (): void => void this.look(uri);
    const timers = SETTLED_MS.map((time) => setTimeout(look, time));
    this.watchers.set(
      key,
      vscode.Disposable.from(
        watcher,
        watcher.onDidChange(look),
        watcher.onDidCreate(look),
        watcher.onDidDelete(look),
        new vscode.Disposable(() => timers.forEach((timer) => clearTimeout(timer))),
      ),
    );
  }

  private async look(uri: vscode.Uri): Promise<void> {
    const now = await stampOf(uri);
    const chain = this.chains.get(uri);
    // An edit in the editor is what the person knows of; a followed chain is looked after elsewhere.
    if (chain === undefined || chain.following !== undefined || chain.freshness === 'edited') return;
    const freshness = freshnessOnDisk(chain, now);
    const isSame = freshness === 'changed' && (await isSameContent(chain, now));
    // Verified again, or edited, meanwhile: what was seen here is out of date.
    if (this.chains.get(uri) !== chain) return;
    if (isSame) this.chains.update(uri, { freshness: 'fresh', stamp: now });
    else if (freshness !== chain.freshness) this.chains.update(uri, { freshness });
    if (freshness === 'grown') this.offerToFollow(chain);
  }

  private offerToFollow({ uri, checkpoint }: VerifiedChain): void {
    const key = uri.toString();
    if (checkpoint === undefined || this.offered.has(key)) return;
    this.offered.add(key);
    const follow = 'Follow';
    const name = targetName({ kind: 'file', uri });
    void vscode.window
      .showInformationMessage(
        `${name} has grown since it was verified. Follow it, and have new entries verified as they come?`,
        follow,
      )
      .then((answer) => {
        if (answer === follow) void vscode.commands.executeCommand(COMMANDS.followChain, uri);
      });
  }

  dispose(): void {
    this.subscription.dispose();
    for (const watcher of this.watchers.values()) watcher.dispose();
  }
}

/** Whether a file that was written again holds what it held: its size is the same, and so is the text where it is known. */
async function isSameContent({ uri, digest, stamp }: VerifiedChain, now: VerifiedChain['stamp']): Promise<boolean> {
  if (digest === undefined || stamp === undefined || stamp.size !== now?.size) return false;
  try {
    return isDigestOfBytes(digest, await vscode.workspace.fs.readFile(uri));
  } catch {
    return false;
  }
}

/** A name may hold what means something in a pattern. */
function escapeGlob(name: string): string {
  return name.replace(/[*?[\]{}]/g, '[$&]');
}
