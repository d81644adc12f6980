import type { EntryIndex } from '../core/log/entryIndex';
import { entryFacts, type EntryFacts } from './entryFacts';

/** Texts by which an entry is told from others and found elsewhere, in full. */
export interface EntryNames {
  readonly session: string | null;
  readonly timestamp: string;
  readonly type: string | null;
  readonly rule: string | null;
}

export function namesOf(index: EntryIndex, position: number): EntryNames {
  return {
    session: index.text(position, 'session'),
    timestamp: index.timestamp(position),
    type: index.text(position, 'type'),
    rule: index.text(position, 'rule'),
  };
}

/** More entries of one session, time and action nobody would choose from. */
const MOST_SAME = 20;

/** Entries that have the session, the time and the action of another: the same action, in another log. */
export function sameActions(index: EntryIndex, wanted: EntryNames): EntryFacts[] {
  const found: EntryFacts[] = [];
  for (let i = 0; i < index.size && found.length < MOST_SAME; i++) {
    if (index.text(i, 'type') !== wanted.type || index.timestamp(i) !== wanted.timestamp) continue;
    const session = index.text(i, 'session');
    if (session === null || wanted.session === null || session === wanted.session) found.push(entryFacts(index, i));
  }
  return found;
}
