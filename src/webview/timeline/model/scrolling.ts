/**
 * Where a list of rows of one height stands. All numbers are rows: `top` is the one at the upper edge, with its hidden part
 * as a fraction, `fits` how many are in sight.
 */

export function clampTop(top: number, count: number, fits: number): number {
  return Math.max(0, Math.min(top, count - fits));
}

export function isInSight(index: number, top: number, fits: number): boolean {
  return index >= top && index + 1 <= top + fits;
}

/** The least that has to be scrolled so that the row is in sight. */
export function topShowing(index: number, top: number, fits: number): number {
  if (index < top) return index;
  return index + 1 > top + fits ? index + 1 - fits : top;
}

/** With the row in the middle. */
export function topCentred(index: number, fits: number): number {
  return Math.max(0, index - Math.max(0, fits - 1) / 2);
}
