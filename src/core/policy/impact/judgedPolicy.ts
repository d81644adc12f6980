import type { Shape, Shapes } from '../lint/overlap/shape';
import type { Approval, MatchPart, Pattern, Policy, PolicyRule } from '../policy';
import type { Question, Questions } from './question';
import { TextTest } from './textTest';

/** A rule with its patterns and questions as they are shared by all rules that have the same. */
export interface JudgedRule {
  readonly rule: PolicyRule;
  readonly tests: Readonly<Record<MatchPart, TextTest>>;
  readonly questions: readonly Question[];
}

/** A rule that may decide about an action. */
export interface Candidate {
  readonly rule: JudgedRule;
  /** Patterns for what is not known of the action. */
  readonly open: readonly MatchPart[];
}

export type Texts = Readonly<Record<MatchPart, string | null>>;

/** Where there is no rule: the defaults. */
export const DEFAULTS = -1;

/** Different types of actions whose rules are kept at hand. */
const MOST_TYPES = 5000;

/** A policy that is made ready to be asked about many actions. */
export class JudgedPolicy {
  private readonly rules: readonly JudgedRule[];
  private readonly byType = new Map<string, readonly JudgedRule[]>();

  constructor(
    readonly policy: Policy,
    shapes: Shapes,
    questions: Questions,
  ) {
    const tests = new Map<Shape, TextTest>();
    const testOf = ({ glob }: Pattern): TextTest => {
      const shape = shapes.shapeOf(glob);
      let test = tests.get(shape);
      if (test === undefined) tests.set(shape, (test = new TextTest(shape)));
      return test;
    };
    this.rules = policy.rules.map((rule) => {
      const { type, target, agent } = rule.match;
      return {
        rule,
        tests: { type: testOf(type), target: testOf(target), agent: testOf(agent) },
        questions: questions.of(rule.conditions),
      };
    });
  }

  /** Whether any rule has a pattern for a part of actions that does not match all of them. */
  asksFor(part: MatchPart): boolean {
    return this.rules.some(({ tests }) => !tests[part].isEverything);
  }

  /** @param rule its index, or DEFAULTS. */
  approval(rule: number): Approval {
    return rule === DEFAULTS ? this.policy.defaults.approval : this.policy.rules[rule].approval;
  }

  /**
   * In their order, those whose patterns match as far as is known; up to the first that matches whatever else is asked.
   *
   * @throws TooMuchWork for texts that are too long to be held against patterns.
   */
  candidates(texts: Texts): readonly Candidate[] {
    const found: Candidate[] = [];
    for (const rule of this.ofType(texts.type)) {
      const open = openParts(rule, texts);
      if (open === undefined) continue;
      found.push({ rule, open });
      if (open.length === 0 && rule.questions.length === 0) break;
    }
    return found;
  }

  private ofType(type: string | null): readonly JudgedRule[] {
    if (type === null) return this.rules;
    let rules = this.byType.get(type);
    if (rules === undefined) {
      rules = this.rules.filter(({ tests }) => tests.type.isEverything || tests.type.matches(type));
      if (this.byType.size >= MOST_TYPES) this.byType.clear();
      this.byType.set(type, rules);
    }
    return rules;
  }
}

const NONE: readonly MatchPart[] = [];

/** The patterns for what is not known; undefined where another one does not match. (That of a known type was asked already.) */
function openParts({ tests }: JudgedRule, { type, target, agent }: Texts): readonly MatchPart[] | undefined {
  const { target: ofTarget, agent: ofAgent } = tests;
  let open = NONE;
  if (type === null && !tests.type.isEverything) open = ['type'];
  if (!ofTarget.isEverything) {
    if (target === null) open = [...open, 'target'];
    else if (!ofTarget.matches(target)) return undefined;
  }
  if (!ofAgent.isEverything) {
    if (agent === null) open = [...open, 'agent'];
    else if (!ofAgent.matches(agent)) return undefined;
  }
  return open;
}
