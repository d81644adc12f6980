import type { Histogram } from '../../../shared/timeline';
import type { TimeRange } from './timeTerm';

/** A stretch of bins that is being chosen: where it began, and where the cursor is. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}

export function clampBin(bin: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(bin)));
}

/** The bin at so many pixels from the left. */
export function binAt(x: number, width: number, count: number): number {
  return width <= 0 ? 0 : clampBin((x / width) * count, count);
}

/** First and last bin, whichever way it was drawn. */
export function binsOf({ from, to }: Brush): [number, number] {
  return from <= to ? [from, to] : [to, from];
}

/** The time that the bins take. */
export function rangeOf(brush: Brush, { from, step }: Pick<Histogram, 'from' | 'step'>): TimeRange {
  const [first, last] = binsOf(brush);
  return { from: from + first * step, to: from + (last + 1) * step };
}

/** Where the filter's time lies in a field of so many pixels: its left edge and its width; undefined where it is out of sight. */
export function selectedPart(
  { from, step, bins, selected }: Histogram,
  width: number,
): { x: number; width: number } | undefined {
  if (selected === null || bins.length === 0 || !(step > 0)) return undefined;
  const end = from + bins.length * step;
  const clip = (at: number): number => ((Math.max(from, Math.min(end, at)) - from) / (end - from)) * width;
  const [left, right] = [clip(selected.from ?? from), clip(selected.to ?? end)];
  return right < left ? undefined : { x: left, width: right - left };
}

/** What a screen reader says of bins, and a tooltip shows: how many entries of each series. */
export function countsIn({ bins, series }: Histogram, brush: Brush): { name: string; count: number }[] {
  const [first, last] = binsOf(brush);
  return series.map((name, s) => {
    let count = 0;
    for (let bin = first; bin <= last; bin++) count += bins[bin]?.[s] ?? 0;
    return { name, count };
  });
}
