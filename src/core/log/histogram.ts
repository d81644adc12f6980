import type { EntryIndex } from './entryIndex';
import { OUTCOMES, outcomesOf } from './outcomes';
import { RISKS } from './sessions';

/** Entries over time, in bins of one length, each counted by series. */
export interface Histogram {
  /** In the order in which they are stacked, the gravest first. */
  readonly series: readonly string[];
  /** When the first bin begins, and how long each is, in milliseconds. */
  readonly from: number;
  readonly step: number;
  /** By bin, then by series. */
  readonly bins: readonly (readonly number[])[];
  /** Entries that are in no bin: their timestamp is no time. */
  readonly timeless: number;
}

export type HistogramBy = 'decision' | 'risk';

const RISK_SERIES = [...RISKS].reverse().concat('other' as never) as readonly string[];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths that a person reads as round. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 91, 365, 3650, 36500, 365000].map((n) => n * DAY),
];

/**
 * Counts entries over time.
 *
 * @param positions which entries; all where it is left out.
 * @param most how many bins there may be; one at least.
 * @param aheadAt how far the clock is ahead of UTC by which the bins begin at round times, in milliseconds; left out, that is UTC.
 *   All bins are of one length, so where clocks are changed among them those behind it begin at other times.
 */
export function histogramOf(
  index: EntryIndex,
  positions: Uint32Array | undefined,
  by: HistogramBy,
  most: number,
  aheadAt: (time: number) => number = () => 0,
): Histogram {
  const series: readonly string[] = by === 'risk' ? RISK_SERIES : OUTCOMES;
  const count = positions?.length ?? index.size;
  const at = (i: number): number => (positions === undefined ? i : positions[i]);
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < count; i++) {
    const time = index.times[at(i)];
    if (time < from) from = time;
    if (time > to) to = time;
  }
  if (from > to) return { series, from: 0, step: 1, bins: [], timeless: count };
  const span = (to - from) / 1000;
  // Of bins that begin where the clock is round it takes two, however short the stretch: it may lie across a border.
  const isRound = most >= 2;
  const step = isRound ? stepFor(span, most) : Math.ceil(span) + 1;
  const ahead = isRound ? aheadAt(Math.floor(from / 1000)) : 0;
  const first = isRound ? Math.floor((from / 1000 + ahead) / step) * step - ahead : from / 1000;
  const length = Math.floor((to / 1000 - first) / step) + 1;
  const counts = new Uint32Array(length * series.length);
  const seriesOf = by === 'risk' ? riskSeries(index) : outcomesOf(index);
  let timeless = 0;
  for (let i = 0; i < count; i++) {
    const position = at(i);
    const time = index.times[position];
    if (Number.isNaN(time)) timeless++;
    else counts[Math.floor((time / 1000 - first) / step) * series.length + seriesOf(position)]++;
  }
  const bins = Array.from({ length }, (_, bin) => [...counts.subarray(bin * series.length, (bin + 1) * series.length)]);
  return { series, from: first, step, bins, timeless };
}

/** The shortest round length of which no more than `most` cover a stretch that begins anywhere. */
function stepFor(milliseconds: number, most: number): number {
  return STEPS.find((step) => milliseconds / step + 1 < most) ?? Math.ceil(milliseconds / (most - 1));
}

function riskSeries({ columns }: EntryIndex): (position: number) => number {
  const ranks = columns.risk.dictionary.values.map((value) => {
    const found = RISK_SERIES.indexOf(value?.toLowerCase() ?? '');
    return found === -1 ? RISK_SERIES.length - 1 : found;
  });
  const { ids } = columns.risk;
  return (position) => ranks[ids[position]];
}
