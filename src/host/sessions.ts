import * as vscode from 'vscode';
import { visible } from '../core/text/visible';
import type { PolicyThread } from '../policyfile/policyThread';
import { registerCommand } from './commands/registerCommand';
import { uriOf, urisOf } from './commands/uriOf';
import { COMMANDS, SETTINGS } from './ids';
import { EntryCommands, addressOf, type EntryAddress } from './sessions/entryCommands';
import { exportEntries } from './sessions/exportCommand';
import { askForFilter, askForOrder } from './sessions/filterCommand';
import { LogLenses } from './sessions/logLenses';
import { isLog } from './sessions/logFiles';
import type { LogList } from './sessions/logList';
import type { LogReader } from './sessions/logReader';
import type { MoreNode, SessionNode, SessionsNode } from './sessions/sessionNodes';
import { SessionsView } from './sessions/sessionsView';
import { Timelines } from './timeline/timelines';
import type { TimelineSubject } from './timeline/timelinePanel';

/** What the sessions need of the chains. */
export interface ChainVerdicts {
  /** In words; undefined where the chain has not been verified. */
  verdictOf(uri: vscode.Uri): string | undefined;
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

/** The logs of this window, and what reads them. */
export interface Logs {
  readonly list: LogList;
  readonly reader: LogReader;
}

/** Puts together all that the editor does with sessions and their timelines. */
export function registerSessions(
  context: vscode.ExtensionContext,
  { list, reader }: Logs,
  policies: PolicyThread,
  chains: ChainVerdicts,
): vscode.Disposable {
  const view = new SessionsView(list, reader, context.workspaceState);
  const onEntries = new EntryCommands(reader, list, policies);
  const reveal = async ({ uri, key }: EntryAddress): Promise<void> => {
    const { session } = await onEntries.namesOf({ uri, key });
    const node = await view.entryNode(uri, key, session);
    if (typeof node !== 'string') return await view.reveal(node);
    void vscode.window.showInformationMessage(node);
  };
  const timelines = new Timelines(
    reader,
    {
      onEntry: async (action, uri, key) => {
        switch (action) {
          case 'openRule':
            return await onEntries.openRule({ uri, key });
          case 'openChainLine':
            return await onEntries.openChainLine({ uri, key });
          case 'openSource':
            return await onEntries.openSource({ uri, key });
          case 'revealInTree':
            return await reveal({ uri, key });
          case 'copyJson':
            return await onEntries.copy({ uri, key }, 'json');
          case 'copyLine':
            return await onEntries.copy({ uri, key }, 'line');
          case 'copyAction':
            return await onEntries.copy({ uri, key }, 'action');
        }
      },
      exportShown: ({ uri, scope }, filter) => exportEntries(reader, uri, scope, filter),
      verify: async (uri) => void (await vscode.commands.executeCommand(COMMANDS.verifyChain, uri)),
      verdict: (uri) => chains.verdictOf(uri) ?? null,
    },
    context.extensionUri,
  );
  return vscode.Disposable.from(
    view,
    timelines,
    chains.onDidChange((uri) => timelines.verified(uri)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.memoryLimit}`)) reader.readAnew();
    }),
    vscode.languages.registerCodeLensProvider([{ scheme: 'file' }], new LogLenses()),
    registerSessionCommands(list, reader, view, timelines),
    registerEntryCommands(onEntries, view, timelines, reveal),
  );
}

function registerSessionCommands(
  list: LogList,
  reader: LogReader,
  view: SessionsView,
  timelines: Timelines,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.openTimeline, async (argument?: unknown) => {
      const subject = subjectOf(argument) ?? (await editorSubject()) ?? subjectOf(view.view.selection[0]);
      if (subject !== undefined) timelines.show(subject);
      else void vscode.window.showInformationMessage('Open a log, or choose a log or a session in the Sessions view.');
    }),
    registerCommand(COMMANDS.addLog, async (clicked?: unknown, selected?: unknown) => {
      const named = urisOf(clicked, selected);
      const chosen = named.length > 0 ? named : await vscode.window.showOpenDialog(ADD_DIALOG);
      if (chosen !== undefined && chosen.length > 0) await list.add(chosen.filter(({ scheme }) => scheme === 'file'));
    }),
    registerCommand(COMMANDS.removeLog, async (argument?: unknown) => {
      const uri = uriOf(argument);
      if (uri === undefined) return;
      await list.remove(uri);
      reader.forget(uri);
    }),
    registerCommand(COMMANDS.refreshSessions, () => {
      reader.forgive();
      return view.refresh();
    }),
    registerCommand(COMMANDS.filterSessions, (filter?: unknown) =>
      typeof filter === 'string' ? view.setFilter(filter) : askForFilter(view),
    ),
    registerCommand(COMMANDS.clearSessionsFilter, () => view.setFilter('')),
    registerCommand(COMMANDS.sortSessions, () => askForOrder(view)),
    registerCommand(COMMANDS.showMoreEntries, (node?: Partial<MoreNode>) => {
      if (node?.parent !== undefined) view.showMore(node.parent);
    }),
    registerCommand(COMMANDS.copySessionId, async (node?: SessionsNode) => {
      const chosen = node ?? view.view.selection[0];
      // What ends a line would run what stands before it, pasted into a terminal.
      if (chosen?.type === 'session') await vscode.env.clipboard.writeText(visible(chosen.session.id ?? '', 10_000));
    }),
    registerCommand(COMMANDS.exportEntries, async (argument?: unknown, to?: unknown) => {
      const active = timelines.active();
      // From the title of a timeline, VS Code hands the address of the panel.
      const named = subjectOf(argument);
      const isFromView = named !== undefined;
      const subject = named ?? active?.subject ?? subjectOf(view.view.selection[0]);
      if (subject === undefined) {
        void vscode.window.showInformationMessage('Choose a log or a session in the Sessions view first.');
        return;
      }
      const filter = !isFromView && active !== undefined ? active.filter() : view.written();
      await exportEntries(reader, subject.uri, subject.scope, filter, to instanceof vscode.Uri ? to : undefined);
    }),
  );
}

function registerEntryCommands(
  onEntries: EntryCommands,
  view: SessionsView,
  timelines: Timelines,
  reveal: (address: EntryAddress) => Promise<void>,
): vscode.Disposable {
  /** A command on one entry: the one it was called for, or the selected one. */
  const onEntry = (id: string, run: (address: EntryAddress) => unknown): vscode.Disposable =>
    registerCommand(id, (argument?: unknown) => {
      const address =
        addressOf(argument, timelines.active()?.subject.uri) ?? addressOf(view.view.selection[0], undefined);
      if (address !== undefined) return run(address);
      void vscode.window.showInformationMessage('Choose an entry in the Sessions view or a timeline first.');
      return undefined;
    });
  return vscode.Disposable.from(
    registerCommand(COMMANDS.openInTimeline, (argument?: unknown) => {
      const address = addressOf(argument, undefined) ?? lineOfEditor();
      if (address === undefined) {
        void vscode.window.showInformationMessage(
          'Put the cursor on an entry of a log, or choose one in the Sessions view.',
        );
        return;
      }
      timelines.show(subjectFor(argument, address.uri), address.key);
    }),
    registerCommand(COMMANDS.nextEntry, () => view.step(1)),
    registerCommand(COMMANDS.previousEntry, () => view.step(-1)),
    onEntry(COMMANDS.copyEntry, (address) => onEntries.copy(address, 'json')),
    onEntry(COMMANDS.copyEntryAsAction, (address) => onEntries.copy(address, 'action')),
    onEntry(COMMANDS.openRule, (address) => onEntries.openRule(address)),
    onEntry(COMMANDS.openChainLine, (address) => onEntries.openChainLine(address)),
    onEntry(COMMANDS.openEntrySource, (address) => onEntries.openSource(address)),
    onEntry(COMMANDS.revealInSessions, reveal),
  );
}

const ADD_DIALOG: vscode.OpenDialogOptions = {
  title: 'Add Audit Log',
  openLabel: 'Add',
  canSelectMany: true,
  filters: { 'Audit logs': ['db', 'db3', 'sqlite', 'sqlite3', 'jsonl', 'ndjson', 'json', 'log'], 'All files': ['*'] },
};

/** What a timeline is asked for of: a node of the view, or a file. */
function subjectOf(argument: unknown): TimelineSubject | undefined {
  const node = argument as SessionsNode | undefined;
  if (node?.type === 'session') return { uri: node.uri, scope: { session: node.session.id } };
  if (node?.type === 'entry' || node?.type === 'more') return subjectOf(node.parent);
  const uri = uriOf(argument);
  return uri?.scheme === 'file' ? { uri, scope: undefined } : undefined;
}

/** An entry of the view opens in its session's timeline; one of a file in that of the log. */
function subjectFor(argument: unknown, uri: vscode.Uri): TimelineSubject {
  const node = argument as { session?: unknown; parent?: SessionNode } | undefined;
  const session = node?.parent === undefined ? node?.session : node.parent.session.id;
  return { uri, scope: typeof session === 'string' || session === null ? { session } : undefined };
}

/** The log in the active editor. */
async function editorSubject(): Promise<TimelineSubject | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri !== undefined && (await isLog(uri)) ? { uri, scope: undefined } : undefined;
}

/** The entry that the cursor is on. */
function lineOfEditor(): EntryAddress | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'file') return undefined;
  return { uri: editor.document.uri, key: String(editor.selection.active.line + 1) };
}
