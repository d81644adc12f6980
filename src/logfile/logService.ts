import type { EntryIndex } from '../core/log/entryIndex';
import { completeFilter, type Completion } from '../core/log/filter/completeFilter';
import type { FilterProblem } from '../core/log/filter/filter';
import { parseFilter } from '../core/log/filter/parseFilter';
import { sessionsOf, type Session } from '../core/log/sessions';
import { entryFacts, listRowOf, type EntryFacts, type ListRowFacts } from './entryFacts';
import { detailOf, fieldInFull, type DetailFacts, type FieldFacts } from './entryDetail';
import { entryText, type TextForm } from './entryText';
import { exportEntries, isOwnFile, type ExportFormat } from './exportEntries';
import { LogError, type LogSource, type ReadingOptions } from './logSource';
import { partOf, summaryOf, type LogSummary } from './logSummary';
import { LogView, type Scope, type ViewFigures, type ViewWanted } from './logView';
import { OpenLogs } from './openLogs';
import { wallClock } from './wallClock';

/** A filter as it was written, and the clock that its times are read by. */
export interface WrittenFilter {
  readonly text: string;
  readonly now: number;
  /** IANA name of the time zone; UTC where it is left out. */
  readonly timeZone?: string;
}

export type WantedView = Omit<ViewWanted, 'filter'> & { readonly filter: WrittenFilter };

export type Answered<T> = T | { readonly problem: FilterProblem };

/** Tells what is known before an answer is whole. */
export type Telling =
  | { readonly kind: 'summary'; readonly file: string; readonly summary: LogSummary }
  | { readonly kind: 'figures'; readonly view: number; readonly query: number; readonly figures: ViewFigures };

/** Nobody waits for the answer any more. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
}

/** What can be asked about logs. Runs on a thread of its own. */
export class LogService {
  private readonly logs: OpenLogs;
  private readonly views = new Map<number, FilledView>();
  /** By view, the number of the last call that fills it: an older one stops. */
  private readonly filling = new Map<number, number>();
  private calls = 0;

  constructor(
    private readonly options: ReadingOptions,
    private readonly tell: (telling: Telling) => void,
  ) {
    this.logs = new OpenLogs(options, (file, index) => tell({ kind: 'summary', file, summary: partOf(index) }));
  }

  /** Reads a log, unless it has been read and not changed since. */
  async open(file: string): Promise<LogSummary> {
    await this.logs.refresh(file);
    return await this.logs.use(file, summaryOf);
  }

  /** The same; undefined where nothing changed. */
  async refresh(file: string): Promise<LogSummary | undefined> {
    return (await this.logs.refresh(file)) ? await this.logs.use(file, summaryOf) : undefined;
  }

  close(file: string): void {
    this.logs.close(file);
  }

  /** The sessions that have an entry that the filter lets through, counted over those entries. */
  async sessions(file: string, written: WrittenFilter): Promise<Answered<{ readonly sessions: Session[] }>> {
    return await this.logs.use(file, async (source) => {
      const view = await this.matching(source, undefined, written);
      return 'problem' in view ? view : { sessions: sessionsOf(source.index, view.matches) };
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
      const view = await this.matching(source, scope, written);
      if ('problem' in view) return view;
      const total = view.matches.length;
      const wanted = view.matches.slice(Math.max(0, total - to), total - Math.min(from, total)).reverse();
      return { rows: [...wanted].map((position) => entryFacts(source.index, position)), total };
    });
  }

  /** How many entries of the scope that the filter lets through are newer than one; null where that is none of them. */
  async newerThan(file: string, scope: Scope, written: WrittenFilter, key: string): Promise<number | null> {
    return await this.logs.use(file, async (source) => {
      const view = await this.matching(source, scope, written);
      const position = source.index.positionOf(key);
      if ('problem' in view || position === undefined) return null;
      const at = view.matches.indexOf(position);
      return at === -1 ? null : view.matches.length - 1 - at;
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
      const parsed = parse(wanted.filter);
      if (parsed.problem) return parsed;
      const view = new LogView(source, { ...wanted, filter: parsed.filter });
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

  async complete(file: string, filter: string, cursor: number): Promise<Completion[]> {
    return await this.logs.use(file, ({ index }) => completeFilter(filter, cursor, index));
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
      const view = await this.matching(source, scope, written);
      if ('problem' in view) return view;
      return { count: await exportEntries(source, view.matches, format, destination, this.options.pause) };
    });
  }

  /** Entries that have the session, the time and the action of another: the same action, in another log. */
  async sameActions(file: string, wanted: EntryNames): Promise<EntryFacts[]> {
    return await this.logs.use(file, ({ index }) => {
      const found: EntryFacts[] = [];
      for (let i = 0; i < index.size && found.length < MOST_SAME; i++) {
        if (index.text(i, 'type') !== wanted.type || index.timestamp(i) !== wanted.timestamp) continue;
        const session = index.text(i, 'session');
        if (session === null || wanted.session === null || session === wanted.session) found.push(entryFacts(index, i));
      }
      return found;
    });
  }

  private viewOf(id: number, query: number): LogView {
    const filled = this.views.get(id);
    if (filled?.query !== query) throw new StaleError('That view is not there any more.');
    return filled.view;
  }

  private async matching(source: LogSource, scope: Scope, written: WrittenFilter): Promise<Answered<LogView>> {
    const parsed = parse(written);
    if (parsed.problem) return parsed;
    const view = new LogView(source, {
      scope,
      filter: parsed.filter,
      group: 'none',
      closed: [],
      histogram: 'decision',
      bins: 1,
    });
    await view.fill(this.options.pause, () => undefined);
    return view;
  }
}

/** A view, and the question that it answers. */
interface FilledView {
  readonly view: LogView;
  readonly query: number;
}

/** More entries of one session, time and action nobody would choose from. */
const MOST_SAME = 20;

/** Texts by which an entry is told from others and found elsewhere. */
export interface EntryNames {
  readonly session: string | null;
  readonly timestamp: string;
  readonly type: string | null;
  readonly rule: string | null;
}

function namesOf(index: EntryIndex, position: number): EntryNames {
  return {
    session: index.text(position, 'session'),
    timestamp: index.timestamp(position),
    type: index.text(position, 'type'),
    rule: index.text(position, 'rule'),
  };
}

function parse({ text, now, timeZone }: WrittenFilter): ReturnType<typeof parseFilter> {
  return parseFilter(text, { now, ahead: wallClock(timeZone) });
}

function positionIn(source: LogSource, key: string): number {
  const position = source.index.positionOf(key);
  if (position !== undefined) return position;
  throw new LogError('The entry is not in the log any more: it was deleted, or the log is another one now.', 'gone');
}
