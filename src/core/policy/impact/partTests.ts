import type { Shape, Shapes } from '../lint/overlap/shape';
import { MATCH_PARTS, type MatchPart, type Pattern, type Policy } from '../policy';
import { MISSING, NO, NOT_KEPT, YES, type Answers, type Match, type PatternAnswers } from './patternAnswers';
import type { PyValue } from '../yamlTree';
import type { NumberedTexts } from './recordedAction';
import { LatestPoints, TextTest } from './textTest';

/** A pattern for one part of actions, held against the texts of a history by their numbers: each only once, where there is room. */
export class PartTest {
  private readonly test: TextTest;
  /** Of the answers. */
  readonly column: number;

  constructor(
    readonly shape: Shape,
    written: PyValue,
    private readonly shared: PartAnswers,
  ) {
    this.test = new TextTest(shape);
    const known = typeof written === 'string' ? shared.answers.columns.get(written) : undefined;
    this.column = known ?? NOT_KEPT;
  }

  /** @throws TooMuchWork for a text that is too long to be held against the pattern. */
  of(number: number): Match {
    if (this.test.isEverything) return YES;
    if (this.column === NOT_KEPT) return this.find(number);
    const { table, stride } = this.shared.answers;
    const at = number * stride + this.column;
    const known = table[at];
    // (A number that came later has no row.)
    if (known !== 0 && known !== undefined) return known as Match;
    return (table[at] = this.find(number));
  }

  private find(number: number): Match {
    const { texts, part, points } = this.shared;
    const text = texts.textOf(number);
    if (text === null || (text === '' && part === 'agent')) return MISSING;
    return this.test.matches(text, points) ? YES : NO;
  }
}

/** What the tests of one part share. */
export interface PartAnswers {
  readonly part: MatchPart;
  readonly texts: NumberedTexts;
  readonly answers: Answers;
  readonly points: LatestPoints;
}

/** The tests of policies that are held against one history; of patterns that are alike there is one for each part. */
export class PartTests {
  private readonly tests: Readonly<Record<MatchPart, Map<Shape, PartTest>>> = {
    type: new Map(),
    target: new Map(),
    agent: new Map(),
  };
  private readonly shared: Readonly<Record<MatchPart, PartAnswers>>;

  constructor(
    policies: readonly Policy[],
    readonly texts: Readonly<Record<MatchPart, NumberedTexts>>,
    answers: PatternAnswers,
    private readonly shapes: Shapes,
  ) {
    const shared = MATCH_PARTS.map((part): [MatchPart, PartAnswers] => {
      const written = policies.flatMap(({ rules }) => rules.map(({ match }) => match[part].value));
      const patterns = new Set(written.filter((value) => typeof value === 'string' && value !== '*') as string[]);
      const points = new LatestPoints();
      return [part, { part, texts: texts[part], answers: answers.of(part, patterns, texts[part].count), points }];
    });
    this.shared = Object.fromEntries(shared) as Record<MatchPart, PartAnswers>;
  }

  of(part: MatchPart, { glob, value }: Pattern): PartTest {
    const shape = this.shapes.shapeOf(glob);
    let test = this.tests[part].get(shape);
    if (test === undefined) {
      test = new PartTest(shape, value, this.shared[part]);
      this.tests[part].set(shape, test);
    }
    return test;
  }

  answers(part: MatchPart): Answers {
    return this.shared[part].answers;
  }
}
