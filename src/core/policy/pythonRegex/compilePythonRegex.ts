import { backtrackProgramOf, type Instruction } from './backtrackProgram';
import { Backtracker } from './backtracker';
import { checkPattern } from './checkPattern';
import { parsePattern, type ParsedPattern } from './parsePattern';
import { InvalidPattern, UndecidedPattern, type PatternProblem } from './patternProblem';
import { OutOfSteps, searchTextOf, Steps, type SearchText } from './searchText';
import { SearchStart } from './searchStart';
import { hasFewStates, isRegular, stateProgramOf } from './stateProgram';
import { StateScan } from './stateScan';

/** `too-long`: what Python would say was not found out within the steps that a search may take. */
export type SearchResult = 'found' | 'not-found' | 'too-long';

export interface PythonRegex {
  /** Whether something in the text matches, as Python's `re.search` finds it. Comes to an end for any pattern and text. */
  search(text: string): SearchResult;
}

/** Some tenths of a second, for one search. */
const MAX_SCAN_STEPS = 10_000_000;
const MAX_BACKTRACK_STEPS = 2_000_000;
const MAX_SECOND_STEPS = 200_000;

/**
 * A pattern of Python 3.11's `re`, to be searched for as Python would: the same patterns are refused in the same words, and
 * the same is found, to the letter of what Python's own optimisations do.
 *
 * Patterns without memory (no references, conditions, atomic groups and possessive repeats) are matched in time linear in
 * the text, lookarounds included. For others all ways are tried as Python tries them, up to a number of steps.
 *
 * What differs: of names in `\N{…}` only common ones are known, and a search for another is `too-long`. How deep groups
 * may be nested (to 494 here) hangs in Python on the calling program. Where Python stops with a SystemError ("The span of
 * capturing group is wrong", an error of its own with possessive repeats), something is found here. In messages, characters
 * that came after Unicode 14 are not escaped.
 */
export function compilePythonRegex(pattern: string): PythonRegex | { readonly problem: PatternProblem } {
  try {
    const parsed = parsePattern(pattern);
    checkPattern(parsed);
    return new ParsedRegex(parsed);
  } catch (error) {
    if (error instanceof InvalidPattern) return { problem: problemOf(error, pattern) };
    // Whether Python takes the pattern is not known.
    if (error instanceof UndecidedPattern || isOutOfStack(error)) return { search: () => 'too-long' };
    throw error;
  }
}

/** Patterns nested by the hundreds, asked for by a program that has little of its own stack left. */
function isOutOfStack(error: unknown): boolean {
  return error instanceof RangeError;
}

function problemOf({ message, place, position, raises }: InvalidPattern, pattern: string): PatternProblem {
  const before = Array.from(pattern).slice(0, place).join('');
  return { message, position, offset: before.length, raises };
}

/** Looks for a match in a text. @throws OutOfSteps */
type Searcher = (text: SearchText) => boolean;

class ParsedRegex implements PythonRegex {
  /** Made when first needed: a pattern that is only checked needs none. */
  private searcher: Searcher | undefined;

  constructor(private readonly parsed: ParsedPattern) {}

  search(text: string): SearchResult {
    if (text.length > MAX_SCAN_STEPS) return 'too-long';
    try {
      const points = searchTextOf(text);
      if (points.length < this.parsed.sequence.width.min) return 'not-found';
      this.searcher ??= searcherOf(this.parsed);
      return this.searcher(points) ? 'found' : 'not-found';
    } catch (error) {
      if (error instanceof OutOfSteps || isOutOfStack(error)) return 'too-long';
      throw error;
    }
  }
}

function searcherOf(parsed: ParsedPattern): Searcher {
  const start = new SearchStart(parsed);
  const backtracking = backtrackingSearcher(parsed, start);
  if (!isRegular(parsed.sequence) || !hasFewStates(parsed.sequence))
    return (text) => backtracking(text, new Steps(MAX_BACKTRACK_STEPS));
  const program = stateProgramOf(parsed.sequence, parsed.flags, false);
  return (text) => {
    try {
      return new StateScan(program, text, new Steps(MAX_SCAN_STEPS)).search(start);
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      // A long pattern that matches straight away is found sooner when tried way by way.
      return backtracking(text, new Steps(MAX_SECOND_STEPS));
    }
  };
}

function backtrackingSearcher({ sequence, flags, groupCount }: ParsedPattern, start: SearchStart) {
  let program: readonly Instruction[] | undefined;
  return (text: SearchText, steps: Steps): boolean => {
    program ??= backtrackProgramOf(sequence, flags);
    return new Backtracker(program, groupCount, text, steps).search(start);
  };
}
