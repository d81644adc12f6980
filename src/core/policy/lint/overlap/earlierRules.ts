import type { PolicyRule } from '../../policy';
import { MATCH_PARTS, type MatchPart } from '../../policy';
import type { Box } from './box';
import type { Shape, Shapes } from './shape';

/** A rule that is held against those behind it. */
export interface Placed {
  readonly rule: PolicyRule;
  /** undefined where it can never match, or cannot be evaluated. */
  readonly box: Box | undefined;
}

/** Rules by how their patterns begin, so that of thousands only those are looked at that may have an action in common. */
export class EarlierRules {
  private readonly placed: Placed[] = [];
  private readonly starts: Readonly<Record<MatchPart, Start>> = {
    type: new Start(),
    target: new Start(),
    agent: new Start(),
  };

  constructor(private readonly shapes: Shapes) {}

  add(placed: Placed): void {
    const number = this.placed.push(placed) - 1;
    for (const part of MATCH_PARTS) this.starts[part].add(this.shapes.shapeOf(placed.rule.match[part].glob), number);
  }

  /** Those with which a rule may have an action in common, in their order. */
  besides(rule: PolicyRule): Placed[] {
    let fewest: number[] | undefined;
    for (const part of MATCH_PARTS) {
      const found = this.starts[part].alike(this.shapes.shapeOf(rule.match[part].glob), fewest?.length ?? Infinity);
      if (found !== undefined) fewest = found;
    }
    return fewest!.sort((a, b) => a - b).map((number) => this.placed[number]);
  }
}

/** Further than this patterns are not told apart here. */
const MOST_CHARACTERS = 24;

/** A tree of beginnings. */
class Start {
  private readonly next = new Map<number, Start>();
  /** Texts that end here, and patterns whose literal start does. */
  private readonly texts: number[] = [];
  private readonly patterns: number[] = [];
  /** All from here on. */
  private count = 0;

  add(shape: Shape, number: number, depth = 0): void {
    this.count++;
    if (depth === Math.min(shape.prefix.length, MOST_CHARACTERS)) {
      (isWhole(shape) ? this.texts : this.patterns).push(number);
      return;
    }
    const point = shape.prefix[depth];
    let next = this.next.get(point);
    if (next === undefined) this.next.set(point, (next = new Start()));
    next.add(shape, number, depth + 1);
  }

  /** The numbers of those that may match a text that this one matches; undefined where there are as many as `most`. */
  alike(shape: Shape, most: number): number[] | undefined {
    const found: number[] = [];
    const end = this.follow(shape, 0, found);
    if (end !== undefined && !isWhole(shape)) {
      if (found.length + end.count >= most) return undefined;
      end.collect(found);
    } else if (end !== undefined) found.push(...end.texts, ...end.patterns);
    return found.length < most ? found : undefined;
  }

  /** Goes as far as a pattern's literal start, past the patterns whose own start is shorter; undefined where nothing begins so. */
  private follow(shape: Shape, depth: number, passed: number[]): Start | undefined {
    if (depth === Math.min(shape.prefix.length, MOST_CHARACTERS)) return this;
    for (const number of this.patterns) passed.push(number);
    return this.next.get(shape.prefix[depth])?.follow(shape, depth + 1, passed);
  }

  private collect(found: number[]): void {
    const waiting: Start[] = [this];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const number of at.texts) found.push(number);
      for (const number of at.patterns) found.push(number);
      for (const next of at.next.values()) waiting.push(next);
    }
  }
}

/** Whether it is a text, all of which is told apart. */
function isWhole({ text }: Shape): boolean {
  return text !== undefined && text.length < MOST_CHARACTERS;
}
