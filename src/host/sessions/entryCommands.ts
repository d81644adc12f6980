import * as path from 'node:path';
import * as vscode from 'vscode';
import { DEFAULT_RULE } from '../../core/policy/policy';
import type { EntryFacts } from '../../logfile/entryFacts';
import type { TextForm } from '../../logfile/entryText';
import type { EntryNames } from '../../logfile/logService';
import type { PolicyThread } from '../../policyfile/policyThread';
import { fileLooksLikeChain } from '../chain/chainFiles';
import { COMMANDS, SETTINGS } from '../ids';
import { shownName, shownText } from '../shownName';
import { findRule, type RulePlace } from './findRule';
import type { LogList } from './logList';
import type { LogReader } from './logReader';

/** An entry of a log: what commands are called for. */
export interface EntryAddress {
  readonly uri: vscode.Uri;
  readonly key: string;
}

/** What can be done with one entry, from wherever it is shown. */
export class EntryCommands {
  constructor(
    private readonly reader: LogReader,
    private readonly list: LogList,
    private readonly policies: PolicyThread,
  ) {}

  async copy({ uri, key }: EntryAddress, form: TextForm): Promise<void> {
    await vscode.env.clipboard.writeText(await this.reader.thread.ask('text', uri.fsPath, key, form));
    const what = { json: 'as JSON', line: 'as a line', action: 'as an action for aegis simulate' }[form];
    vscode.window.setStatusBarMessage(`Entry copied ${what}`, 3000);
  }

  /** Goes to the rule of the policy that decided. */
  async openRule(address: EntryAddress): Promise<void> {
    const { rule } = await this.namesOf(address);
    if (rule === null || rule === '') return tell('The log does not say which rule matched.');
    const places = await findRule(rule, this.policies);
    const place = await choose(places, `Rule ${shownText(rule, 80)} stands in several policies`);
    if (place !== undefined) return await openPlace(place);
    if (places.length > 0) return;
    const none =
      rule === DEFAULT_RULE
        ? 'No rule matched, so the policy’s defaults decided. No policy of this workspace states any.'
        : `No rule that a log would call ${shownText(rule, 100)} was found in the policies of this workspace.`;
    const where = 'Where to Look…';
    const answer = await vscode.window.showInformationMessage(none, where);
    if (answer === where) {
      await vscode.commands.executeCommand(
        'workbench.action.openSettings',
        `${SETTINGS.section}.${SETTINGS.policyFiles}`,
      );
    }
  }

  /** Goes to the line of a hash chain that holds the entry. */
  async openChainLine(address: EntryAddress): Promise<void> {
    if ((await this.reader.whenRead(address.uri)).summary?.kind === 'chain') {
      return await this.goToLine(address.uri, Number(address.key));
    }
    const names = await this.namesOf(address);
    const found: { uri: vscode.Uri; entry: EntryFacts }[] = [];
    for (const uri of await this.chainsNear(address.uri)) {
      const same = await this.reader.thread.ask('sameActions', uri.fsPath, names);
      found.push(...same.map((each) => ({ uri, entry: each })));
    }
    if (found.length === 0)
      return tell('No hash chain of this workspace has an entry of this session, time and action.');
    const picks = found.map(({ uri, entry: { key, type, target } }) => ({
      label: `${shownName(path.posix.basename(uri.path))}:${key}`,
      description: shownText(`${type} on ${target}`, 100),
      uri,
      line: Number(key),
    }));
    const picked =
      picks.length === 1
        ? picks[0]
        : await vscode.window.showQuickPick(picks, { title: 'Several entries of chains fit' });
    if (picked !== undefined) await this.goToLine(picked.uri, picked.line);
  }

  /** Goes to where the entry is recorded: its line, or the database file. */
  async openSource({ uri, key }: EntryAddress): Promise<void> {
    const { summary } = await this.reader.whenRead(uri);
    if (summary?.kind !== 'database') return await this.goToLine(uri, Number(key));
    const isInWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    await vscode.commands.executeCommand(isInWorkspace ? 'revealInExplorer' : 'revealFileInOS', uri);
    vscode.window.setStatusBarMessage(`Row ${key} of audit_log in ${shownName(path.posix.basename(uri.path))}`, 5000);
  }

  /** What the entry is known by, in full. */
  async namesOf({ uri, key }: EntryAddress): Promise<EntryNames> {
    return await this.reader.thread.ask('names', uri.fsPath, key);
  }

  private async goToLine(uri: vscode.Uri, line: number): Promise<void> {
    const { summary } = await this.reader.whenRead(uri);
    if (summary?.kind === 'chain') return void (await vscode.commands.executeCommand(COMMANDS.goToLine, uri, line));
    await openPlace({ uri, line: line - 1, column: 0 });
  }

  /** The chains of the workspace, those in the same folder first. */
  private async chainsNear(uri: vscode.Uri): Promise<vscode.Uri[]> {
    const folder = path.posix.dirname(uri.path);
    const isFar = (each: vscode.Uri): number => (path.posix.dirname(each.path) === folder ? 0 : 1);
    const chains: vscode.Uri[] = [];
    for (const each of await this.list.all()) {
      // Told by its first lines: no log is read whole to learn that it is no chain.
      if (await fileLooksLikeChain(each)) chains.push(each);
    }
    return chains.toSorted((a, b) => isFar(a) - isFar(b));
  }
}

async function choose(places: readonly RulePlace[], title: string): Promise<RulePlace | undefined> {
  if (places.length <= 1) return places[0];
  const picks = places.map((place) => ({
    label: shownName(vscode.workspace.asRelativePath(place.uri)),
    description: `line ${place.line + 1}`,
    place,
  }));
  return (await vscode.window.showQuickPick(picks, { title }))?.place;
}

async function openPlace({ uri, line, column }: RulePlace): Promise<void> {
  const at = new vscode.Position(line, column);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}

function tell(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}

/** What a command was called for: a node of the view, a link, or a line of a timeline's page. */
export function addressOf(argument: unknown, timeline: vscode.Uri | undefined): EntryAddress | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, key, entry } = argument as { uri?: unknown; key?: unknown; entry?: { key?: unknown } };
  const own = typeof key === 'string' ? key : entry?.key;
  if (typeof own !== 'string' || !/^-?\d{1,20}$/.test(own)) return undefined;
  if (uri instanceof vscode.Uri) return { uri, key: own };
  return timeline === undefined ? undefined : { uri: timeline, key: own };
}
