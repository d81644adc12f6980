import * as vscode from 'vscode';
import { COLORS, EXCERPT, SETTINGS } from '../ids';
import { kindIcon } from './kindIcon';
import { MARK_KINDS, type MarkKind } from './markKinds';

/** A mark as it is drawn on a line of an editor. */
export interface DrawnMark {
  readonly kind: MarkKind;
  /** From 0. */
  readonly line: number;
  readonly text: string;
}

/** A line of which only the start is on the screen when it does not wrap, in characters. */
const LONG_LINE = 160;

/**
 * Draws marks into editors: a few words at the end of the line, an icon in the gutter, the overview ruler. Where a long
 * line does not wrap, its end is out of sight, so the words stand at its start as well.
 */
export class ChainMarks implements vscode.Disposable {
  private readonly types: ReadonlyMap<MarkKind, vscode.TextEditorDecorationType>;
  private readonly subscriptions: vscode.Disposable[];

  /**
   * @param marksOf the marks of a document; undefined where it is not ours, empty where there is nothing to mark.
   * @param onDidChange the marks of the document with this URI are others now.
   */
  constructor(
    private readonly marksOf: (document: vscode.TextDocument) => readonly DrawnMark[] | undefined,
    onDidChange: vscode.Event<vscode.Uri>,
    extensionUri: vscode.Uri,
  ) {
    this.types = new Map(MARK_KINDS.map((kind) => [kind, decorationType(kind, extensionUri)]));
    this.subscriptions = [
      ...this.types.values(),
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.draw(editor))),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('editor.wordWrap') || event.affectsConfiguration(SETTINGS.section))
          this.drawAll();
      }),
      onDidChange((uri) => this.drawAll(uri)),
    ];
    this.drawAll();
  }

  /** Draws into all editors on the screen, or into those of one document. */
  private drawAll(uri?: vscode.Uri): void {
    for (const editor of vscode.window.visibleTextEditors)
      if (uri === undefined || editor.document.uri.toString() === uri.toString()) this.draw(editor);
  }

  private draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const marks = this.marksOf(document);
    if (marks === undefined) return;
    const isShown = vscode.workspace
      .getConfiguration(SETTINGS.section, document)
      .get<boolean>(SETTINGS.inlineMarks, true);
    const wraps = vscode.workspace.getConfiguration('editor', document).get<string>('wordWrap') !== 'off';
    const byKind = new Map<MarkKind, vscode.DecorationOptions[]>(MARK_KINDS.map((kind) => [kind, []]));
    const byLine = new Map<number, DrawnMark[]>();
    for (const mark of marks)
      if (mark.line < document.lineCount) byLine.set(mark.line, [...(byLine.get(mark.line) ?? []), mark]);
    for (const [line, onLine] of byLine) {
      // One icon and one text a line, however many marks are on it.
      const words = onLine.map(({ text }) => text).join(' · ');
      const range = document.lineAt(line).range;
      const isLong = !wraps && range.end.character > LONG_LINE && document.uri.scheme !== EXCERPT.scheme;
      byKind
        .get(onLine[0].kind)!
        .push({ range, renderOptions: isShown ? renderOptions(words, onLine[0].kind, isLong) : {} });
    }
    for (const [kind, options] of byKind) editor.setDecorations(this.types.get(kind)!, options);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function renderOptions(words: string, kind: MarkKind, isLong: boolean): vscode.DecorationInstanceRenderOptions {
  const color = new vscode.ThemeColor(kind === 'stale' ? COLORS.staleMark : COLORS.mark);
  const label = { contentText: words, color, fontStyle: 'normal' };
  return {
    after: { ...label, margin: '0 0 0 2ch' },
    ...(isLong && { before: { ...label, margin: '0 2ch 0 0' } }),
  };
}

function decorationType(kind: MarkKind, extensionUri: vscode.Uri): vscode.TextEditorDecorationType {
  const { light, dark } = kindIcon(kind, extensionUri);
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    light: { gutterIconPath: light },
    dark: { gutterIconPath: dark },
    gutterIconSize: 'contain',
    ...(kind !== 'stale' && {
      backgroundColor: new vscode.ThemeColor(COLORS.brokenLine),
      overviewRulerColor: new vscode.ThemeColor(COLORS.ruler),
      overviewRulerLane: vscode.OverviewRulerLane.Full,
    }),
  });
}
