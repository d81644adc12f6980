import * as vscode from 'vscode';
import { isSameStamp } from '../../chainfile/fileStamp';
import { digestOf, isDigestOf } from './documentDigest';
import { freshnessOnDisk, stampOf } from './freshness';
import { marksAfter, marksOf } from './mark';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** How long the editor may take to tell that a document is dirty. */
const DIRTY_MS = 100;

/** Keeps what is known of chains true while their documents are edited, saved, closed, renamed and deleted. */
export class DocumentChanges implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly chains: VerifiedChains) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.opened(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidSaveTextDocument((document) => void this.saved(document)),
      vscode.workspace.onDidCloseTextDocument((document) => document.isUntitled && chains.forget(document.uri)),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => chains.forgetBelow(oldUri))),
    ];
  }

  /** Verified when there was no document: now its marks can be put on their lines. */
  private opened(document: vscode.TextDocument): void {
    const chain = this.chains.get(document.uri);
    if (chain?.marks.some(({ fingerprint }) => fingerprint === undefined)) void this.reloaded(document);
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const chain = this.chains.get(document.uri);
    if (chain === undefined) return;
    if (contentChanges.length === 0) {
      // That it is dirty is told apart from the change that made it so.
      if (document.isDirty && chain.freshness === 'fresh' && !this.isAsVerified(chain, document))
        this.chains.update(document.uri, { freshness: 'edited' });
      return;
    }
    if (this.isAsVerified(chain, document)) {
      // Undone: everything is where it was found.
      const freshness = chain.freshness === 'edited' ? 'fresh' : chain.freshness;
      this.chains.update(document.uri, { freshness, marks: marksOf(chain.report, document) });
      return;
    }
    const changes = contentChanges.map(({ range, text }) => ({
      startLine: range.start.line,
      startCharacter: range.start.character,
      endLine: range.end.line,
      endCharacter: range.end.character,
      text,
    }));
    const isEdited = document.isDirty || document.isUntitled;
    this.chains.update(document.uri, {
      marks: marksAfter(chain.marks, changes, document),
      ...(isEdited && { freshness: 'edited' }),
    });
    if (!isEdited) void this.reloaded(document);
  }

  /** The editor took over what is on disk: that may be just what was verified, or something newer (see `DiskChanges`). */
  private async reloaded(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    // The first key of an edit looks the same until the editor has told that the document is dirty.
    await new Promise((resolve) => setTimeout(resolve, DIRTY_MS));
    const now = await stampOf(document.uri);
    const chain = this.chains.get(document.uri);
    if (chain === undefined || document.version !== version || document.isDirty || chain.isText) return;
    if (isSameStamp(chain.stamp, now))
      this.chains.update(document.uri, {
        freshness: 'fresh',
        marks: marksOf(chain.report, document),
        digest: digestOf(document),
      });
    else if (chain.freshness === 'fresh' && chain.following === undefined)
      this.chains.update(document.uri, { freshness: freshnessOnDisk(chain, now) });
  }

  private isAsVerified({ digest }: VerifiedChain, document: vscode.TextDocument): boolean {
    return digest !== undefined && isDigestOf(digest, document);
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const chain = this.chains.get(document.uri);
    if (chain === undefined) return;
    const isAsVerified = this.isAsVerified(chain, document);
    // A text that is too long to be known by its digest is only what it was if it was until now.
    const isVerified = isAsVerified || (chain.digest === undefined && chain.freshness === 'fresh');
    if (!isVerified) return;
    const stamp = await stampOf(document.uri);
    if (this.chains.get(document.uri)?.verifiedAt !== chain.verifiedAt) return;
    this.chains.update(document.uri, { stamp, isText: false, freshness: 'fresh' });
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}
