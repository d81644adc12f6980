import type { RegexSearch } from '../../conditions/condition';
import { evaluate } from '../../evaluate';
import { parseGlob } from '../../glob';
import type { PolicyRule } from '../../policy';
import type { Box } from './box';
import { boundedSearch } from './boundedSearch';
import { boxOf } from './box';
import { Cover } from './cover';
import { TooMuchEffort, type Effort } from './effort';
import type { Placed } from './earlierRules';
import type { ExampleAction } from './example';
import { Languages } from './language';
import { PatternBook } from './patternBook';
import { ALL_DAYS, MINUTES, Regions, type Region } from './region';
import { Sampler } from './sample';
import { Shapes } from './shape';

/** Whether any action gets to a rule. */
export type Reach =
  /** It does: this one, which `evaluate` was asked about. */
  | { readonly kind: 'reached'; readonly example: ExampleAction }
  /** No action does: these rules, in their order, take all that it matches, and none of them can be spared. */
  | {
      readonly kind: 'covered';
      readonly by: readonly PolicyRule[];
      /** Whether it is one rule, which matches the very same actions. */
      readonly isTwin: boolean;
    }
  /** Its own conditions keep all actions away, or stop every evaluation. */
  | { readonly kind: 'never-matches' }
  /** Neither was shown: rules before it fail, it takes an action that could not be made up, or it took too long. */
  | { readonly kind: 'unknown'; readonly isGivenUp: boolean };

/** Parts of a region in which an example is looked for. */
const MOST_PARTS = 8;
/** Rules that may be found to be in the way of one. */
const MOST_BOXES = 40;

/** Tells what the rules before a rule leave to it. */
export class Overlap {
  readonly shapes = new Shapes();
  readonly regions: Regions;
  readonly cover: Cover;
  private readonly sampler: Sampler;
  private readonly regex: RegexSearch;

  constructor(private readonly patterns = new PatternBook()) {
    const languages = new Languages();
    this.regex = boundedSearch();
    this.regions = new Regions(languages, everyAction(this.shapes));
    this.cover = new Cover(this.regions);
    this.sampler = new Sampler(languages, this.shapes, this.regex);
  }

  placed(rule: PolicyRule): Placed {
    return { rule, box: boxOf(rule, this.shapes, this.patterns) };
  }

  /** @param earlier the rules before it, or those of them that may have an action in common with it. */
  reach(placed: Placed, earlier: readonly Placed[], effort: Effort): Reach {
    try {
      effort.spend(earlier.length / 50);
      return this.found(placed, earlier, effort);
    } catch (error) {
      if (error instanceof TooMuchEffort) return { kind: 'unknown', isGivenUp: true };
      throw error;
    }
  }

  private found({ rule, box }: Placed, earlier: readonly Placed[], effort: Effort): Reach {
    const region = box && this.cover.inBox(this.regions.everything, box, effort);
    if (region === undefined) return { kind: 'never-matches' };
    const search = this.search(region, rule, earlier, effort);
    if (search.kind === 'example') return { kind: 'reached', example: search.example };
    const by = search.kind === 'covered' ? search.by : this.coverOfAll(region, earlier, effort);
    if (by === undefined) return { kind: 'unknown', isGivenUp: false };
    return { kind: 'covered', ...this.inTheWay(region, { box: box!, by }, earlier, effort) };
  }

  /** What is covered is so even where it would take too long to find out which rules can be spared. */
  private inTheWay(
    region: Region,
    { box, by }: { readonly box: Box; readonly by: readonly Box[] },
    earlier: readonly Placed[],
    effort: Effort,
  ): { readonly by: readonly PolicyRule[]; readonly isTwin: boolean } {
    try {
      const boxes = this.fewest(region, by, earlier, effort);
      const isTwin = boxes.length === 1 && this.cover.isWithin(boxes[0], box, effort);
      return { by: boxes.map(({ rule }) => rule), isTwin };
    } catch (error) {
      if (!(error instanceof TooMuchEffort)) throw error;
      return { by: inOrder(by).map(({ rule }) => rule), isTwin: false };
    }
  }

  /**
   * An action of a region that a rule decides on. Starts with any, and where an earlier rule takes it looks for one that this leaves,
   * until there is none: so that of many rules only those are looked into that matter.
   */
  search(region: Region, rule: PolicyRule, earlier: readonly Placed[], effort: Effort): Search {
    const inTheWay: Box[] = [];
    const avoided: Box[] = [];
    const rules = [...earlier.map((each) => each.rule), rule];
    while (inTheWay.length + avoided.length < MOST_BOXES) {
      let parts = 0;
      const boxes = [...inTheWay, ...avoided];
      const example = this.cover.left(region, boxes, effort, (part) =>
        parts++ < MOST_PARTS ? this.sampler.sample(part, effort) : undefined,
      );
      if (example === 'nothing-left') return avoided.length === 0 ? { kind: 'covered', by: inTheWay } : NOT_FOUND;
      if (example === 'none-taken') return NOT_FOUND;
      effort.spend(rules.length / 2);
      const outcome = this.judge(rules, example);
      if (outcome.ruleIndex === rule.index && outcome.kind === 'decision') return { kind: 'example', example };
      const taker = earlier.find((each) => each.rule.index === outcome.ruleIndex);
      if (taker === undefined) return NOT_FOUND;
      // A rule that cannot be evaluated takes nothing; elsewhere there may be actions that it does not look at.
      if (outcome.kind === 'error') avoided.push({ ...taker, constraints: this.globsOf(taker.rule) });
      else if (taker.box === undefined || inTheWay.includes(taker.box)) return NOT_FOUND;
      else inTheWay.push(taker.box);
    }
    return NOT_FOUND;
  }

  judge(
    rules: readonly PolicyRule[],
    { action, clock }: ExampleAction,
  ): { kind: 'decision' | 'error'; ruleIndex?: number } {
    return evaluate({ ...NO_POLICY, rules }, action, clock, this.regex);
  }

  private globsOf(rule: PolicyRule): Box['constraints'] {
    return boxOf({ ...rule, conditions: { kind: 'all', conditions: [] } }, this.shapes, this.patterns)!.constraints;
  }

  /** Where no example can be made up, all that may be in the way is held against the region. */
  private coverOfAll(region: Region, earlier: readonly Placed[], effort: Effort): Box[] | undefined {
    const boxes = earlier.flatMap(({ box }) => (box === undefined ? [] : [box]));
    const alone = boxes.find((box) => this.cover.isCovered(region, [box], effort));
    if (alone !== undefined) return [alone];
    const near = boxes.filter((box) => this.cover.inBox(region, box, effort) !== undefined).slice(0, MOST_BOXES);
    return this.cover.isCovered(region, near, effort) ? near : undefined;
  }

  /** The rules in the way that stand as early as can be, without those that can be spared. */
  private fewest(region: Region, boxes: readonly Box[], earlier: readonly Placed[], effort: Effort): Box[] {
    let kept = inOrder(boxes);
    for (;;) {
      const last = kept[kept.length - 1].rule.index;
      const before = earlier.filter(({ rule }) => rule.index < last);
      const search = this.search(region, kept[kept.length - 1].rule, before, effort);
      if (search.kind !== 'covered') break;
      kept = inOrder(search.by);
    }
    for (const box of [...kept].reverse()) {
      const others = kept.filter((other) => other !== box);
      if (others.length > 0 && this.cover.isCovered(region, others, effort)) kept = others;
    }
    return kept;
  }
}

export type Search =
  | { readonly kind: 'example'; readonly example: ExampleAction }
  | { readonly kind: 'covered'; readonly by: readonly Box[] }
  | { readonly kind: 'not-found' };

const NOT_FOUND: Search = { kind: 'not-found' };

const NO_POLICY = {
  version: 1n,
  defaults: { risk: 'MEDIUM', approval: 'block' },
  scope: 'global',
  scopeId: '',
  planRules: undefined,
} as const;

function inOrder(boxes: readonly Box[]): Box[] {
  return [...boxes].sort((one, other) => one.rule.index - other.rule.index);
}

function everyAction(shapes: Shapes): Region {
  const [any, notEmpty] = ['*', '?*'].map((pattern) => ({ all: [shapes.shapeOf(parseGlob(pattern))], none: [] }));
  return {
    // Rules never see an agent without a name: they see the text `*`.
    globs: { type: any, target: any, agent: notEmpty },
    minutes: [MINUTES.all],
    days: ALL_DAYS,
    parameters: new Map(),
    tests: new Map(),
    words: { some: [], none: new Set() },
  };
}
