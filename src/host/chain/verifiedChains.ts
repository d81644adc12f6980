import * as vscode from 'vscode';
import type { Checkpoint } from '../../chainfile/checkpoint';
import type { ChainReport } from '../../core/chain/report';
import type { Mark } from './mark';

/**
 * How what is shown stands to what was verified: the same (`fresh`); changed in the editor (`edited`); on disk, where the
 * file has become longer (`grown`) or otherwise another one (`changed`); deleted (`gone`).
 */
export type Freshness = 'fresh' | 'edited' | 'grown' | 'changed' | 'gone';

/** A chain that is followed: what was read again and what was not. */
export interface FollowState {
  /** When all of it was read last. */
  readonly since: Date;
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
  /** Size and time of the file when it was verified. */
  readonly stat: { readonly size: number; readonly mtime: number } | undefined;
  readonly checkpoint: Checkpoint | undefined;
  readonly following: FollowState | undefined;
}

/** What becomes of a file that could not be verified. */
export type ChainState = VerifiedChain | { readonly uri: vscode.Uri; readonly failure: string };

/** The chains that were verified in this window. */
export class VerifiedChains implements vscode.Disposable {
  private readonly states = new Map<string, ChainState>();
  private readonly busy = new Map<string, vscode.Uri>();
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
    return this.busy.has(uri.toString());
  }

  setBusy(uri: vscode.Uri, isBusy: boolean): void {
    if (isBusy) this.busy.set(uri.toString(), uri);
    else this.busy.delete(uri.toString());
    this.changed.fire(uri);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
