import type { RegexOutcome, RegexSearch } from './conditions/condition';
import { compilePythonRegex } from './pythonRegex/compilePythonRegex';

/** Patterns of one policy, and a few more. */
const MOST_KEPT = 2000;

/** Searches as Python's `re.search` does; a pattern that comes again is compiled once. */
export function pythonSearch(): RegexSearch {
  const kept = new Map<string, (text: string) => RegexOutcome>();
  return (pattern, text) => {
    let search = kept.get(pattern);
    if (search === undefined) {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(pattern, (search = searcherOf(pattern)));
    }
    return search(text);
  };
}

function searcherOf(pattern: string): (text: string) => RegexOutcome {
  const compiled = compilePythonRegex(pattern);
  if ('search' in compiled) return (text) => compiled.search(text);
  const { raises, message } = compiled.problem;
  const outcome: RegexOutcome = raises === 're.error' ? 'invalid' : { type: raises, message };
  return () => outcome;
}
