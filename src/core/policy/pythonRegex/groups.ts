import { pythonRepr } from '../../json/pythonRepr';
import { lengthOf, type PatternReader } from './patternReader';
import type { Width } from './syntax';

/**
 * The groups of a pattern while it is read: which are there, closed, or out of reach.
 *
 * Source: `State` of Python 3.11's re/_parser.py.
 */
export class Groups {
  /** Numbers by which conditions name a group that may yet come, and where they do, in code points. */
  readonly awaited = new Map<number, number>();
  private readonly names = new Map<string, number>();
  /** By number; undefined while the group is open. There is no group 0. */
  private readonly widths: (Width | undefined)[] = [undefined];
  /** The first group that is within the outermost lookbehind; undefined outside of one. */
  private firstOfLookbehind: number | undefined;

  /** One more than the highest number. */
  get count(): number {
    return this.widths.length;
  }

  open(name: string | undefined, reader: PatternReader): number {
    const number = this.count;
    this.widths.push(undefined);
    if (name === undefined) return number;
    const before = this.names.get(name);
    if (before !== undefined)
      throw reader.problem(
        `redefinition of group name ${pythonRepr(name)} as group ${number}; was group ${before}`,
        lengthOf(name) + 1,
      );
    this.names.set(name, number);
    return number;
  }

  close(number: number, width: Width): void {
    this.widths[number] = width;
  }

  numberOf(name: string, reader: PatternReader): number {
    const number = this.names.get(name);
    if (number !== undefined) return number;
    throw reader.problem(`unknown group name ${pythonRepr(name)}`, lengthOf(name) + 1);
  }

  /** The width of a group that is referred to. @param back how far back the reference begins, in code points */
  widthOf(number: number, reader: PatternReader, back: number): Width {
    const width = this.widths[number];
    if (width === undefined) throw reader.problem('cannot refer to an open group', back);
    this.checkLookbehind(number, reader);
    return width;
  }

  /** A lookbehind may refer only to what came before it. */
  checkLookbehind(number: number, reader: PatternReader): void {
    if (this.firstOfLookbehind === undefined) return;
    if (this.widths[number] === undefined) throw reader.problem('cannot refer to an open group');
    if (number >= this.firstOfLookbehind)
      throw reader.problem('cannot refer to group defined in the same lookbehind subpattern');
  }

  /** @returns what ends it. Only the outermost one counts. */
  enterLookbehind(): () => void {
    const outer = this.firstOfLookbehind;
    this.firstOfLookbehind ??= this.count;
    return () => {
      this.firstOfLookbehind = outer;
    };
  }
}
