import * as vscode from 'vscode';
import { COMMANDS, STATUS_ITEMS } from '../ids';
import { shownText } from '../shownName';
import { impactMessage } from './impactMessage';
import { changeCounts, noChangeWords, reasonWords } from './impactWords';
import type { PolicyHistory } from './policyHistory';
import type { PolicyImpact, PolicyImpacts } from './policyImpacts';

/** What the item says. */
interface Said {
  readonly icon: string;
  readonly text: string;
  readonly tooltip: readonly string[];
}

/**
 * The item in the status bar while a policy is edited: what the edit would have changed in the recorded history. The lens above the
 * policy says the same, and is out of sight of whoever edits far below it.
 */
export class PolicyStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(STATUS_ITEMS.impact, vscode.StatusBarAlignment.Right, 99);
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    history: PolicyHistory,
    private readonly impacts: PolicyImpacts,
  ) {
    this.item.name = 'Policy Impact';
    const refresh = (): void => this.refresh();
    this.subscriptions = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(refresh),
      // Of an edit, and where a document is as it was saved again.
      vscode.workspace.onDidChangeTextDocument(refresh),
      vscode.workspace.onDidSaveTextDocument(refresh),
      history.onDidChange(refresh),
      impacts.onDidChange(refresh),
    ];
    refresh();
  }

  private refresh(): void {
    const document = vscode.window.activeTextEditor?.document;
    // A text that was never saved has none to be held against.
    const isEdited = document?.isDirty === true && !document.isUntitled;
    const impact = isEdited ? this.impacts.latest(document) : undefined;
    const said = impact && this.said(impact);
    if (impact === undefined || said === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = `$(${said.icon}) ${said.text}`;
    this.item.tooltip = said.tooltip.join('\n');
    this.item.accessibilityInformation = { label: `Impact of the unsaved policy edit: ${said.text}`, role: 'button' };
    this.item.command = { title: 'Show Policy Impact', command: COMMANDS.showImpact, arguments: [impact.document.uri] };
    this.item.show();
  }

  /** Undefined where the saved text cannot be read, as where its file is gone. */
  private said(impact: PolicyImpact): Said | undefined {
    const { document, figures, failure, isEdited } = impact;
    if (impact !== this.impacts.current(document) || this.impacts.isAsking(document)) return COMPUTING;
    if (!isEdited) return undefined;
    if (failure !== undefined) return { icon: 'law', text: 'Impact not known', tooltip: [impactMessage(impact)] };
    if (figures === undefined) return COMPUTING;
    const counts = changeCounts(figures);
    const tooltip = [
      ...counts.map(({ words }) => words),
      ...reasonWords(figures).map((each) => `  ${shownText(each)}`),
      impactMessage(impact),
    ];
    if (figures.done < figures.actions) {
      const percent = Math.floor((100 * figures.done) / figures.actions);
      return { icon: COMPUTING.icon, text: `Policy impact: ${percent} % of the history`, tooltip };
    }
    // What is not evaluable is no change; it may be one, which the words for none say.
    const changes = counts.filter(({ kind }) => kind !== 'not_evaluable').map(({ words }) => words);
    return { icon: 'law', text: noChangeWords(figures)?.short ?? changes.join(', '), tooltip };
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

/** While somebody types: figures of an earlier text, or of a log as it was, are none of this one. */
const COMPUTING: Said = {
  icon: 'loading~spin',
  text: 'Policy impact…',
  tooltip: ['This edit is being held against the recorded history'],
};
