import * as vscode from 'vscode';
import { STARTER_POLICY } from '../core/policy/schema/starterPolicy';
import type { ImpactWanted } from '../logfile/policyImpacts';
import type { PolicyThread } from '../policyfile/policyThread';
import { registerCommand } from './commands/registerCommand';
import { uriOf } from './commands/uriOf';
import { COMMANDS, SETTINGS } from './ids';
import { ImpactView } from './policy/impactView';
import type { MoreNode } from './policy/impactNodes';
import { choosePolicy } from './policy/choosePolicy';
import { PolicyDiagnostics } from './policy/policyDiagnostics';
import { PolicyDocuments } from './policy/policyDocuments';
import { policySelector } from './policy/policyFiles';
import { PolicyFixes } from './policy/policyFixes';
import { PolicyHistory } from './policy/policyHistory';
import { PolicyImpacts } from './policy/policyImpacts';
import { PolicyLanguage } from './policy/policyLanguage';
import { PolicyLenses } from './policy/policyLenses';
import { PolicyStatus } from './policy/policyStatus';
import { isoOf } from './policy/trying/actionFields';
import { TryActionCommand } from './policy/trying/tryActionCommand';
import { addressOf } from './sessions/entryCommands';
import type { Logs } from './sessions';

/** Puts together all that the editor does with policies. */
export function registerPolicies(
  context: vscode.ExtensionContext,
  { list, reader }: Logs,
  thread: PolicyThread,
): vscode.Disposable {
  const documents = new PolicyDocuments(thread);
  const history = new PolicyHistory(list, reader, context.workspaceState);
  const impacts = new PolicyImpacts(documents, history);
  const view = new ImpactView(documents, impacts, history);
  const lenses = new PolicyLenses(documents, history, impacts);
  const trying = new TryActionCommand(documents, history);
  return vscode.Disposable.from(
    documents,
    history,
    impacts,
    view,
    lenses,
    new PolicyStatus(history, impacts),
    new PolicyDiagnostics(documents),
    new Providers(documents, history, lenses),
    registerCommand(COMMANDS.simulateAction, async (argument?: unknown) => {
      const policy = await choosePolicy(documents, uriOf(argument));
      if (policy === undefined) return;
      const address = addressOf(argument, undefined);
      const given =
        address === undefined ? undefined : await reader.thread.ask('actionOf', address.uri.fsPath, address.key);
      await trying.run(policy, given && { ...given, time: given.time === '' ? isoOf(Date.now()) : given.time });
    }),
    registerCommand(COMMANDS.showImpact, async (uri?: unknown, wanted?: ImpactWanted) => {
      const policy = await choosePolicy(documents, uriOf(uri));
      if (policy !== undefined) await view.reveal(policy, wanted);
    }),
    registerCommand(COMMANDS.showMoreImpact, (node?: MoreNode) => {
      if (node !== undefined) view.showMore(node);
    }),
    registerCommand(COMMANDS.chooseHistory, () => history.choose()),
    registerCommand(COMMANDS.newPolicy, async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: STARTER_POLICY });
      await vscode.window.showTextDocument(document);
    }),
  );
}

/** What VS Code asks about the documents that may be policies, told anew when the setting says that others may be. */
class Providers implements vscode.Disposable {
  private registered: vscode.Disposable | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly documents: PolicyDocuments,
    private readonly history: PolicyHistory,
    private readonly lenses: PolicyLenses,
  ) {
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.register()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.policyFiles}`)) this.register();
      }),
    );
    this.register();
  }

  private register(): void {
    this.registered?.dispose();
    const selector = policySelector();
    const language = new PolicyLanguage(this.documents, this.history);
    const { languages } = vscode;
    this.registered = vscode.Disposable.from(
      languages.registerCompletionItemProvider(selector, language, '"', "'", ' ', ':', '-'),
      languages.registerHoverProvider(selector, language),
      languages.registerDocumentSymbolProvider(selector, language, { label: 'Aegis Policy' }),
      languages.registerFoldingRangeProvider(selector, language),
      languages.registerCodeLensProvider(selector, this.lenses),
      languages.registerCodeActionsProvider(selector, new PolicyFixes(this.documents), {
        providedCodeActionKinds: PolicyFixes.kinds,
      }),
    );
  }

  dispose(): void {
    this.registered?.dispose();
    this.subscription.dispose();
  }
}
