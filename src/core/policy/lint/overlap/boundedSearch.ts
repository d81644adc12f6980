import type { RegexSearch } from '../../conditions/condition';
import { pythonSearch } from '../../pythonSearch';

/** Searches that may have to try all ways through a pattern. */
const MOST_SLOW = 8;

/** What a pattern needs that cannot be matched in linear time, or may need. */
const MAY_BE_SLOW = /\\[1-9]|\(\?P=|\(\?\(|\(\?>|[*+?}]\+|\{\d{2,}/;

/** Searches for examples, of which no file may cause so many slow ones that somebody who writes it waits. */
export function boundedSearch(): RegexSearch {
  const search = pythonSearch();
  const answers = new Map<string, ReturnType<RegexSearch>>();
  let slow = 0;
  return (pattern, text) => {
    const key = `${pattern.length} ${pattern}${text}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      const isTooSlow = text.length > 1000 || (MAY_BE_SLOW.test(pattern) && ++slow > MOST_SLOW);
      answers.set(key, (answer = isTooSlow ? 'too-long' : search(pattern, text)));
    }
    return answer;
  };
}
