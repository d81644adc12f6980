import { quantity } from '../../text/quantity';
import { ruleTitle, type PolicyRule } from '../policy';
import type { Diagnostic, Fix, RelatedPlace } from './diagnostic';
import type { LintContext, LintedRule } from './lintContext';
import { ListItems } from './listItems';
import { EarlierRules } from './overlap/earlierRules';
import { Effort } from './overlap/effort';
import { exampleText, type ExampleAction } from './overlap/example';
import { Overlap, type Reach } from './overlap/overlap';
import { isOversized } from './overlap/oversized';
import { partlyTaken, type PartlyTaken } from './overlap/partlyTaken';
import { ruleHead } from './ruleHead';

/** For one file, and for one rule of it: in all some tenths of a second. */
const EFFORT = { file: 160_000, rule: 40_000, partly: 60_000, partlyRule: 10_000 };

/** Earlier rules that are named; of more it is said that there are others. */
const MOST_NAMED = 3;
/** Of rules that are in the way together. */
const MOST_TITLES = 6;

/** Rules that no action gets to, and rules that others take something from. */
export function findShadowed(context: LintContext): void {
  new Shadows(context).find();
}

type Covered = Extract<Reach, { kind: 'covered' }>;

class Shadows {
  private readonly overlap: Overlap;
  private readonly earlier: EarlierRules;
  /** Whether there was a rule that is not looked into, and may take anything. */
  private isBlind = false;
  /** Whether there was one that the loader refuses: what it will take is not known. */
  private hasGap = false;
  private readonly effort = new Effort(EFFORT.file);
  private readonly partlyEffort = new Effort(EFFORT.partly);
  private readonly items: ListItems | undefined;
  /** Rules of which it was not found out. */
  private readonly open: LintedRule[] = [];
  private readonly partlyOpen: LintedRule[] = [];

  constructor(private readonly context: LintContext) {
    this.overlap = new Overlap(context.patterns);
    this.earlier = new EarlierRules(this.overlap.shapes);
    this.items = context.list && new ListItems(context.source, context.list);
  }

  find(): void {
    for (const linted of this.context.rules) {
      // Of a rule that was not read to its end it is not known what it takes.
      if (linted.rule !== undefined && linted.isWhole) this.findOne(linted, linted.rule);
      else this.hasGap = true;
    }
    this.tellOpen(this.open, 'whether any action gets to');
    this.tellOpen(this.partlyOpen, 'whether less strict rules take actions from');
  }

  private findOne(linted: LintedRule, rule: PolicyRule): void {
    this.isBlind ||= isOversized(rule) || this.effort.isSpent;
    if (this.isBlind) {
      this.open.push(linted);
      return;
    }
    const placed = this.overlap.placed(rule);
    // (Of one that can never match there is no more to be found out.)
    const others = placed.box === undefined ? [] : this.earlier.besides(rule);
    this.earlier.add(placed);
    if (others.length === 0) return;
    const reach = this.overlap.reach(placed, others, this.effort.part(EFFORT.rule));
    if (reach.kind === 'covered') this.tellCovered(linted, rule, reach);
    else if (reach.kind === 'unknown' && reach.isGivenUp) this.open.push(linted);
    else if (reach.kind === 'reached' && !this.hasGap) {
      const taken = this.partlyEffort.isSpent
        ? 'given-up'
        : partlyTaken(this.overlap, placed, others, this.partlyEffort.part(EFFORT.partlyRule));
      if (taken === 'given-up') this.partlyOpen.push(linted);
      else if (taken.length > 0) this.tellPartly(linted, rule, taken, reach.example);
    }
  }

  private tellCovered(linted: LintedRule, rule: PolicyRule, { by, isTwin }: Covered): void {
    const takers = listed([
      ...by.slice(0, MOST_TITLES).map(ruleTitle),
      ...(by.length > MOST_TITLES ? [quantity(by.length - MOST_TITLES, 'other')] : []),
    ]);
    const what = isTwin
      ? 'matches the very same'
      : `${by.length === 1 ? 'takes' : 'together take'} all that it matches`;
    const advice = isTwin ? 'Delete one of them.' : 'Move it up, or delete it.';
    const message = `No action gets to this rule: ${takers} ${what}. ${advice}`;
    const related = by.map((other) => this.placeOf(other, `${ruleTitle(other)} comes first.`));
    const isSameVerdict = by.every((other) => other.approval === rule.approval && other.risk === rule.risk);
    // Before the last of them there is room: all of the earlier ones together leave something. Before its twin it would only change places.
    const move = isTwin ? [] : this.moveFix(linted, rule, by[by.length - 1], !isSameVerdict);
    const fixes = [...move, ...this.deleteFix(linted, rule, move.length === 0 || isSameVerdict)];
    this.context.findings.warning('shadowed-rule', { message, span: this.spanOf(linted), related, fixes });
  }

  private tellPartly(
    linted: LintedRule,
    rule: PolicyRule,
    taken: readonly PartlyTaken[],
    reaching: ExampleAction,
  ): void {
    const [{ rule: first, example }] = taken;
    const isTimed = asksTheTime(rule) || taken.some((each) => asksTheTime(each.rule));
    const named = taken.slice(0, MOST_NAMED).map((each) => ruleTitle(each.rule));
    const takers = capital(listed(taken.length > MOST_NAMED ? [...named, 'others'] : named));
    const message = `${takers} ${taken.length === 1 ? 'takes' : 'take'} some of the actions that this rule matches, and ${taken.length === 1 ? 'is' : 'are'} less strict: ${exampleText(example, isTimed)} is decided by ${ruleTitle(first)} (${verdict(first)}) and not here (${verdict(rule)}), while ${exampleText(reaching, isTimed)} gets here.`;
    const related = taken
      .slice(0, MOST_NAMED)
      .map((each) =>
        this.placeOf(each.rule, `${capital(ruleTitle(each.rule))} decides on ${exampleText(each.example, isTimed)}.`),
      );
    const fixes = this.moveFix(linted, rule, first, true);
    this.context.findings.information('shadowed-rule', { message, span: this.spanOf(linted), related, fixes });
  }

  private moveFix(linted: LintedRule, rule: PolicyRule, before: PolicyRule, isPreferred: boolean): Fix[] {
    const edits = this.items?.moveBefore(linted.index, before.index);
    if (edits === undefined) return [];
    return [{ title: `Move ${ruleTitle(rule)} before ${ruleTitle(before)}`, edits, isPreferred, isSafe: false }];
  }

  private deleteFix(linted: LintedRule, rule: PolicyRule, isPreferred: boolean): Fix[] {
    const edits = this.items?.deletion(linted.index);
    return edits === undefined ? [] : [{ title: `Delete ${ruleTitle(rule)}`, edits, isPreferred, isSafe: false }];
  }

  private placeOf(rule: PolicyRule, message: string): RelatedPlace {
    return { span: ruleHead(this.context, this.context.rules[rule.index]), message: capital(message) };
  }

  private spanOf(linted: LintedRule): Diagnostic['span'] {
    return ruleHead(this.context, linted);
  }

  private tellOpen(open: readonly LintedRule[], what: string): void {
    if (open.length === 0) return;
    const rules =
      open.length === 1 ? `rule ${open[0].index + 1}` : `${quantity(open.length, 'rule')}, the first of them this one`;
    const message = `It would take too long to find out ${what} ${rules}. Nothing is said about that.`;
    this.context.findings.information('lint-limit', { message, span: this.spanOf(open[0]) });
  }
}

function verdict({ approval, risk }: PolicyRule): string {
  return `${approval}, ${risk.toLowerCase()}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

function capital(sentence: string): string {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}

function asksTheTime({ conditions }: PolicyRule): boolean {
  const keys = ['time_after', 'time_before', 'weekdays'];
  return conditions.kind === 'all' && conditions.conditions.some(({ key }) => keys.some((each) => each === key));
}
