import { isUtf8 } from 'node:buffer';
import * as vscode from 'vscode';
import { LogError } from '../../logfile/logSource';
import type { ImpactEntries, ImpactFigures, ImpactWanted } from '../../logfile/policyImpacts';
import { log } from '../log';
import type { PolicyDocuments } from './policyDocuments';
import type { PolicyHistory } from './policyHistory';

/** What a policy makes of the recorded history. */
export interface PolicyImpact {
  readonly document: vscode.TextDocument;
  /** Of the document: what is known is of this text. */
  readonly version: number;
  /** Under which the entries behind the figures can be asked for. */
  readonly id: number;
  readonly query: number;
  readonly log: vscode.Uri;
  /** Held against the text as it was saved; else only the decisions of the text as it is are known. */
  readonly isEdited: boolean;
  readonly figures: ImpactFigures | undefined;
  /** Why there are none, in a sentence. */
  readonly failure: string | undefined;
  /** More about that. */
  readonly detail?: string;
}

/** The pause before the history is gone through: findings come first. */
const REST_MS = 50;

/** What each open policy makes of the recorded history, now and as it was saved. Kept true while policies are edited and logs grow. */
export class PolicyImpacts implements vscode.Disposable {
  private readonly impacts = new Map<vscode.TextDocument, PolicyImpact>();
  private readonly ids = new Map<vscode.TextDocument, number>();
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private lastId = 0;
  private lastQuery = 0;
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private following: { readonly uri: vscode.Uri; readonly end: vscode.Disposable } | undefined;

  constructor(
    private readonly documents: PolicyDocuments,
    private readonly history: PolicyHistory,
  ) {
    const { reader } = history;
    this.subscriptions = [
      this.changed,
      documents.onDidFind((document) => this.askSoon(document)),
      history.onDidChange(() => {
        // What is kept for a policy that nobody looks at would keep the log as it was, too.
        for (const document of [...this.impacts.keys()]) if (!isVisible(document)) this.forget(document);
        this.askAll();
      }),
      vscode.workspace.onDidSaveTextDocument((document) => this.askSoon(document)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.askAll(({ document }) => !this.impacts.has(document))),
      reader.onDidTellImpact(({ id, query, figures }) => {
        const impact = [...this.impacts.values()].find((each) => each.id === id && each.query === query);
        if (impact !== undefined) this.set({ ...impact, figures });
      }),
    ];
    this.askAll();
  }

  /** What is known of a text; of an earlier one where the text as it is now is still looked at. */
  latest(document: vscode.TextDocument): PolicyImpact | undefined {
    return this.impacts.get(document);
  }

  /** What is known of the text as it is now. */
  current(document: vscode.TextDocument): PolicyImpact | undefined {
    const impact = this.impacts.get(document);
    return impact?.version === document.version ? impact : undefined;
  }

  /** Whether it is asked anew: what is known may be of a log, or of a saved text, that is another one by now. */
  isAsking(document: vscode.TextDocument): boolean {
    return this.timers.has(document) || this.queries.get(document) !== this.impacts.get(document)?.query;
  }

  /** The actions behind a figure, the newest first; undefined where the figures are of an earlier text or log. */
  async entries(
    { id, query }: PolicyImpact,
    wanted: ImpactWanted,
    from: number,
    to: number,
  ): Promise<ImpactEntries | undefined> {
    try {
      return await this.history.reader.thread.ask('impactEntries', id, query, wanted, from, to);
    } catch (error) {
      if (error instanceof LogError) return undefined;
      throw error;
    }
  }

  private askAll(isWanted: (editor: vscode.TextEditor) => boolean = () => true): void {
    for (const editor of vscode.window.visibleTextEditors) if (isWanted(editor)) this.askSoon(editor.document);
  }

  private askSoon(document: vscode.TextDocument): void {
    clearTimeout(this.timers.get(document));
    this.timers.delete(document);
    // What nobody looks at is not gone through, and what is known of it need not be true any more. What takes too long to be looked through
    // is not for the thread that reads logs either.
    if (document.isClosed || !isVisible(document) || !this.documents.known(document)?.isChecked)
      return this.forget(document);
    this.timers.set(
      document,
      setTimeout(() => void this.ask(document), REST_MS),
    );
  }

  private async ask(document: vscode.TextDocument): Promise<void> {
    this.timers.delete(document);
    const query = ++this.lastQuery;
    const { version } = document;
    const isWanted = (): boolean => query === this.queryOf(document) && !document.isClosed;
    this.queries.set(document, query);
    const uri = await this.history.readable();
    if (!isWanted()) return;
    if (uri === undefined) return this.forget(document);
    const saved = await savedBytes(document);
    if (!isWanted() || document.version !== version) return;
    this.follow(uri);
    const impact: PolicyImpact = {
      document,
      version,
      id: this.idOf(document),
      query,
      log: uri,
      isEdited: saved !== null,
      figures: undefined,
      failure: undefined,
    };
    if (saved !== null && !isUtf8(saved)) return this.set({ ...impact, failure: SAVED_OTHERWISE });
    this.set(impact);
    try {
      const before = saved && Buffer.from(saved).toString('utf8');
      const policies = { before, after: document.getText() };
      const answer = await this.history.reader.thread.ask('impact', impact.id, uri.fsPath, policies, query);
      if (!isWanted()) return;
      if (answer.kind === 'figures') return this.set({ ...impact, figures: answer.figures });
      const which = answer.side === 'before' ? 'the text as it was saved' : 'this text';
      const failure = `The loader refuses ${which} (line ${answer.line})`;
      this.set({ ...impact, failure, detail: answer.sentence });
    } catch (error) {
      if (!isWanted() || (error instanceof LogError && error.code === 'stale')) return;
      if (!(error instanceof LogError)) log().error(error instanceof Error ? error : String(error));
      const told = error instanceof LogError ? error.message : 'It could not be held against the recorded history.';
      this.set({ ...impact, failure: told });
    }
  }

  private readonly queries = new Map<vscode.TextDocument, number>();

  private queryOf(document: vscode.TextDocument): number | undefined {
    return this.queries.get(document);
  }

  private idOf(document: vscode.TextDocument): number {
    let id = this.ids.get(document);
    if (id === undefined) this.ids.set(document, (id = ++this.lastId));
    return id;
  }

  private set(impact: PolicyImpact): void {
    this.impacts.set(impact.document, impact);
    this.changed.fire(impact.document);
  }

  private forget(document: vscode.TextDocument): void {
    const id = this.ids.get(document);
    this.queries.delete(document);
    if (document.isClosed) this.ids.delete(document);
    if (id !== undefined) void this.history.reader.thread.ask('dropImpact', id).catch(() => undefined);
    if (!this.impacts.delete(document)) return;
    // A log that no policy is held against any more need not be read each time that it grows.
    if (this.impacts.size === 0) this.unfollow();
    this.changed.fire(document);
  }

  /** A history that is looked at is followed on the disk. */
  private follow(uri: vscode.Uri): void {
    if (this.following?.uri.toString() === uri.toString()) return;
    this.unfollow();
    this.following = { uri, end: this.history.reader.follow(uri) };
  }

  private unfollow(): void {
    this.following?.end.dispose();
    this.following = undefined;
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.unfollow();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function isVisible(document: vscode.TextDocument): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
}

const SAVED_OTHERWISE = 'The text as it was saved is not in UTF-8, so the loader does not read it';

/** An edited document as it was saved; null where it is as it was saved, or never was. */
async function savedBytes(document: vscode.TextDocument): Promise<Uint8Array | null> {
  if (!document.isDirty || document.isUntitled) return null;
  try {
    return await vscode.workspace.fs.readFile(document.uri);
  } catch {
    return null;
  }
}
