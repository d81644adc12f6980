import { agentGroupsOf, type AgentGroup } from '../core/log/agentGroups';
import type { EntryIndex } from '../core/log/entryIndex';
import { compileFilter } from '../core/log/filter/compileFilter';
import { UNDECIDED, YES } from '../core/log/filter/condition';
import type { Filter } from '../core/log/filter/filter';
import { onlyTimes, timesOf, withoutTimes, type TimeRange } from '../core/log/filter/timeTerms';
import { histogramOf, type Histogram, type HistogramBy } from '../core/log/histogram';
import type { LogSource } from './logSource';

/** Part of a source: one session, or all of it. */
export type Scope = { readonly session: string | null } | undefined;

export interface ViewWanted {
  readonly scope: Scope;
  readonly filter: Filter;
  readonly group: 'none' | 'agent';
  /** Ids of groups that are closed. */
  readonly closed: readonly string[];
  readonly histogram: HistogramBy;
  /** How many bins fit. */
  readonly bins: number;
  /** How far the clock by which they begin is ahead of UTC at a time, all in milliseconds; left out, that is UTC. */
  readonly aheadAt?: (time: number) => number;
}

/** A line of a list. */
export type ViewRow =
  | { readonly kind: 'entry'; readonly position: number }
  | { readonly kind: 'group'; readonly group: AgentGroup; readonly closed: boolean }
  | { readonly kind: 'gap'; readonly gap: LogSource['gaps'][number] };

export interface ViewFigures {
  /** Lines of the list. */
  readonly rows: number;
  readonly matched: number;
  readonly total: number;
  readonly histogram: Histogram;
  /** What the filter's terms about time keep, in microseconds. */
  readonly selected: TimeRange | undefined;
  /** Part of the log that was searched, 1 when all is. */
  readonly searched: number;
}

/** Entries whose content is looked at between two pauses: about 10 ms. */
const CHUNK = 4096;

/** How often the figures of a search that takes long are told, in milliseconds. */
const INTERVAL = 150;

/** What of a log a list shows: filtered, grouped, counted. It stays as it was made while the log goes on. */
export class LogView {
  /** Positions of entries; `-1 - i` stands for `specials[i]`. */
  private rows: Int32Array = new Int32Array(0);
  private specials: ViewRow[] = [];
  matches: Uint32Array = new Uint32Array(0);

  constructor(
    readonly source: LogSource,
    private readonly wanted: ViewWanted,
  ) {}

  /**
   * Fills the view.
   *
   * @param tell gets the figures as they are so far, and at last those of all.
   * @param pause called now and then; throws where nobody wants the view any more.
   */
  async fill(pause: () => Promise<void>, tell: (figures: ViewFigures) => void): Promise<void> {
    const { index } = this.source;
    const { filter, scope } = this.wanted;
    const scoped = positionsOf(index, scope);
    const rest = compileFilter(withoutTimes(filter), index);
    const states = rest.judge(0, index.size);
    const anyTime = rest.needsContent
      ? await this.search(scoped, states, rest.byContent, pause, tell)
      : where(scoped, (position) => states[position] === YES);
    this.show(anyTime, scoped.length, 1, tell);
  }

  /** Looks at the content of the entries that the index leaves undecided. */
  private async search(
    scoped: Uint32Array,
    states: Uint8Array,
    holds: ReturnType<typeof compileFilter>['byContent'],
    pause: () => Promise<void>,
    tell: (figures: ViewFigures) => void,
  ): Promise<Uint32Array> {
    const found = new Uint32Array(scoped.length);
    let size = 0;
    let told = performance.now();
    const contents = this.source.contents();
    try {
      for (let i = 0; i < scoped.length; i++) {
        const position = scoped[i];
        if (states[position] === YES) found[size++] = position;
        else if (states[position] === UNDECIDED && holds(position, contents.at(position))) found[size++] = position;
        if (i % CHUNK !== CHUNK - 1) continue;
        await pause();
        if (performance.now() - told < INTERVAL) continue;
        this.show(found.slice(0, size), scoped.length, i / scoped.length, tell);
        told = performance.now();
      }
    } finally {
      contents.close();
    }
    return found.slice(0, size);
  }

  private show(anyTime: Uint32Array, total: number, searched: number, tell: (figures: ViewFigures) => void): void {
    const { index } = this.source;
    const { filter, histogram, bins, aheadAt } = this.wanted;
    const times = onlyTimes(filter);
    const states = times.terms.length === 0 ? undefined : compileFilter(times, index).judge(0, index.size);
    this.matches = states === undefined ? anyTime : where(anyTime, (position) => states[position] === YES);
    this.arrange();
    tell({
      rows: this.rows.length,
      matched: this.matches.length,
      total,
      histogram: histogramOf(index, anyTime, histogram, bins, aheadAt),
      selected: timesOf(filter),
      searched,
    });
  }

  /** Puts the matches into the order of the list, with what stands between them. */
  private arrange(): void {
    const { group, closed, filter } = this.wanted;
    if (group === 'agent') {
      const isClosed = new Set(closed);
      const groups = agentGroupsOf(this.source.index, this.matches);
      this.specials = groups.map((each) => ({ kind: 'group', group: each, closed: isClosed.has(each.id) }));
      const open = groups.filter(({ id }) => !isClosed.has(id));
      this.rows = new Int32Array(groups.length + open.reduce((sum, { positions }) => sum + positions.length, 0));
      let at = 0;
      groups.forEach(({ id, positions }, i) => {
        this.rows[at++] = -1 - i;
        if (isClosed.has(id)) return;
        this.rows.set(positions, at);
        at += positions.length;
      });
      return;
    }
    // Where a filter hides rows, a gap between two that are shown says nothing.
    const gaps = filter.terms.length === 0 ? this.gapsHere().slice(0, MOST_GAPS) : [];
    this.specials = gaps.map((gap) => ({ kind: 'gap', gap }));
    this.rows = gaps.length === 0 ? Int32Array.from(this.matches) : withGaps(this.matches, gaps);
  }

  /** Of a session, those between its entries and right beside them: what is missing far away has nothing to do with it. */
  private gapsHere(): LogSource['gaps'] {
    const { matches, source, wanted } = this;
    if (wanted.scope === undefined) return source.gaps;
    if (matches.length === 0) return [];
    const [first, last] = [matches[0], matches[matches.length - 1]];
    return source.gaps.filter(({ before }) => before >= first && before <= last + 1);
  }

  row(i: number): ViewRow | undefined {
    const value = this.rows[i];
    if (value === undefined) return undefined;
    return value >= 0 ? { kind: 'entry', position: value } : this.specials[-1 - value];
  }

  get length(): number {
    return this.rows.length;
  }

  /** Where an entry stands in the list; undefined where it does not. */
  placeOf(position: number): number | undefined {
    const found = this.rows.indexOf(position);
    return found === -1 ? undefined : found;
  }
}

/** A log with more gaps than this is in no order at all; their number is told elsewhere. */
const MOST_GAPS = 10_000;

function withGaps(matches: Uint32Array, gaps: LogSource['gaps']): Int32Array {
  const rows = new Int32Array(matches.length + gaps.length);
  let at = 0;
  let next = 0;
  for (const position of matches) {
    while (next < gaps.length && gaps[next].before <= position) rows[at++] = -1 - next++;
    rows[at++] = position;
  }
  while (next < gaps.length) rows[at++] = -1 - next++;
  return rows;
}

/** The entries of a scope, in the log's order. */
export function positionsOf(index: EntryIndex, scope: Scope): Uint32Array {
  const { ids, dictionary } = index.columns.session;
  if (scope === undefined) return everyPosition(index.size);
  const id = dictionary.values.indexOf(scope.session);
  const found = new Uint32Array(index.size);
  let size = 0;
  for (let i = 0; i < index.size; i++) if (ids[i] === id) found[size++] = i;
  return found.slice(0, size);
}

function everyPosition(size: number): Uint32Array {
  const all = new Uint32Array(size);
  for (let i = 0; i < size; i++) all[i] = i;
  return all;
}

function where(positions: Uint32Array, holds: (position: number) => boolean): Uint32Array {
  const found = new Uint32Array(positions.length);
  let size = 0;
  for (let i = 0; i < positions.length; i++) if (holds(positions[i])) found[size++] = positions[i];
  return size === positions.length ? positions : found.slice(0, size);
}
