import { Flag } from './flags';
import { foldOf, toUpper, type Fold } from './letterCase';
import { RangeTable } from './rangeTable';
import type { ClassName, SetItem, Unit } from './syntax';
import { isDecimal, isSpace, isWord } from './unicode';

/** Whether a character matches. */
export interface CharacterTest {
  has(point: number): boolean;
}

/**
 * What a unit matches under these flags.
 *
 * Source: `_compile` and `_optimize_charset` of Python 3.11's re/_compiler.py, with `SRE(charset)` of its _sre module.
 */
export function testOf(unit: Unit, flags: number): CharacterTest {
  if (unit.op === 'any') return (flags & Flag.dotAll) === 0 ? NOT_LINE_END : ANYTHING;
  if (unit.op === 'set') return new SetTest(unit.items, unit.isNegated, flags);
  const fold = foldOf(flags);
  const points = fold?.hasCased(unit.point, unit.point) ? fold.spellings(fold.lower(unit.point)) : [unit.point];
  return new LiteralTest(points, unit.isNegated);
}

class LiteralTest implements CharacterTest {
  constructor(
    private readonly points: readonly number[],
    private readonly isNegated: boolean,
  ) {}

  has(point: number): boolean {
    return this.points.includes(point) !== this.isNegated;
  }
}

export const ANYTHING: CharacterTest = new LiteralTest([], true);

const NOT_LINE_END: CharacterTest = new LiteralTest([0x0a], true);

class SetTest implements CharacterTest {
  /** For each ASCII character: 0 not asked yet, 1 no, 2 yes. */
  private readonly known = new Uint8Array(128);
  private readonly classes: readonly Extract<SetItem, { op: 'class' }>[];
  private readonly points: RangeTable;
  /** Ranges that go beyond the first 65,536 characters. Python looks for the small letter and its capital in them. */
  private readonly farRanges: RangeTable;
  /** Single characters from there. Python looks for the small letter only, so a capital one is never found. */
  private readonly farPoints: RangeTable;
  /** Undefined where nothing in the set has capital and small letters: it is then asked about characters as they are. */
  private readonly fold: Fold | undefined;

  constructor(
    items: readonly SetItem[],
    private readonly isNegated: boolean,
    private readonly flags: number,
  ) {
    this.classes = items.filter((item) => item.op === 'class');
    const ranges = items.filter((item) => item.op !== 'class').map(boundsOf);
    const fold = foldOf(flags);
    const isFolded = fold !== undefined && ranges.some(([low, high]) => high > 0xffff || fold.hasCased(low, high));
    this.fold = isFolded ? fold : undefined;
    this.points = RangeTable.of(ranges);
    const far = items.filter(
      (item) => (item.op === 'literal' ? item.point : item.op === 'range' ? item.high : 0) > 0xffff,
    );
    this.farRanges = RangeTable.of(far.filter((item) => item.op === 'range').map(boundsOf));
    this.farPoints = RangeTable.of(far.filter((item) => item.op === 'literal').map(boundsOf));
  }

  has(point: number): boolean {
    if (point >= 128) return this.decide(point);
    return (this.known[point] ||= this.decide(point) ? 2 : 1) === 2;
  }

  private decide(point: number): boolean {
    return this.holds(this.fold?.lower(point) ?? point) !== this.isNegated;
  }

  private holds(point: number): boolean {
    return (
      this.holdsPoint(point) || this.classes.some((item) => isOfClass(point, item.name, this.flags) !== item.isNegated)
    );
  }

  private holdsPoint(point: number): boolean {
    if (this.fold === undefined) return this.points.has(point);
    if (this.farPoints.has(point) || this.farRanges.has(point) || this.farRanges.has(toUpper(point))) return true;
    return point <= 0xffff && this.fold.spellings(point).some((spelling) => this.points.has(spelling));
  }
}

function boundsOf(item: Exclude<SetItem, { op: 'class' }>): readonly [low: number, high: number] {
  return item.op === 'literal' ? [item.point, item.point] : [item.low, item.high];
}

function isOfClass(point: number, name: ClassName, flags: number): boolean {
  const isUnicode = (flags & Flag.unicode) !== 0;
  switch (name) {
    case 'digit':
      return isUnicode ? isDecimal(point) : point >= 0x30 && point <= 0x39;
    case 'space':
      return isUnicode ? isSpace(point) : point === 0x20 || (point >= 9 && point <= 13);
    case 'word':
      return isWordCharacter(point, flags);
  }
}

export function isWordCharacter(point: number, flags: number): boolean {
  if ((flags & Flag.unicode) === 0 && point >= 128) return false;
  return isWord(point);
}
