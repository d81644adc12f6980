import * as vscode from 'vscode';
import { markRange } from './chainDiagnostics';
import { markHover } from './markHover';
import type { VerifiedChains } from './verifiedChains';

/** The hover on a broken line, anywhere on it. */
export class ChainHover implements vscode.HoverProvider {
  constructor(private readonly chains: VerifiedChains) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { line } = position;
    const chain = this.chains.get(document.uri);
    const marks = chain?.marks.filter((mark) => mark.line === line) ?? [];
    if (chain === undefined || marks.length === 0) return undefined;
    return new vscode.Hover(
      marks.map((mark) => markHover(chain, mark, markRange(mark, document).contains(position))),
      document.lineAt(line).range,
    );
  }
}
