/** Ranges of code points in order, apart from each other. */
export class RangeTable {
  /** @param bounds first and last of each range, one after the other */
  constructor(private readonly bounds: readonly number[]) {}

  /** @param ranges in any order; they may overlap */
  static of(ranges: readonly (readonly [low: number, high: number])[]): RangeTable {
    const bounds: number[] = [];
    for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
      const last = bounds.at(-1);
      if (last === undefined || low > last) bounds.push(low, high);
      else if (high > last) bounds[bounds.length - 1] = high;
    }
    return new RangeTable(bounds);
  }

  has(point: number): boolean {
    return this.startOf(point) !== undefined;
  }

  /** The first code point of the range that this one is in. */
  startOf(point: number): number | undefined {
    const index = this.lastFrom(point);
    return index >= 0 && point <= this.bounds[2 * index + 1] ? this.bounds[2 * index] : undefined;
  }

  /** Whether one of them is from `low` to `high`. */
  meets(low: number, high: number): boolean {
    const index = this.lastFrom(high);
    return index >= 0 && this.bounds[2 * index + 1] >= low;
  }

  /** Which is the last range that begins at the point or before it; -1 for none. */
  private lastFrom(point: number): number {
    let low = 0;
    let high = this.bounds.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.bounds[2 * middle] <= point) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
