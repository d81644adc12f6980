import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Session } from '../../core/log/sessions';
import type { WrittenFilter } from '../../logfile/logService';
import { LogError } from '../../logfile/logSource';
import { isKnownZone } from '../../logfile/wallClock';
import type { Scope, ViewFigures } from '../../logfile/logView';
import {
  fromPage,
  type EntryAction,
  type FromPage,
  type PageState,
  type SourceFacts,
  type ToPage,
} from '../../shared/timeline';
import { log } from '../log';
import { shownText } from '../shownName';
import type { LogReader } from '../sessions/logReader';
import { sessionName } from '../sessions/sessionWords';
import { unreadFacts } from './unreadFacts';
import { timelineHtml, timelineRoots } from './timelineHtml';

/** A log, or one session of it. */
export interface TimelineSubject {
  readonly uri: vscode.Uri;
  /** undefined: all of the log. */
  readonly scope: Scope;
}

/** What a page can ask for that reaches beyond it. */
export interface TimelineActions {
  onEntry(action: EntryAction, uri: vscode.Uri, key: string): Promise<void>;
  exportShown(subject: TimelineSubject, filter: WrittenFilter): Promise<void>;
  verify(uri: vscode.Uri): Promise<void>;
  /** The verdict on a chain, where it has been verified. */
  verdict(uri: vscode.Uri): string | null;
}

let viewCount = 0;

/** One timeline: a page, and what it is of. */
export class TimelinePanel implements vscode.Disposable {
  private readonly view = ++viewCount;
  private readonly subscriptions: vscode.Disposable[];
  /** The page's question whose answer is being made, to which what is told meanwhile belongs. */
  private query = 0;
  /** What was told last of a log that could be read: what the page shows is of that. */
  private shown: SourceFacts | undefined;
  private isReady = false;
  private waiting: string | undefined;
  private isFocusWaiting = false;
  private state: PageState;
  /** By whose clock the page's filter is read: that of who looks at it, which may be another than this machine's. */
  private timeZone: string | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly subject: TimelineSubject,
    private readonly reader: LogReader,
    private readonly actions: TimelineActions,
    extensionUri: vscode.Uri,
    remembered?: PageState,
  ) {
    this.state = remembered ?? firstState(subject);
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: timelineRoots(extensionUri) };
    panel.title = this.title();
    this.subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      // A page that is out of sight is gone; another one says that it stands when it comes back.
      panel.onDidChangeViewState(() => (this.isReady &&= panel.visible)),
      reader.follow(subject.uri),
      reader.onDidChange((uri) => {
        if (uri.toString() === subject.uri.toString()) void this.tellChange();
      }),
      reader.onDidTellFigures(({ view, query, figures }) => {
        if (view === this.view && query === this.query) this.postFigures(query, figures);
      }),
    ];
    webview.html = timelineHtml(webview, extensionUri);
  }

  /** The keys are the list's, as soon as the page stands. */
  focus(): void {
    if (this.isReady) this.post({ type: 'focus' });
    else this.isFocusWaiting = true;
  }

  /** Selects an entry, as soon as the page stands. */
  select(key: string): void {
    if (this.isReady) this.post({ type: 'select', key });
    else this.waiting = key;
  }

  /** The verdict on the chain may be another one. */
  verified(uri: vscode.Uri): void {
    if (uri.toString() === this.subject.uri.toString()) void this.tellChange();
  }

  filter(): WrittenFilter {
    return { text: this.state.spec.filter, now: Date.now(), timeZone: this.timeZone };
  }

  private title(): string {
    const name = this.subject.uri.path.split('/').at(-1)!;
    const { scope } = this.subject;
    return shownText(scope === undefined ? name : sessionName({ id: scope.session }), 60);
  }

  /** Whatever arrives is checked: the page shows what hostile logs hold. */
  private receive(message: unknown): void {
    const checked = v.safeParse(fromPage, message);
    if (!checked.success) {
      log().warn('The timeline’s page sent a message that is not of its protocol.');
      return;
    }
    void this.answer(checked.output).catch(async (error: unknown) => await this.fail(error, checked.output.type));
  }

  private async answer(message: FromPage): Promise<void> {
    const { thread } = this.reader;
    const file = this.subject.uri.fsPath;
    switch (message.type) {
      case 'ready':
        return await this.begin();
      case 'state':
        this.state = { ...message.state, source: this.state.source, session: this.state.session };
        return;
      case 'view':
        return await this.makeView(message);
      case 'rows': {
        if (message.query !== this.query) return;
        const rows = await thread.ask(
          'rows',
          this.view,
          message.query,
          message.from,
          Math.min(message.to, message.from + MOST_ROWS),
        );
        return this.post({ type: 'rows', query: message.query, from: message.from, rows });
      }
      case 'place': {
        if (message.query !== this.query) return;
        const index = await thread.ask('place', this.view, message.query, message.key);
        return this.post({ type: 'place', query: message.query, key: message.key, index });
      }
      case 'detail': {
        const detail = await thread.ask('detail', file, message.key).catch(noneIfGone);
        if (detail === undefined) return this.post({ type: 'gone', key: message.key });
        const row = { kind: 'entry', ...detail.row } as const;
        return this.post({
          type: 'detail',
          detail: {
            ...detail,
            row,
            fields: [...detail.fields],
            trees: [...detail.trees],
            remarks: [...detail.remarks],
          },
        });
      }
      case 'field': {
        const value = await thread.ask('field', file, message.key, message.name);
        return this.post({ type: 'field', key: message.key, name: message.name, value });
      }
      case 'complete': {
        const items = await thread.ask('complete', file, this.subject.scope, message.filter, message.cursor);
        return this.post({ type: 'completions', request: message.request, items });
      }
      case 'entry':
        return await this.actions.onEntry(message.action, this.subject.uri, message.key);
      case 'export':
        return await this.actions.exportShown(this.subject, this.filter());
      case 'verify':
        return await this.actions.verify(this.subject.uri);
    }
  }

  private async begin(): Promise<void> {
    // The page shows nothing yet, whatever the one before it did.
    this.shown = undefined;
    const facts = await this.facts();
    this.isReady = true;
    this.post({ type: 'source', state: this.state, facts });
    if (this.waiting !== undefined) this.post({ type: 'select', key: this.waiting });
    this.waiting = undefined;
    if (this.isFocusWaiting) this.post({ type: 'focus' });
    this.isFocusWaiting = false;
  }

  private async makeView({ query, spec, bins, timeZone }: Extract<FromPage, { type: 'view' }>): Promise<void> {
    this.query = query;
    this.timeZone = isKnownZone(timeZone) ? timeZone : 'UTC';
    this.state = { ...this.state, spec };
    const { uri, scope } = this.subject;
    const wanted = { ...spec, scope, filter: this.filter(), bins };
    const answer = await this.reader.thread.ask('view', this.view, uri.fsPath, wanted, query);
    if (query !== this.query) return;
    if (!('problem' in answer)) return this.postFigures(query, answer);
    this.post({ type: 'view', query, ...NOTHING, problem: answer.problem, timeZone: this.timeZone });
  }

  private postFigures(query: number, { histogram, selected, ...figures }: ViewFigures): void {
    const milliseconds = (time: number): number | null => (Number.isFinite(time) ? time / 1000 : null);
    const brushed =
      selected === undefined ? null : { from: milliseconds(selected.from), to: milliseconds(selected.to) };
    const bins = histogram.bins.map((bin) => [...bin]);
    this.post({
      type: 'view',
      query,
      ...figures,
      histogram: { ...histogram, series: [...histogram.series], bins, selected: brushed },
      problem: null,
      timeZone: this.timeZone ?? 'UTC',
    });
  }

  private async tellChange(): Promise<void> {
    if (this.isReady) this.post({ type: 'changed', facts: await this.facts() });
  }

  private async facts(): Promise<SourceFacts> {
    const { uri, scope } = this.subject;
    const { summary, failure } = await this.reader.whenRead(uri);
    const log = {
      name: vscode.workspace.asRelativePath(uri),
      session: scope === undefined ? null : sessionName({ id: scope.session }),
    };
    if (failure !== undefined) return unreadFacts(log, failure, this.shown);
    const session = scope === undefined || summary === undefined ? undefined : await this.session(scope.session);
    const span = scope === undefined ? summary : session;
    this.shown = {
      ...log,
      kind: summary?.kind ?? 'database',
      total: span?.actions ?? 0,
      from: span?.from ?? null,
      to: span?.to ?? null,
      live: this.reader.isLive(uri),
      warnings: [
        ...(summary?.deletedText === undefined
          ? []
          : [
              `${summary.deletedText}${scope === undefined ? '' : ' Of which sessions they were, the log does not tell.'}`,
            ]),
        ...(summary?.warnings ?? []),
      ],
      verdict: summary?.kind === 'chain' ? (this.actions.verdict(uri) ?? 'not verified') : null,
      unread: null,
    };
    return this.shown;
  }

  private async session(id: string | null): Promise<Session | undefined> {
    try {
      return await this.reader.thread.ask('session', this.subject.uri.fsPath, id);
    } catch (error) {
      // What is wrong with the log, its state says as soon as the reader has met it.
      if (error instanceof LogError) return undefined;
      throw error;
    }
  }

  private async fail(error: unknown, asked: FromPage['type']): Promise<void> {
    // Another view was asked for meanwhile, and its answer comes.
    if (error instanceof LogError && error.code === 'stale') return;
    // What is wrong with the log is said above its entries, once.
    if (error instanceof LogError && ASKED_BY_PAGE.includes(asked)) {
      const { failure } = await this.reader.upToDate(this.subject.uri);
      if (failure?.message === error.message) return await this.tellChange();
    }
    if (!(error instanceof LogError)) log().error(error instanceof Error ? error : String(error));
    const message = error instanceof LogError ? error.message : 'That did not work. The log of Aegis tells more.';
    this.post({ type: 'failed', message });
  }

  private post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    void this.reader.thread.ask('dropView', this.view).catch(() => undefined);
  }
}

function noneIfGone(error: unknown): undefined {
  if (!(error instanceof LogError) || error.code !== 'gone') throw error;
}

/** What a page asks by itself, not because somebody waits for the answer to just that. */
const ASKED_BY_PAGE: readonly FromPage['type'][] = ['view', 'rows', 'place', 'detail', 'complete'];

/** More than a page has room for. */
const MOST_ROWS = 2000;

const NOTHING = {
  rows: 0,
  matched: 0,
  total: 0,
  histogram: { series: [], from: 0, step: 1, bins: [], timeless: 0, selected: null },
  searched: 1,
};

/** How a timeline begins. A session of nobody is told from all of a log by its name. */
function firstState({ uri, scope }: TimelineSubject): PageState {
  return {
    source: uri.toString(),
    ...(scope === undefined ? {} : { session: JSON.stringify(scope.session) }),
    spec: { filter: '', group: 'none', closed: [], histogram: 'decision' },
    zone: 'local',
    live: true,
  };
}

/** What a timeline was of, from what its page remembers. undefined where that is nothing that there is. */
export function subjectOf(state: PageState): TimelineSubject | undefined {
  try {
    const uri = vscode.Uri.parse(state.source, true);
    if (uri.scheme !== 'file') return undefined;
    if (state.session === undefined) return { uri, scope: undefined };
    const session: unknown = JSON.parse(state.session);
    return typeof session === 'string' || session === null ? { uri, scope: { session } } : undefined;
  } catch {
    return undefined;
  }
}
