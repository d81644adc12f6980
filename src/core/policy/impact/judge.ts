import type { RegexSearch } from '../conditions/condition';
import { evaluationError } from '../evaluate';
import { Shapes } from '../lint/overlap/shape';
import { ruleTitle, type Approval, type MatchPart, type Policy } from '../policy';
import { TooMuchWork } from '../pyError';
import { shownValue } from '../shownValue';
import { changeOf, type ChangeKind } from './change';
import { DEFAULTS, JudgedPolicy, type Candidate, type JudgedRule } from './judgedPolicy';
import { KnownAction } from './knownAction';
import { missingText, type MissingPart } from './missing';
import { textsOf } from './numberedTexts';
import { PartTests } from './partTests';
import type { PatternAnswers } from './patternAnswers';
import { Questions, type Answer, type Question } from './question';
import type { RecordedActions } from './recordedAction';
import { KnownLanguages, Worlds, type Assumption } from './worlds';

/** What two policies make of a recorded action. */
export interface Judged {
  readonly kind: ChangeKind;
  readonly before: Outcome;
  readonly after: Outcome;
  /** Why it is not evaluable: a sentence. */
  readonly reason: string | undefined;
  /** What the record would have to have; left out where nothing is missing, or no record could help. */
  readonly missing?: MissingPart;
}

/** A decision as far as the record tells. */
export interface Outcome {
  /** The rule's index, DEFAULTS, or UNKNOWN where it may have been several, or none could decide. */
  readonly rule: number;
  /** undefined where it may be several. */
  readonly approval: Approval | undefined;
}

export const UNKNOWN = -2;

/** Ways in which what is missing can have been, of which so many are gone through for one action. */
const MOST_WORLDS = 500;

/** Holds recorded actions against two policies, which may be the same. */
export class Judge {
  private readonly before: JudgedPolicy;
  private readonly after: JudgedPolicy;
  private readonly languages: KnownLanguages;
  private readonly texts: PartTests['texts'];
  /** What is compared of two rules, by the number of the pair. */
  private readonly pairs = new Map<number, Judged>();

  constructor(
    before: Policy,
    after: Policy,
    private readonly actions: RecordedActions,
    private readonly regex: RegexSearch,
    answers: PatternAnswers,
  ) {
    const shapes = new Shapes();
    const questions = new Questions();
    const tests = new PartTests([before, after], textsOf(actions), answers, shapes);
    this.texts = tests.texts;
    this.before = new JudgedPolicy(before, tests, questions);
    this.after = after === before ? this.before : new JudgedPolicy(after, tests, questions);
    this.languages = new KnownLanguages(shapes);
  }

  /** @param position of the action. */
  judge(position: number): Judged {
    try {
      const { type, target, agent } = this.texts;
      const numbers = {
        type: type.numberAt(position),
        target: target.numberAt(position),
        agent: agent.numberAt(position),
      };
      const { before, after } = this;
      const one = before.certain(numbers);
      const other = after === before ? one : after.certain(numbers);
      if (one !== undefined && other !== undefined) return this.compared(one, other);
      const rules = before.candidates(numbers);
      const answers = new Answers(new KnownAction(this.actions.at(position), this.regex));
      return this.judgeAsking(rules, after === before ? rules : after.candidates(numbers), answers);
    } catch (error) {
      if (error instanceof TooMuchWork) return notEvaluable(TOO_LONG, undefined);
      if (error instanceof Undecided) return notEvaluable(error.message, undefined);
      throw error;
    }
  }

  private compared(before: number, after: number): Judged {
    // DEFAULTS is -1.
    const pair = (before + 1) * (this.after.policy.rules.length + 1) + after + 1;
    let judged = this.pairs.get(pair);
    if (judged === undefined) {
      const [one, other] = [this.before.approval(before), this.after.approval(after)];
      judged = {
        kind: changeOf(one, other),
        before: { rule: before, approval: one },
        after: { rule: after, approval: other },
        reason: undefined,
      };
      this.pairs.set(pair, judged);
    }
    return judged;
  }

  /** Whatever the record leaves open is taken both ways; what comes of it all the same is known. */
  private judgeAsking(before: readonly Candidate[], after: readonly Candidate[], answers: Answers): Judged {
    const worlds = new Worlds(this.languages);
    let judged: Judged | undefined;
    for (let count = 0, changed: Assumption | undefined; judged === undefined || changed !== undefined; count++) {
      if (count === MOST_WORLDS) return undecided(changed!);
      const one = decide(before, answers, worlds);
      const other = this.compared(one, before === after ? one : decide(after, answers, worlds));
      if (judged !== undefined && judged.kind !== other.kind) return undecided(changed!);
      judged = judged === undefined ? other : either(judged, other);
      changed = worlds.next();
    }
    return judged;
  }
}

function decide(candidates: readonly Candidate[], answers: Answers, worlds: Worlds): number {
  for (const { rule, open } of candidates) {
    const matches =
      open.every((part) => worlds.askText(part, rule.tests[part].shape, textAssumption(part, rule))) &&
      rule.questions.every((question) => answers.to(question, rule, worlds));
    if (matches) return rule.rule.index;
  }
  return DEFAULTS;
}

/** Answers of one action; each question is asked once, whichever rules ask it. */
class Answers {
  private readonly known = new Map<number, Answer>();

  constructor(private readonly action: KnownAction) {}

  /** @throws Undecided where the condition cannot be evaluated. */
  to(question: Question, { rule }: JudgedRule, worlds: Worlds): boolean {
    let answer = this.known.get(question.id);
    if (answer === undefined) {
      try {
        answer = question.ask(this.action);
      } catch (error) {
        throw new Undecided(evaluationError(rule, question.condition, error).sentence);
      }
      this.known.set(question.id, answer);
    }
    if (typeof answer === 'boolean') return answer;
    return worlds.ask({ id: String(question.id), missing: answer, rule, condition: question.condition });
  }
}

/** A policy has no decision. */
class Undecided extends Error {}

function textAssumption(part: MatchPart, { rule, tests }: JudgedRule): Assumption {
  return { id: `${part} ${tests[part].shape.id}`, missing: missingText(part), rule, condition: undefined };
}

/** It depends on what is missing in the record. */
function undecided({ missing, rule, condition }: Assumption): Judged {
  const by = condition === undefined ? '' : ` in ${shownValue(condition)}`;
  return notEvaluable(`${missing.clause}, and ${ruleTitle(rule)} asks for it${by}.`, missing.what);
}

function notEvaluable(reason: string, missing: MissingPart | undefined): Judged {
  const judged: Judged = { kind: 'not_evaluable', before: NOBODY, after: NOBODY, reason };
  return missing === undefined ? judged : { ...judged, missing };
}

const NOBODY: Outcome = { rule: UNKNOWN, approval: undefined };

/** What is the same in both. */
function either(one: Judged, other: Judged): Judged {
  if (one === other) return one;
  return { ...one, before: common(one.before, other.before), after: common(one.after, other.after) };
}

function common(one: Outcome, other: Outcome): Outcome {
  return {
    rule: one.rule === other.rule ? one.rule : UNKNOWN,
    approval: one.approval === other.approval ? one.approval : undefined,
  };
}

const TOO_LONG = 'Its texts are too long to be held against the patterns of the policy.';
