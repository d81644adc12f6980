import type { Histogram } from '../../../shared/timeline';

/** What the histogram's bars are drawn of: one path for each series, in the order of the series. */
export interface Bars {
  readonly paths: readonly string[];
  /** Entries in the highest bin. */
  readonly highest: number;
}

/** One blocked action among a million others is still to be seen. */
const LEAST_HEIGHT = 2;
/** A bin with one entry in it is not a peak. */
const LEAST_SCALE = 4;

/** Stacked bars in a field of so many pixels, y downwards. */
export function barsOf({ bins, series }: Histogram, width: number, height: number): Bars {
  const highest = bins.reduce((most, bin) => Math.max(most, totalOf(bin)), 0);
  const paths = series.map(() => '');
  if (highest === 0 || width <= 0 || height <= 0) return { paths, highest };
  const slot = width / bins.length;
  const gap = slot >= 3 ? 1 : 0;
  bins.forEach((bin, i) => {
    const heights = heightsOf(bin, series.length, height / Math.max(highest, LEAST_SCALE), height);
    const x = round(i * slot);
    const w = round(Math.max(slot - gap, 0.5));
    let y = height;
    heights.forEach((h, s) => {
      if (h <= 0) return;
      y -= h;
      paths[s] += `M${x} ${round(y)}h${w}v${round(h)}h${-w}z`;
    });
  });
  return { paths, highest };
}

export function totalOf(bin: readonly number[]): number {
  return bin.reduce((sum, count) => sum + count, 0);
}

/** None but empty ones vanish; what that takes is taken from the highest. */
function heightsOf(bin: readonly number[], count: number, scale: number, height: number): number[] {
  const heights = Array.from({ length: count }, (_, s) => {
    const entries = bin[s] ?? 0;
    return entries === 0 ? 0 : Math.max(entries * scale, LEAST_HEIGHT);
  });
  const excess = totalOf(heights) - height;
  if (excess > 0) {
    const largest = heights.indexOf(Math.max(...heights));
    heights[largest] = Math.max(heights[largest] - excess, LEAST_HEIGHT);
  }
  return heights;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
