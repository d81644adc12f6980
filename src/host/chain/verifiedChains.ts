import * as vscode from 'vscode';
import type { Checkpoint } from '../../chainfile/checkpoint';
import type { FileStamp } from '../../chainfile/fileStamp';
import type { ChainReport } from '../../core/chain/report';
import type { Mark } from './mark';

/**
 * How what is shown stands to what was verified: the same (`fresh`); changed in the editor (`edited`); on disk, where the
 * file has become longer (`grown`) or otherwise another one (`changed`); deleted (`gone`).
 */
export type Freshness = 'fresh' | 'edited' | 'grown' | 'changed' | 'gone';

/** A chain that is followed: what was read again and what was not. */
export interface FollowState {
  /** When all of it was read last, and what was found then. */
  readonly since: Date;
  readonly report: ChainReport;
  /** Entries it had then: these are not read again. */
  readonly first: number;
  /** Entries verified since as they came. */
  readonly added: number;
}

/** What is known of a chain that was verified. Never changed: a new one takes its place. */
export interface VerifiedChain {
  readonly uri: vscode.Uri;
  readonly report: ChainReport;
  readonly verifiedAt: Date;
  /** The text of an editor was verified, not the file. */
  readonly isText: boolean;
  /** The editor cannot hold it: its breaks are shown in a document of their own. */
  readonly isLarge: boolean;
  readonly freshness: Freshness;
  readonly marks: readonly Mark[];
  /** What the document was, where that is known, so that undoing an edit is noticed. */
  readonly digest: string | undefined;
  /** Of the file that was verified, as it was read; undefined where a text was. */
  readonly stamp: FileStamp | undefined;
  /** Lines of the file of pins that are none: one of them may have been of this chain. */
  readonly unreadPins: number;
  readonly checkpoint: Checkpoint | undefined;
  readonly following: FollowState | undefined;
}

/** What becomes of a file that could not be verified. */
export type ChainState = VerifiedChain | { readonly uri: vscode.Uri; readonly failure: string };

/** The chains that were verified in this window. */
export class VerifiedChains implements vscode.Disposable {
  private readonly states = new Map<string, ChainState>();
  /** Verifications under way by file, and the number of the one that began last. */
  private readonly running = new Map<string, { count: number; newest: number }>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** What is known of a chain has changed, or is no longer known. */
  readonly onDidChange = this.changed.event;

  get(uri: vscode.Uri): VerifiedChain | undefined {
    const state = this.states.get(uri.toString());
    return state !== undefined && 'report' in state ? state : undefined;
  }

  /** The sentence that says why a file could not be verified the last time. */
  failureOf(uri: vscode.Uri): string | undefined {
    const state = this.states.get(uri.toString());
    return state !== undefined && 'failure' in state ? state.failure : undefined;
  }

  all(): VerifiedChain[] {
    return [...this.states.values()].filter((state) => 'report' in state);
  }

  set(state: ChainState): void {
    this.states.set(state.uri.toString(), state);
    this.changed.fire(state.uri);
  }

  /** Replaces some of what is known of a chain, if it still is. */
  update(uri: vscode.Uri, more: Partial<Omit<VerifiedChain, 'uri'>>): void {
    const chain = this.get(uri);
    if (chain !== undefined) this.set({ ...chain, ...more });
  }

  forget(uri: vscode.Uri): void {
    if (this.states.delete(uri.toString())) this.changed.fire(uri);
  }

  /** Forgets a file, or all files of a folder. */
  forgetBelow(uri: vscode.Uri): void {
    for (const { uri: known } of [...this.states.values()]) {
      const isBelow =
        known.scheme === uri.scheme && known.authority === uri.authority && known.path.startsWith(`${uri.path}/`);
      if (isBelow || known.toString() === uri.toString()) this.forget(known);
    }
  }

  isBusy(uri: vscode.Uri): boolean {
    return (this.running.get(uri.toString())?.count ?? 0) > 0;
  }

  /** A verification begins. @returns its number, by which it is known at its end whether a newer one has begun since. */
  begin(uri: vscode.Uri): number {
    const { count = 0, newest = 0 } = this.running.get(uri.toString()) ?? {};
    this.running.set(uri.toString(), { count: count + 1, newest: newest + 1 });
    this.changed.fire(uri);
    return newest + 1;
  }

  isNewest(uri: vscode.Uri, run: number): boolean {
    return this.running.get(uri.toString())?.newest === run;
  }

  end(uri: vscode.Uri): void {
    const { count, newest } = this.running.get(uri.toString())!;
    this.running.set(uri.toString(), { count: count - 1, newest });
    this.changed.fire(uri);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
