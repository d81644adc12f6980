import type { BreakKind } from './break';

/** What each kind means, for lists of rules and for documentation. */
export const KIND_MEANINGS: Readonly<Record<BreakKind, string>> = {
  modified: 'The content of an entry no longer matches its own hash.',
  rehashed:
    'An entry was changed and its hash computed anew: it matches itself, but the next entry committed to another hash.',
  deleted: 'Entries are gone before this line. The line itself is not accused.',
  inserted: 'An entry that no entry of the chain commits to.',
  reordered: 'An entry that belongs elsewhere in the file.',
  duplicated: 'A copy of another entry of the file.',
  forked: 'An entry on a side branch of two or more.',
  restarted: 'A second chain starts in the file.',
  malformed: 'A line that is no entry.',
};
