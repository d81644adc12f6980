import * as vscode from 'vscode';
import { ChainFollower, type Growth } from '../../chainfile/chainFollower';
import { CancelledError, ChainFileError } from '../../chainfile/errors';
import type { Pin } from '../../core/chain/pins/pin';
import { log } from '../log';
import { PinStoreError } from '../../pins/pinStore';
import { pinPath } from '../pins/editorPins';
import { shownText } from '../shownName';
import { targetName } from './chainTarget';
import type { ChainVerifier } from './chainVerifier';
import { withPatientProgress } from './patientProgress';
import { announceVerdict } from './verdictMessage';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** How often a followed file is looked at. */
const INTERVAL_MS = 250;

/** Follows chains that are being written: new entries are verified as they come, and what was seen must stay. */
export class Following implements vscode.Disposable {
  private readonly followed = new Map<string, Followed>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly chains: VerifiedChains,
    private readonly verifier: ChainVerifier,
  ) {
    // Verified by hand meanwhile: what is followed goes on from there.
    this.subscription = chains.onDidChange((uri) => {
      const followed = this.followed.get(uri.toString());
      const chain = chains.get(uri);
      if (followed === undefined || followed.isWorking || chains.isBusy(uri)) return;
      if (chain === undefined || chain.freshness === 'edited') this.stop(uri);
      else if (chain.following === undefined) this.goOn(chain);
    });
  }

  /** Verifies all of a chain unless it just was, and follows it from there. */
  async start(uri: vscode.Uri): Promise<void> {
    const name = targetName({ kind: 'file', uri });
    if (uri.scheme !== 'file') throw new ChainFileError(`${name} cannot be followed: it is no file of this machine.`);
    let chain = this.chains.get(uri);
    if (chain?.freshness !== 'fresh' || chain.checkpoint === undefined) {
      ({ chain } = await withPatientProgress(`Verifying ${name}`, (progress) =>
        this.verifier.verify({ kind: 'file', uri }, progress),
      ));
    }
    if (chain === undefined) throw new ChainFileError(`${name} cannot be followed: it is no chain.`);
    if (chain.checkpoint === undefined)
      throw new ChainFileError(
        `${name} cannot be followed: its last line has no line end yet, or it begins with a byte order mark.`,
      );
    this.goOn(chain);
    vscode.window.setStatusBarMessage(`Following ${name}`, 5000);
  }

  stop(uri: vscode.Uri): void {
    const key = uri.toString();
    this.followed.get(key)?.dispose();
    this.followed.delete(key);
    const chain = this.chains.get(uri);
    const following = chain?.following;
    if (chain === undefined || following === undefined) return;
    // What is said from now on is of the time when all of it was read.
    this.chains.update(uri, {
      following: undefined,
      ...(following.added > 0 && { report: following.report, freshness: 'grown', checkpoint: undefined }),
    });
  }

  private isFollowed(uri: vscode.Uri): boolean {
    return this.followed.has(uri.toString());
  }

  /** Ends the following for a reason that the person must know. */
  private fail(uri: vscode.Uri, why: string): void {
    this.stop(uri);
    const name = targetName({ kind: 'file', uri });
    void vscode.window.showErrorMessage(`${name} is no longer followed. ${shownText(why)}`);
  }

  private goOn(chain: VerifiedChain): void {
    const key = chain.uri.toString();
    this.followed.get(key)?.dispose();
    if (chain.checkpoint === undefined) {
      this.followed.delete(key);
      return;
    }
    const { uri, report, checkpoint } = chain;
    const follower = new ChainFollower(uri.fsPath, report, checkpoint, this.verifier.workerScript);
    this.followed.set(
      key,
      new Followed(
        follower,
        (growth) => this.grew(uri, growth),
        (error) => this.fail(uri, reason(error)),
      ),
    );
    this.chains.update(uri, {
      following: { since: chain.verifiedAt, report, first: report.entries, added: 0 },
      freshness: 'fresh',
    });
  }

  private async grew(uri: vscode.Uri, growth: Growth): Promise<void> {
    const chain = this.chains.get(uri);
    if (chain === undefined || chain.freshness === 'edited') return this.stop(uri);
    // Verified by hand while it was looked at.
    if (chain.following === undefined) return this.goOn(chain);
    switch (growth.kind) {
      case 'unchanged':
        return;
      case 'appended': {
        const following = { ...chain.following, added: chain.following.added + growth.entries };
        this.chains.update(uri, { report: growth.report, following });
        return;
      }
      case 'unclear':
        return this.readAgain(chain);
      case 'rewritten':
      case 'gone':
        return this.lost(chain);
    }
  }

  /** Something does not hold: all is read, so that it can be said what happened; then it is followed on. */
  private async readAgain(before: VerifiedChain): Promise<void> {
    const { uri } = before;
    const { chain } = await this.verifier.verify({ kind: 'file', uri }, {});
    if (chain === undefined) return this.fail(uri, 'It is no chain any more.');
    // Stopped meanwhile.
    if (!this.isFollowed(uri)) return;
    this.goOn(chain);
    if (chain.report.explanation.total > before.report.explanation.total)
      announceVerdict(targetName({ kind: 'file', uri }), chain);
  }

  /** The file is no longer what was followed: it is held against the head that was seen last, and followed no more. */
  private async lost(before: VerifiedChain): Promise<void> {
    const { uri } = before;
    const name = targetName({ kind: 'file', uri });
    // A pin that does not hold says more than what was only seen.
    const plain =
      before.report.pin === null ? undefined : (await this.verifier.verify({ kind: 'file', uri }, {})).chain;
    const pin = plain?.report.pin ?? undefined;
    const { chain } =
      pin !== undefined && pin.state !== 'holds'
        ? { chain: plain }
        : await this.verifier.verify({ kind: 'file', uri }, {}, seenHead(before));
    if (!this.isFollowed(uri)) return;
    if (chain?.report.pin?.state === 'holds') {
      // Another file, but the same chain: it was copied and put in its own place, say.
      if (chain.report.pin.pin.isSeen) await this.verifier.verify({ kind: 'file', uri }, {});
      this.goOn(this.chains.get(uri)!);
      return;
    }
    this.stop(uri);
    if (chain === undefined) {
      this.fail(uri, 'It is no chain any more.');
    } else {
      announceVerdict(`${name}, no longer followed`, chain);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.followed.forEach((followed) => followed.dispose());
    this.followed.clear();
  }
}

/** The head of a followed chain, to hold what stands there now against. */
function seenHead({ uri, report }: VerifiedChain): Pin | undefined {
  const { genesis, algorithm, entries, chainHash } = report;
  // A pin that says as much is worth more.
  const isPinned = report.pin?.state === 'holds' && report.pin.pin.count === entries;
  if (genesis === null || chainHash === null || entries === 0 || isPinned) return undefined;
  const time = new Date().toISOString();
  return { path: pinPath(uri), genesis, algorithm, count: entries, lastHash: chainHash, time, isSeen: true };
}

function reason(error: unknown): string {
  if (error instanceof ChainFileError || error instanceof PinStoreError) return error.message;
  log().error(error instanceof Error ? error : String(error));
  return 'Aegis could not go on. The log tells more.';
}

/** One file that is looked at again and again, never twice at the same time, until something fails. */
class Followed {
  isWorking = false;
  private timer: NodeJS.Timeout | undefined;
  private isDisposed = false;

  constructor(
    private readonly follower: ChainFollower,
    private readonly onGrowth: (growth: Growth) => Promise<void>,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.wait();
  }

  private wait(): void {
    this.timer = setTimeout(() => void this.look(), INTERVAL_MS);
  }

  private async look(): Promise<void> {
    this.isWorking = true;
    try {
      const growth = await this.follower.readOn();
      if (!this.isDisposed) await this.onGrowth(growth);
    } catch (error) {
      // Cancelled by who stopped it while it read.
      if (!(error instanceof CancelledError && this.isDisposed)) this.onFailure(error);
    } finally {
      this.isWorking = false;
      if (!this.isDisposed) this.wait();
    }
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.follower.dispose();
  }
}
