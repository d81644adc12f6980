import * as vscode from 'vscode';
import { markHover } from '../chain/markHover';
import type { VerifiedChains } from '../chain/verifiedChains';
import { COMMANDS, EXCERPT } from '../ids';
import type { ExcerptFiles } from './excerptFiles';
import { excerptUri, LINES_AROUND, readExcerptUri } from './excerptUri';

/** What an editor on an excerpt can do: fold its pieces, outline them, explain a mark, open the part of the file. */
export class ExcerptFeatures
  implements
    vscode.FoldingRangeProvider,
    vscode.DocumentSymbolProvider,
    vscode.DefinitionProvider,
    vscode.HoverProvider,
    vscode.CodeLensProvider
{
  constructor(
    private readonly excerpts: ExcerptFiles,
    private readonly chains: VerifiedChains,
  ) {}

  register(): vscode.Disposable {
    const selector = { scheme: EXCERPT.scheme };
    return vscode.Disposable.from(
      vscode.languages.registerFoldingRangeProvider(selector, this),
      vscode.languages.registerDocumentSymbolProvider(selector, this, { label: 'Aegis' }),
      vscode.languages.registerDefinitionProvider(selector, this),
      vscode.languages.registerHoverProvider(selector, this),
      vscode.languages.registerCodeLensProvider(selector, this),
    );
  }

  provideFoldingRanges({ uri }: vscode.TextDocument): vscode.FoldingRange[] {
    return this.pieces(uri).map(({ start, end }) => new vscode.FoldingRange(start, end));
  }

  provideDocumentSymbols({ uri }: vscode.TextDocument): vscode.DocumentSymbol[] {
    return this.pieces(uri).map(({ start, end, title }) => {
      const range = new vscode.Range(start, 0, end, 0);
      return new vscode.DocumentSymbol(title, '', vscode.SymbolKind.Event, range, new vscode.Range(start, 0, start, 0));
    });
  }

  /** The part of the file that a line is of. */
  async provideDefinition(document: vscode.TextDocument, { line }: vscode.Position): Promise<vscode.LocationLink[]> {
    const request = readExcerptUri(document.uri);
    if (request?.kind !== 'breaks') return [];
    const place = (await this.excerpts.read(document.uri)).lines[line];
    if (place === undefined) return [];
    const targetUri = excerptUri({ kind: 'lines', source: request.source, ...place });
    const { lines } = await this.excerpts.read(targetUri);
    const at = lines.findIndex((each) => each?.line === place.line);
    const target = new vscode.Range(Math.max(0, at), 0, Math.max(0, at), 0);
    const originSelectionRange = document.lineAt(line).range;
    return [{ originSelectionRange, targetUri, targetRange: target, targetSelectionRange: target }];
  }

  provideHover({ uri }: vscode.TextDocument, { line }: vscode.Position): vscode.Hover | undefined {
    const source = readExcerptUri(uri)?.source;
    const chain = source && this.chains.get(source);
    const found = this.excerpts.get(uri)?.marks.filter(({ at }) => at === line) ?? [];
    if (chain === undefined || found.length === 0) return undefined;
    const marks = chain.marks.filter((mark) => found.some((each) => each.found === mark.found));
    return new vscode.Hover(marks.map((mark) => markHover(chain, mark)));
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const request = readExcerptUri(uri);
    const excerpt = this.excerpts.get(uri);
    if (request?.kind !== 'breaks' || excerpt === undefined) return [];
    const first = new vscode.Range(0, 0, 0, 0);
    const again = { title: 'Verify Again', command: COMMANDS.verifyChain, arguments: [request.source] };
    const lenses = excerpt.pieces.flatMap(({ start, end }) => {
      const mark = excerpt.marks.find(({ at }) => at >= start && at <= end);
      if (mark === undefined) return [];
      const { line, offset } = mark.found;
      const open = {
        title: `Open Lines ${Math.max(1, line - LINES_AROUND)} to ${line + LINES_AROUND}`,
        command: COMMANDS.goToLine,
        arguments: [request.source, line, offset],
      };
      return [new vscode.CodeLens(new vscode.Range(start, 0, start, 0), open)];
    });
    return [new vscode.CodeLens(first, again), ...lenses];
  }

  private pieces(uri: vscode.Uri): readonly { start: number; end: number; title: string }[] {
    return this.excerpts.get(uri)?.pieces.filter(({ title }) => title !== '') ?? [];
  }
}
