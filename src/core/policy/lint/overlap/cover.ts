import type { Box } from './box';
import type { Effort } from './effort';
import type { Region, Regions } from './region';

/** What of a region is left when what some boxes hold is taken from it. */
export class Cover {
  constructor(private readonly regions: Regions) {}

  /**
   * Offers the parts that are left, one after the other, until one is taken.
   *
   * @param take gives what is made of a part, or undefined to see the next.
   * @returns `nothing-left` where there are none at all.
   * @throws TooMuchEffort
   */
  left<T>(
    region: Region,
    boxes: readonly Box[],
    effort: Effort,
    take: (part: Region) => T | undefined,
  ): T | 'nothing-left' | 'none-taken' {
    let isAnyLeft = false;
    const from = (part: Region, next: number): T | undefined => {
      if (next === boxes.length) {
        isAnyLeft = true;
        return take(part);
      }
      // What has nothing in common with a box need not be cut along it.
      if (this.inBox(part, boxes[next], effort) === undefined) return from(part, next + 1);
      let rest: Region | undefined = part;
      for (const constraint of boxes[next].constraints) {
        const outside: Region | undefined = this.regions.outside(rest, constraint, effort);
        const taken = outside && from(outside, next + 1);
        if (taken !== undefined) return taken;
        rest = this.regions.inside(rest, constraint, effort);
        if (rest === undefined) return undefined;
      }
      return undefined;
    };
    const taken = from(region, 0);
    return taken ?? (isAnyLeft ? 'none-taken' : 'nothing-left');
  }

  /** Whether boxes together hold all of a region. @throws TooMuchEffort */
  isCovered(region: Region, boxes: readonly Box[], effort: Effort): boolean {
    return this.left(region, boxes, effort, () => true) === 'nothing-left';
  }

  /** Whether a box holds all that another does. @throws TooMuchEffort */
  isWithin(inner: Box, outer: Box, effort: Effort): boolean {
    const region = this.inBox(this.regions.everything, inner, effort);
    return region === undefined || this.isCovered(region, [outer], effort);
  }

  /** The part of a region that a box holds; undefined where there is none. @throws TooMuchEffort */
  inBox(region: Region, { constraints }: Box, effort: Effort): Region | undefined {
    let part: Region | undefined = region;
    for (const constraint of constraints) {
      part = this.regions.inside(part, constraint, effort);
      if (part === undefined) return undefined;
    }
    return part;
  }
}
