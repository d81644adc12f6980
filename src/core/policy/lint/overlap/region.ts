import { wordsOfAction } from '../../conditions/semantic';
import type { MatchPart } from '../../policy';
import { Work } from '../../pyError';
import { PY_NOTHING } from '../../pyValues';
import type { PyValue } from '../../yamlTree';
import type { Constraint, ParameterTest } from './constraint';
import type { Effort } from './effort';
import { textOf, within, without, type Language, type Languages } from './language';
import { ANY_VALUE, both, isNone, less, type ParameterSet } from './parameterSet';
import { complement, intersection, type Order, type Ranges } from './ranges';

/** Actions, with the time at which they are judged, that are alike in what is asked of them. */
export interface Region {
  readonly globs: Readonly<Record<MatchPart, Language>>;
  readonly minutes: Ranges<number>;
  readonly days: number;
  readonly parameters: ReadonlyMap<string, { readonly parameter: PyValue; readonly set: ParameterSet }>;
  readonly tests: ReadonlyMap<string, { readonly test: ParameterTest; readonly passes: boolean }>;
  readonly words: {
    /** Of each of these sets the actions have a word … */
    readonly some: readonly ReadonlySet<string>[];
    /** … and of these words none. */
    readonly none: ReadonlySet<string>;
  };
}

export const MINUTES: Order<number> = {
  compare: (a, b) => a - b,
  all: { low: { value: 0, isIn: true }, high: { value: 24 * 60, isIn: false } },
};

export const ALL_DAYS = 0b1111111;

/** Regions, cut by constraints. */
export class Regions {
  constructor(
    private readonly languages: Languages,
    readonly everything: Region,
  ) {}

  /**
   * The part of a region for which a constraint holds; undefined where there is none.
   *
   * @throws TooMuchEffort
   */
  inside(region: Region, constraint: Constraint, effort: Effort): Region | undefined {
    effort.spend();
    switch (constraint.kind) {
      case 'glob': {
        const language = within(region.globs[constraint.part], constraint.shape);
        return this.withLanguage(region, constraint.part, language, effort);
      }
      case 'time':
        return withMinutes(region, intersection(MINUTES, region.minutes, constraint.minutes));
      case 'days':
        return withDays(region, region.days & constraint.days);
      case 'parameter':
        return withParameter(region, constraint, both(parameterSet(region, constraint.key), constraint.set));
      case 'test':
        return withTest(region, constraint.test, true);
      case 'words':
        return withWords(region, { ...region.words, some: [...region.words.some, constraint.words] });
    }
  }

  /**
   * The part for which it does not hold.
   *
   * @throws TooMuchEffort
   */
  outside(region: Region, constraint: Constraint, effort: Effort): Region | undefined {
    effort.spend();
    switch (constraint.kind) {
      case 'glob': {
        const language = without(region.globs[constraint.part], constraint.shape);
        return this.withLanguage(region, constraint.part, language, effort);
      }
      case 'time': {
        const others = complement(MINUTES, constraint.minutes);
        return withMinutes(region, intersection(MINUTES, region.minutes, others));
      }
      case 'days':
        return withDays(region, region.days & ~constraint.days);
      case 'parameter':
        return withParameter(region, constraint, less(parameterSet(region, constraint.key), constraint.set));
      case 'test':
        return withTest(region, constraint.test, false);
      case 'words':
        if (hasWordAnyway(region, constraint.words)) return undefined;
        return withWords(region, { ...region.words, none: new Set([...region.words.none, ...constraint.words]) });
    }
  }

  private withLanguage(region: Region, part: MatchPart, language: Language, effort: Effort): Region | undefined {
    if (language === region.globs[part]) return region;
    if (this.languages.shortestText(language, effort) === undefined) return undefined;
    return { ...region, globs: { ...region.globs, [part]: language } };
  }
}

function withMinutes(region: Region, minutes: Ranges<number>): Region | undefined {
  return minutes.length === 0 ? undefined : { ...region, minutes };
}

function withDays(region: Region, days: number): Region | undefined {
  return days === 0 ? undefined : { ...region, days };
}

export function parameterSet({ parameters }: Region, key: string): ParameterSet {
  return parameters.get(key)?.set ?? ANY_VALUE;
}

function withParameter(
  region: Region,
  { key, parameter }: { readonly key: string; readonly parameter: PyValue },
  set: ParameterSet,
): Region | undefined {
  if (isNone(set)) return undefined;
  return { ...region, parameters: new Map(region.parameters).set(key, { parameter, set }) };
}

function withTest(region: Region, test: ParameterTest, passes: boolean): Region | undefined {
  const known = region.tests.get(test.id);
  if (known !== undefined) return known.passes === passes ? region : undefined;
  return { ...region, tests: new Map(region.tests).set(test.id, { test, passes }) };
}

/** Whether one of some words is in the type or target of all actions of a region. */
function hasWordAnyway({ globs }: Region, words: ReadonlySet<string>): boolean {
  return [globs.type, globs.target].some(({ all }) => {
    const text = all.find((shape) => shape.text !== undefined)?.text;
    if (text === undefined) return false;
    const type = textOf(text);
    const own = wordsOfAction({ type, target: '', description: '', agent: null, params: PY_NOTHING }, new Work());
    return [...words].some((word) => own.has(word));
  });
}

/** Whether an action can have a word and none of others; who has a word has the parts between its underscores, too. */
export function isFree(word: string, none: ReadonlySet<string>): boolean {
  return !none.has(word) && !word.split('_').some((part) => none.has(part));
}

function withWords(region: Region, words: Region['words']): Region | undefined {
  const isPossible = words.some.every((set) => [...set].some((word) => isFree(word, words.none)));
  return isPossible ? { ...region, words } : undefined;
}
