import * as vscode from 'vscode';
import { quantity } from '../../core/text/quantity';
import { COMMANDS, SETTINGS } from '../ids';
import { shownName, shownText } from '../shownName';
import { changeCounts, historyWords, noChangeWords } from './impactWords';
import type { PolicyDocuments } from './policyDocuments';
import type { PolicyHistory } from './policyHistory';
import type { PolicyImpact, PolicyImpacts } from './policyImpacts';
import { spanRange } from './spanRange';

/**
 * Above a policy: trying an action, and what the text would have changed in the recorded history; above each rule, how many recorded
 * actions it decides.
 */
export class PolicyLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: PolicyDocuments,
    private readonly history: PolicyHistory,
    private readonly impacts: PolicyImpacts,
  ) {
    this.subscriptions = [
      this.changed,
      documents.onDidFind(() => this.changed.fire()),
      impacts.onDidChange(() => this.changed.fire()),
      history.onDidChange(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.policyLenses}`)) this.changed.fire();
      }),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const isWanted = vscode.workspace
      .getConfiguration(SETTINGS.section, document)
      .get<boolean>(SETTINGS.policyLenses, true);
    const log = isWanted ? await this.history.uri() : undefined;
    // Last of all that is waited for: its places are those of the text as it is now.
    const findings = isWanted ? await this.documents.findings(document) : undefined;
    if (findings === undefined) return [];
    const impact = this.impacts.current(document);
    const { uri } = document;
    const top = spanRange(document, findings.start);
    return [
      ...[
        { title: 'Try an action…', command: COMMANDS.simulateAction, arguments: [uri], tooltip: TRY },
        ...(log === undefined
          ? []
          : [historyLens(log, impact, this.history.whyNot(log)), ...changeLenses(uri, impact)]),
      ].map((command) => new vscode.CodeLens(top, command)),
      ...findings.heads.map(
        ({ index, span }) => new vscode.CodeLens(spanRange(document, span), ruleLens(uri, index, impact)),
      ),
    ].filter(({ command }) => command !== undefined);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

const TRY = 'Say what this policy decides about an action, by which rule, and why not by an earlier one';

/** @param whyNot a sentence, where nothing is held against the log. */
function historyLens(log: vscode.Uri, impact: PolicyImpact | undefined, whyNot: string | undefined): vscode.Command {
  const name = shownName(vscode.workspace.asRelativePath(log));
  return {
    title: `History: ${historyWords(name, impact?.figures)}${whyNot === undefined ? '' : ', not read'}`,
    command: COMMANDS.chooseHistory,
    tooltip: [
      'Choose the log whose actions this policy is held against',
      ...(impact?.figures?.warnings ?? []),
      ...(whyNot === undefined ? [] : [whyNot]),
    ]
      .map((line) => shownText(line))
      .join('\n'),
  };
}

/** What would be decided otherwise than by the text as it was saved, each number with the entries behind it. */
function changeLenses(uri: vscode.Uri, impact: PolicyImpact | undefined): vscode.Command[] {
  if (impact?.failure !== undefined)
    return [
      {
        title: impact.failure,
        command: COMMANDS.showImpact,
        arguments: [uri],
        tooltip: impact.detail ?? impact.failure,
      },
    ];
  if (impact?.figures === undefined || !impact.isEdited) return [];
  const { figures } = impact;
  const isDone = figures.done === figures.actions;
  const counts = changeCounts(figures).map(({ kind, words, meaning }) => ({
    title: words,
    command: COMMANDS.showImpact,
    arguments: [uri, { change: kind }],
    tooltip: meaning,
  }));
  if (!isDone) {
    const part = `${Math.floor((100 * figures.done) / figures.actions)} % of the history so far`;
    return [...counts, { title: part, command: COMMANDS.showImpact, arguments: [uri] }];
  }
  const none = noChangeWords(figures)?.sentence;
  if (none === undefined) return counts;
  return [{ title: none, command: COMMANDS.showImpact, arguments: [uri], tooltip: none }, ...counts];
}

function ruleLens(uri: vscode.Uri, index: number, impact: PolicyImpact | undefined): vscode.Command | undefined {
  const figures = impact?.figures;
  if (figures === undefined || figures.done < figures.actions) return undefined;
  const count = figures.byRule[index];
  if (count === undefined) return undefined;
  const all = quantity(figures.actions, 'recorded action');
  const known = figures.unknown === 0 ? '' : ', as far as is known';
  return {
    title: `Decides ${count === 0 ? 'none' : count.toLocaleString('en-US')} of ${all}${known}`,
    command: COMMANDS.showImpact,
    arguments: [uri, { rule: index }],
    tooltip: [
      'Each action held against this policy as it is written, at the time at which it was recorded',
      ...(figures.unknown === 0
        ? []
        : [`Of ${quantity(figures.unknown, 'action')} the log does not say enough to tell which rule decides`]),
    ].join('\n'),
  };
}
