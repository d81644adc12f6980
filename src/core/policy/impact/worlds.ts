import { parseGlob } from '../glob';
import { Effort, TooMuchEffort } from '../lint/overlap/effort';
import { Languages, within, without, type Language } from '../lint/overlap/language';
import type { Shape, Shapes } from '../lint/overlap/shape';
import type { MatchPart, PolicyRule } from '../policy';
import type { PyValue } from '../yamlTree';
import type { Missing } from './missing';

/** A question that a record leaves open, and that is answered one way or the other all the same. */
export interface Assumption {
  /** The same for the same question, whoever asks it. */
  readonly id: string;
  readonly missing: Missing;
  readonly rule: PolicyRule;
  /** The key of the condition that asks; undefined where a pattern does. */
  readonly condition: PyValue | undefined;
}

/**
 * Goes through all that may have been the case where a record does not say it: each question that it leaves open is answered yes, and
 * the next time no, unless only one of the two agrees with what was answered before.
 */
export class Worlds {
  private readonly assumed = new Map<string, boolean>();
  private readonly open: Choice[] = [];
  private texts: Readonly<Record<MatchPart, Language>>;

  constructor(private readonly known: KnownLanguages) {
    this.texts = known.anything;
  }

  /** Answers a question of a condition. */
  ask(assumption: Assumption): boolean {
    return this.assumed.get(assumption.id) ?? this.choose(assumption, undefined);
  }

  /** Answers whether a text that is not known matches a pattern. */
  askText(part: MatchPart, shape: Shape, assumption: Assumption): boolean {
    const before = this.assumed.get(assumption.id);
    if (before !== undefined) return before;
    const language = this.texts[part];
    if (this.known.isEmpty(without(language, shape))) return true;
    if (this.known.isEmpty(within(language, shape))) return false;
    return this.choose(assumption, { part, shape });
  }

  private choose(assumption: Assumption, text: Choice['text']): boolean {
    this.open.push({ assumption, text, before: this.texts });
    this.take(this.open.at(-1)!, true);
    return true;
  }

  private take({ assumption, text, before }: Choice, answer: boolean): void {
    this.assumed.set(assumption.id, answer);
    this.texts = before;
    if (text === undefined) return;
    const narrowed = (answer ? within : without)(before[text.part], text.shape);
    this.texts = { ...before, [text.part]: narrowed };
  }

  /** Goes to the next world. @returns the assumption that is another one now; undefined where all were gone through. */
  next(): Assumption | undefined {
    while (this.open.length > 0) {
      const last = this.open.at(-1)!;
      if (this.assumed.get(last.assumption.id) === true) {
        this.take(last, false);
        return last.assumption;
      }
      this.assumed.delete(last.assumption.id);
      this.texts = last.before;
      this.open.pop();
    }
    return undefined;
  }
}

interface Choice {
  readonly assumption: Assumption;
  readonly text: { readonly part: MatchPart; readonly shape: Shape } | undefined;
  /** What the texts could be before it. */
  readonly before: Readonly<Record<MatchPart, Language>>;
}

/** A second or so, for all actions together. */
const MOST_EFFORT = 10_000_000;

/** Tells whether patterns have texts in common; where that would take too long, they count as if they had. */
export class KnownLanguages {
  readonly anything: Readonly<Record<MatchPart, Language>>;
  private readonly languages = new Languages();
  private readonly effort = new Effort(MOST_EFFORT);

  constructor(shapes: Shapes) {
    // An agent that is not known is matched as a text all the same, so that it is never empty.
    const nonEmpty: Language = { all: [], none: [shapes.shapeOf(parseGlob(''))] };
    const any: Language = { all: [], none: [] };
    this.anything = { type: any, target: any, agent: nonEmpty };
  }

  isEmpty(language: Language): boolean {
    try {
      return this.languages.shortestText(language, this.effort.part(50_000)) === undefined;
    } catch (error) {
      if (error instanceof TooMuchEffort) return false;
      throw error;
    }
  }
}
