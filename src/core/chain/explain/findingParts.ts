import type { EntryFacts } from '../facts';
import type { Break, BreakKind, RelatedLine } from './break';

/** What the findings are put together from. */

export const CERTAIN = { certainty: 'certain', alternatives: [] } as const;

export function likely(...alternatives: BreakKind[]): Pick<Break, 'certainty' | 'alternatives'> {
  return { certainty: 'likely', alternatives };
}

export function at(entry: EntryFacts): Pick<Break, 'line' | 'offset' | 'sequenceId' | 'count'> {
  return { line: entry.line, offset: entry.offset, sequenceId: entry.sequence, count: null };
}

/** A stated hash for people and programs: a text without its quotes, anything else as it stands. */
export function stated(hash: string): string {
  return hash.startsWith('"') ? hash.slice(1, -1) : hash;
}

export function name(entry: EntryFacts): string {
  return `the entry on line ${entry.line}`;
}

/** The lines of some entries, each with what it has to do with the finding; an entry that is not known is left out. */
export function related(...entries: [entry: EntryFacts | undefined, role: string][]): RelatedLine[] {
  return entries.flatMap(([entry, role]) =>
    entry === undefined ? [] : [{ line: entry.line, offset: entry.offset, role }],
  );
}
