import type { Break, BreakKind } from './break';

/** A few words on what happened, for a table's cell or the end of a line. */
export function headline(found: Break): string {
  switch (found.kind) {
    case 'modified':
      return 'changed after it was recorded';
    case 'rehashed':
      return 'changed, and its hash computed anew';
    case 'deleted':
      if (found.count === null) return 'entries deleted before this one';
      return found.count === 1 ? '1 entry deleted before this one' : `${found.count} entries deleted before this one`;
    case 'inserted':
      return 'put in';
    case 'reordered':
      return 'moved from where it belongs';
    case 'duplicated':
      return found.related.length > 0 ? `copy of line ${found.related[0].line}` : 'copy of another line';
    case 'forked':
      return 'on a side branch';
    case 'restarted':
      return 'a new chain starts here';
    case 'malformed':
      return 'not an entry';
  }
}

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
