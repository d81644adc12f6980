/** A text as code points, as Python counts. Half of a surrogate pair counts as one. */
export type SearchText = Uint32Array;

export function searchTextOf(text: string): SearchText {
  const points = new Uint32Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    points[count++] = point;
  }
  return points.subarray(0, count);
}

/** How many steps a search may still take. */
export class Steps {
  constructor(private left: number) {}

  /** @throws OutOfSteps */
  take(count: number): void {
    this.left -= count;
    if (this.left < 0) throw new OutOfSteps();
  }
}

/** A search took too long; never leaves this folder. */
export class OutOfSteps extends Error {}
