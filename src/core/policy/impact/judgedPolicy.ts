import { MATCH_PARTS, type Approval, type MatchPart, type Policy, type PolicyRule } from '../policy';
import type { PartTest, PartTests } from './partTests';
import { MISSING, NO, YES, type Answers } from './patternAnswers';
import type { Question, Questions } from './question';

/** A rule with its patterns and questions as they are shared by all rules that have the same. */
export interface JudgedRule {
  readonly rule: PolicyRule;
  readonly tests: Readonly<Record<MatchPart, PartTest>>;
  readonly questions: readonly Question[];
}

/** A rule that may decide about an action. */
export interface Candidate {
  readonly rule: JudgedRule;
  /** Patterns for what is not known of the action. */
  readonly open: readonly MatchPart[];
}

/** The texts of an action, by their numbers. */
export type TextNumbers = Readonly<Record<MatchPart, number>>;

/** Where there is no rule: the defaults. */
export const DEFAULTS = -1;

/** Different types of actions whose rules are kept at hand. */
const MOST_TYPES = 5000;

/** The rules that may be for actions of one type, in their order. */
interface RulesOfType {
  readonly rules: readonly JudgedRule[];
  /** Of the answers about targets, the column of each rule. */
  readonly columns: Int32Array;
}

/** A policy that is made ready to be asked about many actions. */
export class JudgedPolicy {
  private readonly rules: readonly JudgedRule[];
  private readonly byType = new Map<number, RulesOfType>();
  private readonly targets: Answers;

  constructor(
    readonly policy: Policy,
    tests: PartTests,
    questions: Questions,
  ) {
    this.targets = tests.answers('target');
    this.rules = policy.rules.map((rule) => {
      const { type, target, agent } = rule.match;
      return {
        rule,
        tests: { type: tests.of('type', type), target: tests.of('target', target), agent: tests.of('agent', agent) },
        questions: questions.of(rule.conditions),
      };
    });
  }

  /** @param rule its index, or DEFAULTS. */
  approval(rule: number): Approval {
    return rule === DEFAULTS ? this.policy.defaults.approval : this.policy.rules[rule].approval;
  }

  /**
   * The rule that decides whatever else is asked: its index, or DEFAULTS; undefined where that depends.
   *
   * @throws TooMuchWork for texts that are too long to be held against patterns.
   */
  certain(texts: TextNumbers): number | undefined {
    const ofType = this.ofType(texts.type);
    const { rules } = ofType;
    const at = this.next(ofType, texts, 0);
    if (at === rules.length) return DEFAULTS;
    return isCertain(rules[at], texts) ? rules[at].rule.index : undefined;
  }

  /** In their order, those whose patterns match as far as is known; up to the first that matches whatever else is asked. Throws likewise. */
  candidates(texts: TextNumbers): readonly Candidate[] {
    const found: Candidate[] = [];
    const ofType = this.ofType(texts.type);
    const { rules } = ofType;
    for (let at = this.next(ofType, texts, 0); at < rules.length; at = this.next(ofType, texts, at + 1)) {
      found.push({ rule: rules[at], open: openParts(rules[at], texts) });
      if (isCertain(rules[at], texts)) break;
    }
    return found;
  }

  /** Where the next rule stands whose patterns match as far as is known, from one place on; behind all where there is none. */
  private next({ rules, columns }: RulesOfType, { target, agent }: TextNumbers, from: number): number {
    const { table, stride } = this.targets;
    const row = target * stride;
    // Most rules are passed over here, for their targets: it is what takes the time where there are many.
    for (let at = from; at < columns.length; at++) {
      if (table[row + columns[at]] === NO) continue;
      const { tests } = rules[at];
      if (tests.target.of(target) !== NO && tests.agent.of(agent) !== NO) return at;
    }
    return rules.length;
  }

  private ofType(type: number): RulesOfType {
    let found = this.byType.get(type);
    if (found === undefined) {
      const rules = this.rules.filter(({ tests }) => tests.type.of(type) !== NO);
      found = { rules, columns: Int32Array.from(rules, ({ tests }) => tests.target.column) };
      if (this.byType.size >= MOST_TYPES) this.byType.clear();
      this.byType.set(type, found);
    }
    return found;
  }
}

const NONE: readonly MatchPart[] = [];

/** Whether a rule whose patterns match as far as is known matches whatever else is asked. */
function isCertain({ questions, tests }: JudgedRule, { type, target, agent }: TextNumbers): boolean {
  return (
    questions.length === 0 &&
    tests.type.of(type) === YES &&
    tests.target.of(target) === YES &&
    tests.agent.of(agent) === YES
  );
}

/** The parts that are not recorded, and asked for by a rule whose other patterns match. */
function openParts({ tests }: JudgedRule, texts: TextNumbers): readonly MatchPart[] {
  if (MATCH_PARTS.every((part) => tests[part].of(texts[part]) === YES)) return NONE;
  return MATCH_PARTS.filter((part) => tests[part].of(texts[part]) === MISSING);
}
