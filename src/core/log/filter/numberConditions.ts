import type { EntryIndex } from '../entryIndex';
import { Condition, NO } from './condition';
import type { NumberTest, Term, TimeTest } from './filter';

/** What a filter's term asks of an entry's time. */
export class TimeCondition extends Condition {
  readonly needsContent = false;
  private readonly ranges: readonly Exclude<TimeTest, 'none'>[];
  private readonly takesNone: boolean;
  private readonly isNegated: boolean;

  constructor(
    private readonly index: EntryIndex,
    { tests, isNegated }: Extract<Term, { kind: 'time' }>,
  ) {
    super();
    this.ranges = tests.filter((test) => test !== 'none');
    this.takesNone = tests.includes('none');
    this.isNegated = isNegated;
  }

  byIndex(position: number): boolean {
    const time = this.index.times[position];
    return (this.isIn(time) || (this.takesNone && Number.isNaN(time))) !== this.isNegated;
  }

  byContent(position: number): boolean {
    return this.byIndex(position);
  }

  override lower(known: Uint8Array, from: number): void {
    if (this.isNegated || this.takesNone || this.ranges.length !== 1) return super.lower(known, from);
    const { times } = this.index;
    const [range] = this.ranges;
    for (let i = 0; i < known.length; i++) {
      const time = times[from + i];
      if (!(time >= range.from && time < range.to)) known[i] = NO;
    }
  }

  /** NaN, which is no time, is in no range. */
  private isIn(time: number): boolean {
    for (const { from, to } of this.ranges) if (time >= from && time < to) return true;
    return false;
  }
}

/** What a filter's term asks of an entry's row id or line, or of its depth of delegation. */
export class NumberCondition extends Condition {
  readonly needsContent = false;
  private readonly ranges: readonly NumberRange[];
  private readonly takesNone: boolean;
  private readonly isNegated: boolean;
  private readonly of: 'id' | 'depth';

  constructor(
    private readonly index: EntryIndex,
    { tests, isNegated, of }: Extract<Term, { kind: 'number' }>,
  ) {
    super();
    this.ranges = tests.filter((test) => test !== 'none').map(rangeOf);
    this.takesNone = tests.includes('none');
    this.isNegated = isNegated;
    this.of = of;
  }

  byIndex(position: number): boolean {
    return (this.of === 'id' ? this.hasId(position) : this.hasDepth(position)) !== this.isNegated;
  }

  byContent(position: number): boolean {
    return this.byIndex(position);
  }

  private hasDepth(position: number): boolean {
    const depth = this.index.depths[position];
    if (depth < 0) return this.takesNone;
    for (const { least, most } of this.ranges) if (depth >= least && depth <= most) return true;
    return false;
  }

  private hasId(position: number): boolean {
    const id = this.index.keyNumber(position);
    for (const { from, to, least, most, isExact } of this.ranges) {
      if (isExact) {
        if (id >= least && id <= most) return true;
      } else {
        const exact = BigInt(this.index.key(position));
        if ((from === null || exact >= from) && (to === null || exact <= to)) return true;
      }
    }
    return false;
  }
}

interface NumberRange extends Exclude<NumberTest, 'none'> {
  /** Its ends as numbers. */
  readonly least: number;
  readonly most: number;
  /** A number that was rounded is on the same side of both as the one that it stands for. */
  readonly isExact: boolean;
}

function rangeOf({ from, to }: Exclude<NumberTest, 'none'>): NumberRange {
  const least = from === null ? -Infinity : Number(from);
  const most = to === null ? Infinity : Number(to);
  const isExact = [least, most].every((end) => Number.isSafeInteger(end) || !Number.isFinite(end));
  return { from, to, least, most, isExact };
}
