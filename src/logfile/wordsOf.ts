import type { EntryIndex, Indexed } from '../core/log/entryIndex';
import type { RecordedWord, RecordedWords } from '../core/policy/editing/recordedWords';
import type { LogSource } from './logSource';

/** Characters from which on a text is no word that anybody would choose from a list. */
const MOST_CHARACTERS = 200;

/** Entries that are counted between two pauses: about a millisecond. */
const CHUNK = 1 << 18;

/** The words of logs, counted once for each. */
export class WordLists {
  private readonly known = new WeakMap<LogSource, { readonly most: number; readonly words: Promise<RecordedWords> }>();

  constructor(private readonly pause: () => Promise<void>) {}

  /** The most frequent texts of each kind that occur in a log, counted by its entries: an action of a chain can have two. */
  of(source: LogSource, most: number): Promise<RecordedWords> {
    const known = this.known.get(source);
    if (known?.most === most) return known.words;
    const words = this.count(source.index, most);
    this.known.set(source, { most, words });
    return words;
  }

  private async count(index: EntryIndex, most: number): Promise<RecordedWords> {
    const types = await this.words(index, 'type', most);
    const targets = await this.words(index, 'target', most);
    return { types, targets, agents: await this.words(index, 'agent', most) };
  }

  private async words(index: EntryIndex, column: Indexed, most: number): Promise<RecordedWord[]> {
    const { dictionary } = index.columns[column];
    const { size } = index;
    const counts = new Uint32Array(dictionary.values.length);
    for (let start = 0; start < size; start += CHUNK) {
      const { ids } = index.columns[column];
      const end = Math.min(size, start + CHUNK);
      for (let position = start; position < end; position++) counts[ids[position]]++;
      await this.pause();
    }
    dictionary.values.forEach((text, id) => {
      if (text === null || text === '' || text.length > MOST_CHARACTERS) counts[id] = 0;
    });
    return mostFrequent(counts, most)
      .map((id) => ({ text: dictionary.values[id]!, count: counts[id] }))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  }
}

/** The numbers with the highest counts; of those with the lowest of these only as many as there is room for. */
function mostFrequent(counts: Uint32Array, most: number): number[] {
  const least = lowestOfMost(counts, most);
  const above: number[] = [];
  const equal: number[] = [];
  counts.forEach((count, id) => {
    if (count > least) above.push(id);
    else if (count === least && equal.length < most) equal.push(id);
  });
  return [...above.sort((a, b) => counts[b] - counts[a]), ...equal].slice(0, most);
}

/** Counts from which on they are not told apart here. */
const MANY = 1 << 16;

/** The count from which on there are at least so many. (Sorting takes long: a log can have a million different targets.) */
function lowestOfMost(counts: Uint32Array, most: number): number {
  const having = new Uint32Array(MANY + 1);
  for (const count of counts) having[Math.min(count, MANY)]++;
  let left = most;
  for (let count = MANY; count > 0; count--) {
    left -= having[count];
    if (left <= 0) return count;
  }
  return 1;
}
