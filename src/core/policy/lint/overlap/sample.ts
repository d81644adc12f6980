import type { RegexSearch } from '../../conditions/condition';
import { parameterCondition } from '../../conditions/parameters';
import { codePoints, parseGlob } from '../../glob';
import type { MatchPart } from '../../policy';
import { prepareAction } from '../../prepareAction';
import { PyError, TooMuchWork, Work } from '../../pyError';
import type { PyMapping, PyValue } from '../../yamlTree';
import type { ParameterTest } from './constraint';
import type { Effort } from './effort';
import type { ExampleAction } from './example';
import { holds, textOf, within, type Languages } from './language';
import { isFree, parameterSet, type Region } from './region';
import { valuesToTry } from './sampleValues';
import type { Shapes } from './shape';

const MINUTE = 60_000_000;
const DAY = 24 * 60 * MINUTE;
/** 5 January 2026, a Monday, 00:00 UTC. */
const MONDAY = 20_458 * DAY;
const NOON = 12 * 60;

/** What comparing one example may take. */
const MOST_STEPS = 200_000;

/** Texts that are shown where any would do. */
const WORDS: Readonly<Record<MatchPart, string>> = { type: 'any_action', target: 'anything', agent: '*' };

/** Makes examples of what is in a region. */
export class Sampler {
  private readonly notEmpty;

  constructor(
    private readonly languages: Languages,
    shapes: Shapes,
    private readonly regex: RegexSearch,
  ) {
    this.notEmpty = shapes.shapeOf(parseGlob('?*'));
  }

  /**
   * An action of a region; undefined where none is found, which does not mean that there is none.
   *
   * @throws TooMuchEffort
   */
  sample(region: Region, effort: Effort): ExampleAction | undefined {
    const params = this.parameters(region);
    if (params === undefined) return undefined;
    const [type, target, agent] = (['type', 'target', 'agent'] as const).map((part) => this.text(region, part, effort));
    const day = Math.floor(Math.log2(region.days & -region.days));
    const description = region.words.some.map((words) => [...words].find((word) => isFree(word, region.words.none)));
    return {
      action: { type, target, agent: agent === '*' ? null : agent, params, description: description.join(' ') },
      clock: MONDAY + day * DAY + minuteIn(region) * MINUTE,
    };
  }

  private text({ globs }: Region, part: MatchPart, effort: Effort): string {
    const language = globs[part];
    if (holds(language, codePoints(WORDS[part]))) return WORDS[part];
    const points =
      this.languages.shortestText(within(language, this.notEmpty), effort) ??
      this.languages.shortestText(language, effort) ??
      [];
    return textOf(points);
  }

  private parameters(region: Region): PyMapping | undefined {
    const entries: [PyValue, PyValue][] = [];
    for (const [key, { parameter, tests }] of askedFor(region)) {
      const set = parameterSet(region, key);
      const passed = tests.filter(({ passes }) => passes).map(({ test }) => test);
      if (set.missing && passed.length === 0) continue;
      const value = valuesToTry(set, passed).find((each) => tests.every((test) => this.answers(test, parameter, each)));
      if (value === undefined) return undefined;
      entries.push([parameter, value]);
    }
    return { kind: 'mapping', entries };
  }

  /** Whether a test has the answer for a value that it should have. */
  private answers({ test, passes }: Tested, parameter: PyValue, value: PyValue): boolean {
    const { operator, expected } = test;
    const { check } = parameterCondition(operator, { kind: 'mapping', entries: [[parameter, expected]] });
    const params: PyMapping = { kind: 'mapping', entries: [[parameter, value]] };
    const action = prepareAction({ type: '', target: '', agent: null, description: '', params });
    try {
      const mismatch = check({ action, clock: 0, regex: this.regex, work: new Work(MOST_STEPS) });
      return (mismatch === undefined) === passes;
    } catch (error) {
      // An example that fails where it is judged is none.
      if (error instanceof PyError || error instanceof TooMuchWork) return false;
      throw error;
    }
  }
}

interface Tested {
  readonly test: ParameterTest;
  readonly passes: boolean;
}

/** The parameters that a region says something of. */
function askedFor({ parameters, tests }: Region): Map<string, { parameter: PyValue; tests: Tested[] }> {
  const all = new Map<string, { parameter: PyValue; tests: Tested[] }>();
  for (const [key, { parameter }] of parameters) all.set(key, { parameter, tests: [] });
  for (const tested of tests.values()) {
    const { key, parameter } = tested.test;
    const known = all.get(key) ?? { parameter, tests: [] };
    known.tests.push(tested);
    all.set(key, known);
  }
  return all;
}

function minuteIn({ minutes }: Region): number {
  const isNoon = minutes.some(({ low, high }) => low.value! <= NOON && NOON < high.value!);
  return isNoon ? NOON : minutes[0].low.value!;
}
