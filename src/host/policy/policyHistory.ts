import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { RecordedWords } from '../../core/policy/editing/recordedWords';
import type { LogList } from '../sessions/logList';
import type { LogReader } from '../sessions/logReader';
import { isReadUnasked } from '../sessions/logSize';
import { shownName } from '../shownName';

/** Which log policies are held against, where somebody chose one. */
const CHOSEN = 'aegis.policies.history';

/** Most frequent words of a log that completion offers, of each kind. */
const MOST_WORDS = 300;

const PATIENCE_MS = 500;

const NO_WORDS: RecordedWords = { types: [], targets: [], agents: [] };

/**
 * The recorded history that policies are held against: one log, for the same actions often stand in several. It is the one that was
 * chosen, else the first database, else the first log.
 */
export class PolicyHistory implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** It is another log now, or the log is another one. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private log: Promise<vscode.Uri | undefined> | undefined;
  private now: vscode.Uri | undefined;

  constructor(
    private readonly list: LogList,
    readonly reader: LogReader,
    private readonly memory: vscode.Memento,
  ) {
    this.subscriptions = [
      this.changed,
      list.onDidChange(() => this.choiceChanged()),
      reader.onDidChange((uri) => {
        if (uri.toString() === this.now?.toString()) this.changed.fire();
      }),
    ];
  }

  /** The log; undefined where there is none. */
  async uri(): Promise<vscode.Uri | undefined> {
    const log = (this.log ??= this.find());
    const uri = await log;
    // Another choice may have been made meanwhile.
    if (log === this.log) this.now = uri;
    return uri;
  }

  /** The log, where it has been read or may be; undefined where there is none that somebody let be read. */
  async readable(): Promise<vscode.Uri | undefined> {
    const uri = await this.uri();
    if (uri === undefined) return undefined;
    if (!this.mayBeRead(uri)) return undefined;
    const { summary } = await this.reader.whenRead(uri);
    return summary === undefined ? undefined : uri;
  }

  /** Why nothing is held against a log, in a sentence; undefined where something is, or will be. */
  whyNot(uri: vscode.Uri): string | undefined {
    if (!this.mayBeRead(uri)) return 'It is large, and is read once it is chosen.';
    return this.failure(uri);
  }

  /** Why a log could not be read, in a sentence. */
  failure(uri: vscode.Uri): string | undefined {
    return this.reader.known(uri)?.failure?.message;
  }

  private mayBeRead(uri: vscode.Uri): boolean {
    return this.reader.known(uri) !== undefined || isReadUnasked(uri) || this.isChosen(uri);
  }

  /** What occurs in it; nothing where it has not been read, or is being read for longer than somebody who types waits. */
  async words(): Promise<RecordedWords> {
    const uri = await Promise.race([this.readable(), setTimeout(PATIENCE_MS, undefined)]);
    if (uri === undefined) return NO_WORDS;
    try {
      return await this.reader.thread.ask('recordedWords', uri.fsPath, MOST_WORDS);
    } catch {
      // Completion does without them: what is wrong with the log is told where it is shown.
      return NO_WORDS;
    }
  }

  /** Lets the person choose the log. */
  async choose(): Promise<void> {
    const logs = await this.list.all();
    if (logs.length === 0) {
      void vscode.window.showInformationMessage(
        'There is no audit log to hold a policy against. Add one to the Sessions view.',
      );
      return;
    }
    const current = (await this.uri())?.toString();
    const picks = logs.map((uri) => ({
      label: shownName(vscode.workspace.asRelativePath(uri)),
      description: uri.toString() === current ? 'current' : '',
      iconPath: new vscode.ThemeIcon(isDatabase(uri) ? 'database' : 'list-flat'),
      uri,
    }));
    const picked = await vscode.window.showQuickPick(picks, {
      title: 'Recorded History for Policies',
      placeHolder: 'Choose the log whose actions policies are held against',
    });
    if (picked === undefined) return;
    await this.memory.update(CHOSEN, picked.uri.toString());
    this.choiceChanged();
  }

  private isChosen(uri: vscode.Uri): boolean {
    return this.memory.get<unknown>(CHOSEN) === uri.toString();
  }

  private async find(): Promise<vscode.Uri | undefined> {
    const logs = await this.list.all();
    return logs.find((uri) => this.isChosen(uri)) ?? logs.find(isDatabase) ?? logs[0];
  }

  private choiceChanged(): void {
    this.log = undefined;
    this.changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function isDatabase({ path }: vscode.Uri): boolean {
  return /\.(db3?|sqlite3?)$/i.test(path);
}
