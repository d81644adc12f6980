import { agentFigures, type AgentFigures } from '../core/log/agentFigures';
import { completeFilter, type Completion } from '../core/log/filter/completeFilter';
import type { SessionOrder } from '../core/log/sessionOrder';
import { SessionTable, type Session } from '../core/log/sessions';
import type { RecordedWords } from '../core/policy/editing/recordedWords';
import type { WrittenAction } from '../policyfile/writtenAction';
import { entryFacts, listRowOf, type EntryFacts, type ListRowFacts } from './entryFacts';
import { namesOf, sameActions, type EntryNames } from './entryNames';
import { detailOf, fieldInFull, type DetailFacts, type FieldFacts } from './entryDetail';
import { actionOf, entryText, type TextForm } from './entryText';
import { exportEntries, isOwnFile, type ExportFormat } from './exportEntries';
import { LogError, type LogSource, type ReadingOptions } from './logSource';
import { partOf, summaryOf, type LogSummary } from './logSummary';
import { LogView, positionsOf, type Scope, type ViewFigures, type ViewWanted } from './logView';
import { OpenLogs } from './openLogs';
import { SessionLists, listedSessions, sessionOf, sessionsBefore, type ListedSessions } from './sessionLists';
import {
  PolicyImpacts,
  type ImpactAnswer,
  type ImpactEntries,
  type ImpactPolicies,
  type ImpactTelling,
  type ImpactWanted,
} from './policyImpacts';
import { StaleError } from './staleError';
import { WordLists } from './wordsOf';
import { wallClock } from './wallClock';
import { matchesOf, readFilter, type Answered, type WrittenFilter } from './writtenFilter';

export type { EntryNames } from './entryNames';
export { StaleError } from './staleError';
export type { Answered, WrittenFilter } from './writtenFilter';

export type WantedView = Omit<ViewWanted, 'filter' | 'aheadAt'> & { readonly filter: WrittenFilter };

/** Tells what is known before an answer is whole. */
export type Telling =
  | { readonly kind: 'summary'; readonly file: string; readonly summary: LogSummary }
  | { readonly kind: 'figures'; readonly view: number; readonly query: number; readonly figures: ViewFigures }
  | ImpactTelling;

/** What can be asked about logs. Runs on a thread of its own. */
export class LogService {
  private readonly logs: OpenLogs;
  private readonly lists = new SessionLists();
  private readonly views = new Map<number, FilledView>();
  /** By view, the number of the last call that fills it: an older one stops. */
  private readonly filling = new Map<number, number>();
  private calls = 0;
  private readonly impacts: PolicyImpacts;
  private readonly words: WordLists;

  constructor(
    private readonly options: ReadingOptions,
    private readonly tell: (telling: Telling) => void,
  ) {
    this.logs = new OpenLogs(options, (file, index) => tell({ kind: 'summary', file, summary: partOf(index) }));
    this.impacts = new PolicyImpacts(this.logs, options.pause, tell);
    this.words = new WordLists(options.pause);
  }

  /** Reads a log, unless it has been read and not changed since. */
  async open(file: string): Promise<LogSummary> {
    await this.logs.refresh(file);
    return await this.logs.use(file, summaryOf);
  }

  /**
   * The same; undefined where nothing changed.
   *
   * @param isSeen what it was warned of that is gone since an earlier reading was seen by whoever asks.
   */
  async refresh(file: string, isSeen = false): Promise<LogSummary | undefined> {
    const isOther = isSeen && (await this.logs.forgetLoss(file));
    return (await this.logs.refresh(file)) || isOther ? await this.logs.use(file, summaryOf) : undefined;
  }

  close(file: string): void {
    this.impacts.forget(file);
    this.logs.close(file);
  }

  /**
   * The sessions that have an entry that the filter lets through, counted over those entries: from the `from`-th to before the
   * `to`-th. Those among the newest entries, as long as the others of a large log are being read for the first time.
   */
  async sessions(
    file: string,
    written: WrittenFilter,
    order: SessionOrder,
    from: number,
    to: number,
  ): Promise<Answered<ListedSessions>> {
    const parsed = readFilter(written);
    if (parsed.problem) return parsed;
    const newest = this.logs.newest(file);
    const part = newest === undefined ? undefined : this.lists.ofPart(newest, parsed.filter);
    if (part !== undefined) return listedSessions(part, order, from, to);
    return await this.logs.use(file, async (source) => {
      const table = await this.sessionsIn(source, written);
      return 'problem' in table ? table : listedSessions(table, order, from, to);
    });
  }

  /** What each agent of a log did, in numbers: the one that acted last first. */
  async agents(file: string): Promise<AgentFigures[]> {
    return await this.logs.use(file, ({ index }) => agentFigures(index));
  }

  /** One session of a log, all of its entries counted; undefined where there is none of that id. */
  async session(file: string, id: string | null): Promise<Session | undefined> {
    return await this.logs.use(file, (source) => sessionOf(this.lists.of(source), id));
  }

  /** How many sessions that the filter lets through stand before one; null where that is none of them. */
  async sessionsBefore(
    file: string,
    written: WrittenFilter,
    order: SessionOrder,
    id: string | null,
  ): Promise<number | null> {
    return await this.logs.use(file, async (source) => {
      const table = await this.sessionsIn(source, written);
      return 'problem' in table ? null : sessionsBefore(table, order, id);
    });
  }

  /** Entries of a scope that the filter lets through, the newest first, from the `from`-th on. */
  async entries(
    file: string,
    scope: Scope,
    written: WrittenFilter,
    from: number,
    to: number,
  ): Promise<Answered<{ readonly rows: EntryFacts[]; readonly total: number }>> {
    return await this.logs.use(file, async (source) => {
      const found = await matchesOf(source, scope, written, this.options.pause);
      if ('problem' in found) return found;
      const total = found.matches.length;
      const wanted = found.matches.slice(Math.max(0, total - to), total - Math.min(from, total)).reverse();
      return { rows: [...wanted].map((position) => entryFacts(source.index, position)), total };
    });
  }

  /** How many entries of the scope that the filter lets through are newer than one; null where that is none of them. */
  async newerThan(file: string, scope: Scope, written: WrittenFilter, key: string): Promise<number | null> {
    return await this.logs.use(file, async (source) => {
      const found = await matchesOf(source, scope, written, this.options.pause);
      const position = source.index.positionOf(key);
      if ('problem' in found || position === undefined) return null;
      const at = found.matches.indexOf(position);
      return at === -1 ? null : found.matches.length - 1 - at;
    });
  }

  /**
   * Makes a view, or makes it anew. What it has so far is told while it is made.
   *
   * @param query number of the question, under which figures are told and rows can be asked for.
   */
  async view(id: number, file: string, wanted: WantedView, query: number): Promise<Answered<ViewFigures>> {
    const call = ++this.calls;
    this.filling.set(id, call);
    const checkIsWanted = (): void => {
      if (this.filling.get(id) !== call) throw new StaleError('Another view was asked for.');
    };
    return await this.logs.use(file, async (source) => {
      checkIsWanted();
      const parsed = readFilter(wanted.filter);
      if (parsed.problem) return parsed;
      const { aheadAt } = wallClock(wanted.filter.timeZone);
      const view = new LogView(source, { ...wanted, filter: parsed.filter, aheadAt });
      let last: ViewFigures | undefined;
      const pause = async (): Promise<void> => {
        await this.options.pause();
        checkIsWanted();
      };
      await view.fill(pause, (figures) => {
        this.views.set(id, { view, query });
        last = figures;
        if (figures.searched < 1) this.tell({ kind: 'figures', view: id, query, figures });
      });
      return last!;
    });
  }

  /** @throws StaleError where the view is of another question, or there is none. */
  rows(id: number, query: number, from: number, to: number): ListRowFacts[] {
    const view = this.viewOf(id, query);
    const rows: ListRowFacts[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, view.length); i++) rows.push(listRowOf(view, i));
    return rows;
  }

  /** Where an entry stands in a view; null where it does not. */
  place(id: number, query: number, key: string): number | null {
    const view = this.viewOf(id, query);
    const position = view.source.index.positionOf(key);
    return position === undefined ? null : (view.placeOf(position) ?? null);
  }

  dropView(id: number): void {
    this.views.delete(id);
    this.filling.delete(id);
  }

  async detail(file: string, key: string): Promise<DetailFacts> {
    return await this.logs.use(file, (source) => detailOf(source, positionIn(source, key)));
  }

  async field(file: string, key: string, name: string): Promise<FieldFacts> {
    return await this.logs.use(file, (source) => fieldInFull(source, positionIn(source, key), name));
  }

  async text(file: string, key: string, form: TextForm): Promise<string> {
    return await this.logs.use(file, (source) => entryText(source, positionIn(source, key), form));
  }

  /** What an entry is known by, in full: lists cut long texts. */
  async names(file: string, key: string): Promise<EntryNames> {
    return await this.logs.use(file, (source) => namesOf(source.index, positionIn(source, key)));
  }

  /** What may stand at a place in a filter; values are counted within the scope. */
  async complete(file: string, scope: Scope, filter: string, cursor: number): Promise<Completion[]> {
    return await this.logs.use(file, ({ index }) =>
      completeFilter(filter, cursor, index, scope && positionsOf(index, scope)),
    );
  }

  /** Writes what a filter lets through to a file. Returns how many entries that were. */
  async export(
    file: string,
    scope: Scope,
    written: WrittenFilter,
    format: ExportFormat,
    destination: string,
  ): Promise<Answered<{ readonly count: number }>> {
    if (isOwnFile(file, destination)) {
      throw new LogError('This is the log itself, which is never written to. Choose another file.', 'own-file');
    }
    return await this.logs.use(file, async (source) => {
      const found = await matchesOf(source, scope, written, this.options.pause);
      if ('problem' in found) return found;
      return { count: await exportEntries(source, found.matches, format, destination, this.options.pause) };
    });
  }

  /** Entries that have the session, the time and the action of another: the same action, in another log. */
  async sameActions(file: string, wanted: EntryNames): Promise<EntryFacts[]> {
    return await this.logs.use(file, ({ index }) => sameActions(index, wanted));
  }

  /** The same as the form for trying an action has it. */
  async actionOf(file: string, key: string): Promise<WrittenAction> {
    return await this.logs.use(file, (source) => actionOf(source, positionIn(source, key)));
  }

  /** What occurs in a log, `most` of each kind. */
  async recordedWords(file: string, most: number): Promise<RecordedWords> {
    return await this.logs.use(file, (source) => this.words.of(source, most));
  }

  /** What a policy makes of a log: see `PolicyImpacts`. What is known so far is told meanwhile. */
  impact(id: number, file: string, policies: ImpactPolicies, query: number): Promise<ImpactAnswer> {
    return this.impacts.ask(id, file, policies, query);
  }

  impactEntries(id: number, query: number, wanted: ImpactWanted, from: number, to: number): Promise<ImpactEntries> {
    return this.impacts.entries(id, query, wanted, from, to);
  }

  dropImpact(id: number): void {
    this.impacts.drop(id);
  }

  private viewOf(id: number, query: number): LogView {
    const filled = this.views.get(id);
    if (filled?.query !== query) throw new StaleError('That view is not there any more.');
    return filled.view;
  }

  private async sessionsIn(source: LogSource, written: WrittenFilter): Promise<Answered<SessionTable>> {
    if (written.text.trim() === '') return this.lists.of(source);
    const found = await matchesOf(source, undefined, written, this.options.pause);
    return 'problem' in found ? found : new SessionTable(source.index, found.matches);
  }
}

/** A view, and the question that it answers. */
interface FilledView {
  readonly view: LogView;
  readonly query: number;
}

function positionIn(source: LogSource, key: string): number {
  const position = source.index.positionOf(key);
  if (position !== undefined) return position;
  throw new LogError('The entry is not in the log any more: it was deleted, or the log is another one now.', 'gone');
}
