import { countOf, gapsText } from '../core/log/deletedRows';
import type { EntryIndex } from '../core/log/entryIndex';
import { completeFilter, type Completion } from '../core/log/filter/completeFilter';
import type { FilterProblem } from '../core/log/filter/filter';
import { parseFilter } from '../core/log/filter/parseFilter';
import { sessionsOf, type Session } from '../core/log/sessions';
import { asNumber, entryFacts, listRowOf, type EntryFacts, type ListRowFacts } from './entryFacts';
import { detailOf, fieldInFull, type DetailFacts, type FieldFacts } from './entryDetail';
import { entryText, type TextForm } from './entryText';
import { exportEntries, isOwnFile, type ExportFormat } from './exportEntries';
import { LogError, type LogKind, type LogSource, type ReadingOptions } from './logSource';
import { LogView, type Scope, type ViewFigures, type ViewWanted } from './logView';
import { openSource } from './openSource';
import { wallClock } from './wallClock';

/** What a log is, in short. Times are in milliseconds since 1970. */
export interface LogSummary {
  readonly kind: LogKind;
  readonly entries: number;
  readonly sessions: readonly Session[];
  readonly from: number | null;
  readonly to: number | null;
  /** Rows that were deleted, and a sentence that says where. */
  readonly deleted: number;
  readonly deletedText: string | undefined;
  readonly warnings: readonly string[];
  /** Only the newest entries have been counted so far. */
  readonly isPart: boolean;
}

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
  | { readonly kind: 'figures'; readonly view: number; readonly figures: ViewFigures };

/** Nobody waits for the answer any more. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
}

/** The logs that are open, each read once and read again where it changed. Runs on a thread of its own. */
export class LogService {
  private readonly logs = new Map<string, Promise<LogSource>>();
  private readonly views = new Map<number, LogView>();
  /** By view, the number of the last call that fills it: an older one stops. */
  private readonly filling = new Map<number, number>();
  private calls = 0;

  constructor(
    private readonly options: ReadingOptions,
    private readonly tell: (telling: Telling) => void,
  ) {}

  /** Reads a log, unless it has been read and not changed since. */
  async open(file: string): Promise<LogSummary> {
    const source = await this.sourceOf(file);
    return source.hasChanged() ? await this.readAgain(file, source) : summaryOf(source);
  }

  /** The same; undefined where nothing changed. */
  async refresh(file: string): Promise<LogSummary | undefined> {
    const source = await this.sourceOf(file);
    return source.hasChanged() ? await this.readAgain(file, source) : undefined;
  }

  async close(file: string): Promise<void> {
    const log = this.logs.get(file);
    this.logs.delete(file);
    const source = await log?.catch(() => undefined);
    source?.close();
  }

  /** The sessions that have an entry that the filter lets through, counted over those entries. */
  async sessions(file: string, written: WrittenFilter): Promise<Answered<{ readonly sessions: Session[] }>> {
    const source = await this.sourceOf(file);
    const view = await this.matching(source, undefined, written);
    return 'problem' in view ? view : { sessions: sessionsOf(source.index, view.matches) };
  }

  /** Entries of a session that the filter lets through, from the `from`-th on. */
  async entries(
    file: string,
    scope: Scope,
    written: WrittenFilter,
    from: number,
    to: number,
  ): Promise<Answered<{ readonly rows: EntryFacts[]; readonly total: number }>> {
    const source = await this.sourceOf(file);
    const view = await this.matching(source, scope, written);
    if ('problem' in view) return view;
    const rows = [...view.matches.subarray(from, to)].map((position) => entryFacts(source.index, position));
    return { rows, total: view.matches.length };
  }

  /** Makes a view, or makes it anew. What it has so far is told while it is made. */
  async view(id: number, file: string, wanted: WantedView): Promise<Answered<ViewFigures>> {
    const call = ++this.calls;
    this.filling.set(id, call);
    const source = await this.sourceOf(file);
    const parsed = parse(wanted.filter);
    if (parsed.problem) return parsed;
    const view = new LogView(source, { ...wanted, filter: parsed.filter });
    let last: ViewFigures | undefined;
    const pause = async (): Promise<void> => {
      await this.options.pause();
      if (this.filling.get(id) !== call) throw new StaleError('Another view was asked for.');
    };
    await view.fill(pause, (figures) => {
      this.views.set(id, view);
      last = figures;
      if (figures.searched < 1) this.tell({ kind: 'figures', view: id, figures });
    });
    return last!;
  }

  rows(id: number, from: number, to: number): ListRowFacts[] {
    const view = this.views.get(id);
    if (view === undefined) return [];
    const rows: ListRowFacts[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, view.length); i++) rows.push(listRowOf(view, i));
    return rows;
  }

  /** Where an entry stands in a view; null where it does not. */
  place(id: number, key: string): number | null {
    const view = this.views.get(id);
    const position = view?.source.index.positionOf(key);
    return position === undefined ? null : (view?.placeOf(position) ?? null);
  }

  dropView(id: number): void {
    this.views.delete(id);
    this.filling.delete(id);
  }

  async detail(file: string, key: string): Promise<DetailFacts> {
    const source = await this.sourceOf(file);
    return detailOf(source, positionIn(source, key));
  }

  async field(file: string, key: string, name: string): Promise<FieldFacts> {
    const source = await this.sourceOf(file);
    return fieldInFull(source, positionIn(source, key), name);
  }

  async text(file: string, key: string, form: TextForm): Promise<string> {
    const source = await this.sourceOf(file);
    return entryText(source, positionIn(source, key), form);
  }

  async complete(file: string, filter: string, cursor: number): Promise<Completion[]> {
    return completeFilter(filter, cursor, (await this.sourceOf(file)).index);
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
    const source = await this.sourceOf(file);
    const view = await this.matching(source, scope, written);
    if ('problem' in view) return view;
    return { count: await exportEntries(source, view.matches, format, destination, this.options.pause) };
  }

  /** The keys of the entries of a session that have this very timestamp and type of action: the same action, in another log. */
  async sameActions(file: string, wanted: Pick<EntryFacts, 'session' | 'timestamp' | 'type'>): Promise<EntryFacts[]> {
    const { index } = await this.sourceOf(file);
    const found: EntryFacts[] = [];
    for (let i = 0; i < index.size && found.length < 20; i++) {
      if (index.text(i, 'type') !== wanted.type || index.timestamp(i) !== wanted.timestamp) continue;
      const session = index.text(i, 'session');
      if (session === null || wanted.session === null || session === wanted.session) found.push(entryFacts(index, i));
    }
    return found;
  }

  private sourceOf(file: string): Promise<LogSource> {
    const known = this.logs.get(file);
    if (known !== undefined) return known;
    return this.read(file, undefined);
  }

  private async readAgain(file: string, source: LogSource): Promise<LogSummary> {
    // Somebody else may have begun to read it meanwhile.
    const current = await this.sourceOf(file);
    return summaryOf(current === source ? await this.read(file, source) : current);
  }

  private read(file: string, previous: LogSource | undefined): Promise<LogSource> {
    for (const [id, view] of this.views) if (view.source === previous) this.filling.delete(id);
    const reading = openSource(file, this.options, previous, (index) => {
      this.tell({ kind: 'summary', file, summary: partOf(index) });
    });
    this.logs.set(file, reading);
    reading.catch(() => {
      // The next who asks tries again.
      if (this.logs.get(file) === reading) this.logs.delete(file);
    });
    return reading;
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

function parse({ text, now, timeZone }: WrittenFilter): ReturnType<typeof parseFilter> {
  return parseFilter(text, { now, ahead: wallClock(timeZone) });
}

function positionIn(source: LogSource, key: string): number {
  const position = source.index.positionOf(key);
  if (position !== undefined) return position;
  throw new LogError('The entry is not in the log any more: it was deleted, or the log is another one now.', 'gone');
}

function summaryOf({ kind, index, gaps, warnings }: LogSource): LogSummary {
  return {
    kind,
    entries: index.size,
    sessions: sessionsOf(index),
    ...timesOf(index),
    deleted: asNumber(countOf(gaps)),
    deletedText: gapsText(gaps),
    warnings,
    isPart: false,
  };
}

/** What is known from the newest entries of a database, before all are read. */
function partOf(index: EntryIndex): LogSummary {
  const facts = { kind: 'database', deleted: 0, deletedText: undefined, warnings: [], isPart: true } as const;
  return { ...facts, entries: index.size, sessions: sessionsOf(index), ...timesOf(index) };
}

function timesOf({ times, size }: EntryIndex): { readonly from: number | null; readonly to: number | null } {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < size; i++) {
    if (times[i] < from) from = times[i];
    if (times[i] > to) to = times[i];
  }
  return from > to ? { from: null, to: null } : { from: from / 1000, to: to / 1000 };
}
