import * as vscode from 'vscode';
import { goToBreak, goToDocumentLine, goToMark } from '../chain/breakNavigation';
import { goToEntry } from '../chain/entryLinks';
import { MOST_DOCUMENT_BYTES } from '../chain/openDocument';
import { activeUri } from '../chain/chainTarget';
import { stampOf } from '../chain/freshness';
import type { VerifiedChains } from '../chain/verifiedChains';
import type { ExcerptFiles } from '../excerpt/excerptFiles';
import { readExcerptUri } from '../excerpt/excerptUri';
import { goToExcerptBreak, openExcerpt } from '../excerpt/openExcerpt';

/** The commands that go somewhere in a chain, whatever its size. */
export class ChainCommands {
  constructor(
    private readonly chains: VerifiedChains,
    private readonly excerpts: ExcerptFiles,
  ) {}

  /** The chain that is meant where a command was called without one: that of the active editor, tab or excerpt. */
  activeChain(): vscode.Uri | undefined {
    const uri = activeUri();
    return uri && (readExcerptUri(uri)?.source ?? uri);
  }

  /** The first break in its editor, and the Problems view for the rest; of a large file, the breaks with their lines. */
  async showBreaks(uri: vscode.Uri): Promise<void> {
    const chain = this.chains.get(uri);
    const [first] = chain?.marks ?? [];
    if (chain === undefined || first === undefined) {
      void vscode.window.showInformationMessage('No break was found in this chain. Verify it first, if it was not.');
      return;
    }
    if (chain.isLarge) {
      await openExcerpt({ kind: 'breaks', source: uri }, this.excerpts, chain.report.explanation.breaks.at(0)?.line);
      return;
    }
    await goToMark(chain, first);
    await vscode.commands.executeCommand('workbench.panel.markers.view.focus', { preserveFocus: true });
  }

  async goToBreak(uri: vscode.Uri | undefined, direction: 'next' | 'previous'): Promise<void> {
    if (await goToExcerptBreak(this.excerpts, direction)) return;
    const chain = uri ?? this.activeChain();
    if (chain !== undefined && this.chains.get(chain)?.isLarge) return this.showBreaks(chain);
    if (!(await goToBreak(this.chains, chain, direction)))
      void vscode.window.showInformationMessage('This chain was not verified yet: verify it to see its breaks.');
  }

  /** @param line 1-based. @param offset of the line in the file, needed where the editor cannot hold the file. */
  async goToLine(uri: vscode.Uri, line: number, offset: number | undefined): Promise<void> {
    if (offset !== undefined && (await isLarge(uri)))
      return openExcerpt({ kind: 'lines', source: uri, line, offset }, this.excerpts, line);
    await goToDocumentLine(uri, line - 1);
  }

  /** Opens a chain; of a large one its breaks, or its first lines. */
  async openChain(uri: vscode.Uri): Promise<void> {
    const chain = this.chains.get(uri);
    if (chain?.report.pin?.state === 'gone') {
      void vscode.window.showWarningMessage('There is no file any more.');
    } else if (!(await isLarge(uri))) {
      await vscode.commands.executeCommand('vscode.open', uri);
    } else if ((chain?.report.explanation.total ?? 0) > 0) {
      await this.showBreaks(uri);
    } else {
      await openExcerpt({ kind: 'lines', source: uri, line: 1, offset: 0 }, this.excerpts, 1);
    }
  }

  goToEntry(which: 'before' | 'after'): void {
    const editor = vscode.window.activeTextEditor;
    if (editor !== undefined) goToEntry(editor, which);
  }
}

async function isLarge(uri: vscode.Uri): Promise<boolean> {
  return uri.scheme === 'file' && ((await stampOf(uri))?.size ?? 0) > MOST_DOCUMENT_BYTES;
}
