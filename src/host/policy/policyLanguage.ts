import * as vscode from 'vscode';
import type { OutlineSymbol } from '../../core/policy/editing/outline';
import type { PolicyCompletion } from '../../core/policy/editing/completion';
import { plainMarkdown } from '../chain/plainMarkdown';
import type { PolicyDocuments } from './policyDocuments';
import type { PolicyHistory } from './policyHistory';
import { spanRange } from './spanRange';

const COMPLETION_KINDS: Readonly<Record<PolicyCompletion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  word: vscode.CompletionItemKind.EnumMember,
  value: vscode.CompletionItemKind.Value,
  recorded: vscode.CompletionItemKind.Text,
  rule: vscode.CompletionItemKind.Snippet,
};

const SYMBOL_KINDS: Readonly<Record<OutlineSymbol['kind'], vscode.SymbolKind>> = {
  section: vscode.SymbolKind.Namespace,
  rule: vscode.SymbolKind.Event,
  sequence: vscode.SymbolKind.Array,
  limit: vscode.SymbolKind.Number,
};

/** What the editor offers while a policy is written: completion, what a word means, the outline and what folds. */
export class PolicyLanguage
  implements
    vscode.CompletionItemProvider,
    vscode.HoverProvider,
    vscode.DocumentSymbolProvider,
    vscode.FoldingRangeProvider
{
  constructor(
    private readonly documents: PolicyDocuments,
    private readonly history: PolicyHistory,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    // What was asked about, though somebody types on meanwhile: the editor asks once for a word, and filters what comes by the rest of it.
    const text = document.getText();
    const offset = document.offsetAt(position);
    if (!(await this.documents.isChecked(document))) return [];
    const recorded = await this.history.words();
    if (token.isCancellationRequested) return [];
    const found = await this.documents.thread.ask('complete', text, offset, recorded);
    return found.map((each) => completionItem(each, replaced(document, text, each.span, position, offset)));
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const findings = await this.documents.findings(document);
    if (!findings?.isChecked) return undefined;
    const offset = document.offsetAt(position);
    const { version } = document;
    const found = await this.documents.thread.ask('hover', document.getText(), offset);
    if (document.version !== version || found === undefined) return undefined;
    const { title, paragraphs, span, meanings } = found;
    const contents = [
      new vscode.MarkdownString(
        [`**${plainMarkdown(title)}**`, ...paragraphs.map((each) => plainMarkdown(each))].join('\n\n'),
      ),
      ...meanings.map(({ code, meaning }) => new vscode.MarkdownString(`\`${code}\`: ${plainMarkdown(meaning)}`)),
    ].filter(({ value }) => value !== '****');
    return new vscode.Hover(contents, spanRange(document, span));
  }

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const shape = await this.shape(document);
    return shape === undefined ? [] : shape.outline.map((each) => symbolOf(document, each));
  }

  async provideFoldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    const shape = await this.shape(document);
    if (shape === undefined) return [];
    return shape.foldings.map(
      ({ start, end, kind }) =>
        new vscode.FoldingRange(start, end, kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined),
    );
  }

  private async shape(document: vscode.TextDocument) {
    if (!(await this.documents.isChecked(document))) return undefined;
    const { version } = document;
    const shape = await this.documents.thread.ask('shape', document.getText());
    return document.version === version ? shape : undefined;
  }
}

/** On the line of the cursor, which is where it nearly always stands, it is the same whatever was typed meanwhile. */
function replaced(
  document: vscode.TextDocument,
  text: string,
  span: PolicyCompletion['span'],
  position: vscode.Position,
  offset: number,
): vscode.Range {
  const [from, to] = [Math.min(span.start, offset), Math.max(span.end, offset)];
  if (/[\r\n]/.test(text.slice(from, to))) return spanRange(document, span);
  return new vscode.Range(position.translate(0, span.start - offset), position.translate(0, span.end - offset));
}

function completionItem(found: PolicyCompletion, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem(found.label, COMPLETION_KINDS[found.kind]);
  item.insertText = found.isSnippet ? new vscode.SnippetString(found.insert) : found.insert;
  item.range = range;
  item.filterText = found.filter;
  item.detail = found.detail;
  item.documentation = found.documentation;
  if (found.suggestsNext) item.command = { title: 'Choose the value', command: 'editor.action.triggerSuggest' };
  item.sortText = String(found.order).padStart(6, '0');
  return item;
}

function symbolOf(document: vscode.TextDocument, found: OutlineSymbol): vscode.DocumentSymbol {
  const whole = spanRange(document, found.span);
  const name = spanRange(document, found.nameSpan);
  const symbol = new vscode.DocumentSymbol(
    // VS Code takes no empty name.
    found.name === '' ? '(no name)' : found.name,
    found.detail,
    SYMBOL_KINDS[found.kind],
    whole,
    whole.contains(name) ? name : whole,
  );
  symbol.children = found.children.map((child) => symbolOf(document, child));
  return symbol;
}
