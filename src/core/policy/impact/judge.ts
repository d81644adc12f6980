import type { RegexSearch } from '../conditions/condition';
import { evaluationError } from '../evaluate';
import { Shapes } from '../lint/overlap/shape';
import { ruleTitle, type Approval, type MatchPart, type Policy } from '../policy';
import { TooMuchWork } from '../pyError';
import { shownValue } from '../shownValue';
import { Cases } from './cases';
import { changeOf, type ChangeKind } from './change';
import { DEFAULTS, JudgedPolicy, type Candidate, type JudgedRule, type Texts } from './judgedPolicy';
import { KnownAction } from './knownAction';
import { Questions, type Answer, type Question } from './question';
import type { RecordedAction } from './recordedAction';
import { KnownLanguages, Worlds, type Assumption } from './worlds';

/** What two policies make of a recorded action. */
export interface Judged {
  readonly kind: ChangeKind;
  readonly before: Outcome;
  readonly after: Outcome;
  /** Why it is not evaluable: a sentence. */
  readonly reason: string | undefined;
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

/** Different actions whose rules are kept at hand. */
const MOST_CASES = 50_000;

/** Holds recorded actions against two policies, which may be the same. */
export class Judge {
  private readonly before: JudgedPolicy;
  private readonly after: JudgedPolicy;
  private readonly languages: KnownLanguages;
  private readonly isAsked: Readonly<Record<'target' | 'agent', boolean>>;
  /** Actions of the same type, target and agent have the same rules to be asked about. */
  private readonly cases: Cases<Case>;

  constructor(
    before: Policy,
    after: Policy,
    private readonly regex: RegexSearch,
  ) {
    const shapes = new Shapes();
    const questions = new Questions();
    this.before = new JudgedPolicy(before, shapes, questions);
    this.after = after === before ? this.before : new JudgedPolicy(after, shapes, questions);
    this.languages = new KnownLanguages(shapes);
    const isAsked = (part: MatchPart): boolean => this.before.asksFor(part) || this.after.asksFor(part);
    this.isAsked = { target: isAsked('target'), agent: isAsked('agent') };
    this.cases = new Cases<Case>(['type', ...(['target', 'agent'] as const).filter(isAsked)], MOST_CASES);
  }

  judge(action: RecordedAction): Judged {
    try {
      const texts = this.textsOf(action);
      const found = this.cases.of(texts, () => this.newCase(texts));
      if (found.judged !== undefined) return found.judged;
      return this.judgeCase(found, new Answers(new KnownAction(action, this.regex)));
    } catch (error) {
      if (error instanceof TooMuchWork) return notEvaluable(TOO_LONG);
      if (error instanceof Undecided) return notEvaluable(error.message);
      throw error;
    }
  }

  /** What no rule asks for makes no difference. */
  private textsOf({ type, target, agent }: RecordedAction): Texts {
    return {
      type,
      target: this.isAsked.target ? target : null,
      agent: this.isAsked.agent && agent !== '' ? agent : null,
    };
  }

  private newCase(texts: Texts): Case {
    const before = this.before.candidates(texts);
    const after = this.after === this.before ? before : this.after.candidates(texts);
    const [one, other] = [certain(before), certain(after)];
    if (one === undefined || other === undefined) return { before, after, judged: undefined };
    return { before, after, judged: this.compared(one, other) };
  }

  private compared(before: number, after: number): Judged {
    const [one, other] = [this.before.approval(before), this.after.approval(after)];
    return {
      kind: changeOf(one, other),
      before: { rule: before, approval: one },
      after: { rule: after, approval: other },
      reason: undefined,
    };
  }

  /** Whatever the record leaves open is taken both ways; what comes of it all the same is known. */
  private judgeCase({ before, after }: Case, answers: Answers): Judged {
    const worlds = new Worlds(this.languages);
    let judged: Judged | undefined;
    for (let count = 0, changed: Assumption | undefined; judged === undefined || changed !== undefined; count++) {
      if (count === MOST_WORLDS) return notEvaluable(reasonOf(changed!));
      const one = decide(before, answers, worlds);
      const other = this.compared(one, before === after ? one : decide(after, answers, worlds));
      if (judged !== undefined && judged.kind !== other.kind) return notEvaluable(reasonOf(changed!));
      judged = judged === undefined ? other : either(judged, other);
      changed = worlds.next();
    }
    return judged;
  }
}

interface Case {
  readonly before: readonly Candidate[];
  readonly after: readonly Candidate[];
  /** Where nothing depends on anything else. */
  readonly judged: Judged | undefined;
}

/** The rule that decides whatever else is asked; undefined where that depends. */
function certain([first]: readonly Candidate[]): number | undefined {
  if (first === undefined) return DEFAULTS;
  return first.open.length === 0 && first.rule.questions.length === 0 ? first.rule.rule.index : undefined;
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
    const { missing } = answer;
    return worlds.ask({ id: String(question.id), missing, rule, condition: question.condition });
  }
}

/** A policy has no decision. */
class Undecided extends Error {}

function textAssumption(part: MatchPart, { rule, tests }: JudgedRule): Assumption {
  return { id: `${part} ${tests[part].shape.id}`, missing: `Its ${part} is not recorded`, rule, condition: undefined };
}

function reasonOf({ missing, rule, condition }: Assumption): string {
  const by = condition === undefined ? '' : ` in ${shownValue(condition)}`;
  return `${missing}, and ${ruleTitle(rule)} asks for it${by}.`;
}

function notEvaluable(reason: string): Judged {
  const nobody: Outcome = { rule: UNKNOWN, approval: undefined };
  return { kind: 'not_evaluable', before: nobody, after: nobody, reason };
}

/** What is the same in both. */
function either(one: Judged, other: Judged): Judged {
  return { ...one, before: common(one.before, other.before), after: common(one.after, other.after) };
}

function common(one: Outcome, other: Outcome): Outcome {
  return {
    rule: one.rule === other.rule ? one.rule : UNKNOWN,
    approval: one.approval === other.approval ? one.approval : undefined,
  };
}

const TOO_LONG = 'Its texts are too long to be held against the patterns of the policy.';
