import * as vscode from 'vscode';
import { statOf } from './chainVerifier';
import { isDigestOf } from './documentDigest';
import { marksAfter, marksOf } from './mark';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** Keeps what is known of chains true while their documents are edited, saved, closed, renamed and deleted. */
export class DocumentChanges implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly chains: VerifiedChains) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidSaveTextDocument((document) => void this.saved(document)),
      vscode.workspace.onDidCloseTextDocument((document) => document.isUntitled && chains.forget(document.uri)),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => chains.forgetBelow(oldUri))),
    ];
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const chain = this.chains.get(document.uri);
    if (chain === undefined || contentChanges.length === 0) return;
    if (chain.digest !== undefined && isDigestOf(chain.digest, document)) {
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
    this.chains.update(document.uri, {
      marks: marksAfter(chain.marks, changes, document),
      freshness: freshnessAfter(chain, document),
    });
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const chain = this.chains.get(document.uri);
    if (chain === undefined) return;
    // What was saved is the text that is on the screen, so the marks on it still hold as far as they did.
    const isText = chain.isText && chain.freshness !== 'fresh';
    this.chains.update(document.uri, { stat: await statOf(document.uri), isText });
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function freshnessAfter(chain: VerifiedChain, document: vscode.TextDocument): VerifiedChain['freshness'] {
  if (document.isDirty || document.isUntitled) return 'edited';
  // A document that is not dirty took over what is on disk: what that means for the file is seen there (DiskChanges).
  return chain.following !== undefined || chain.freshness !== 'fresh' ? chain.freshness : 'changed';
}
