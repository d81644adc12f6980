import { compilePythonRegex } from '../../pythonRegex/compilePythonRegex';
import type { PatternProblem } from '../../pythonRegex/patternProblem';
import { isTooLongPattern } from './patternLength';

/** Characters of patterns that are read for one file: as many as take some tenths of a second. */
const MOST_CHARACTERS = 150_000;

/** What is wrong with the regular expressions of a policy, each found out once. */
export class PatternBook {
  private readonly known = new Map<string, PatternProblem | undefined>();
  private left = MOST_CHARACTERS;

  /**
   * @returns `too-long` where the reference does not search for it, `not-read` where there are too many patterns to read them all;
   * undefined where nothing is wrong.
   */
  problemOf(pattern: string): PatternProblem | 'too-long' | 'not-read' | undefined {
    if (isTooLongPattern(pattern)) return 'too-long';
    if (this.known.has(pattern)) return this.known.get(pattern);
    if (this.left < pattern.length) return 'not-read';
    this.left -= pattern.length;
    const compiled = compilePythonRegex(pattern);
    const problem = 'problem' in compiled ? compiled.problem : undefined;
    this.known.set(pattern, problem);
    return problem;
  }

  /** Whether a pattern never matches. */
  isDead(pattern: string): boolean {
    const problem = this.problemOf(pattern);
    return problem !== undefined && problem !== 'not-read';
  }
}
