import type { Member } from '../entry';
import type { ContentFault, EntryFacts, MalformedLine } from '../facts';
import { explainMalformation } from '../malformation';
import type { Break } from './break';
import { at, CERTAIN, name, related, stated } from './findingParts';

/** The findings on lines that are wrong in themselves, whatever stands round them. */

export function malformedLine({ line, offset, malformation }: MalformedLine): Break {
  return {
    kind: 'malformed',
    line,
    offset,
    sequenceId: null,
    count: null,
    ...CERTAIN,
    summary: malformation.kind === 'too-long' ? 'too long to be read' : 'not an entry',
    message: `${explainMalformation(malformation)}.`,
    expectedHash: null,
    actualHash: null,
    expectedIs: '',
    actualIs: '',
    related: [],
    member: null,
  };
}

/** @param before the entry before it, where the entry does not commit to that one. */
export function contentFault(fault: ContentFault, before: EntryFacts | undefined): Break {
  const { entry } = fault;
  const computed = entry.computedHash ?? null;
  const own = {
    ...at(entry),
    ...CERTAIN,
    expectedHash: computed,
    actualHash: stated(entry.entryHash),
    expectedIs: 'computed from its content',
    actualIs: 'stated in its entry_hash',
    related: [],
  };
  const unfit = unfitMember(entry, before);
  if (unfit !== undefined) {
    const isPrevious = unfit.member === 'previous_hash';
    return {
      ...own,
      kind: 'malformed',
      summary: `its ${unfit.member} is ${unfit.what}`,
      message: `This line is not a whole entry: its ${unfit.member} is ${unfit.what}.`,
      expectedHash: isPrevious ? (before ? stated(before.entryHash) : null) : computed,
      actualHash: isPrevious ? stated(entry.previousHash) : stated(entry.entryHash),
      expectedIs: isPrevious ? 'hash of the entry before it' : 'computed from its content',
      actualIs: isPrevious ? 'stated in its previous_hash' : 'stated in its entry_hash',
      member: unfit.member,
    };
  }
  if (before !== undefined) {
    return {
      ...own,
      kind: 'modified',
      summary: 'changed after it was recorded',
      message: `This entry was changed after it was recorded: it no longer matches its own hash, and its previous_hash is not the hash of ${name(before)}.`,
      expectedHash: stated(before.entryHash),
      actualHash: stated(entry.previousHash),
      expectedIs: 'hash of the entry before it',
      actualIs: 'stated in its previous_hash',
      related: related([before, 'the entry before it']),
      member: 'previous_hash',
    };
  }
  return {
    ...own,
    kind: 'modified',
    summary: fault.onlyHashAltered ? 'its entry_hash was altered' : 'changed after it was recorded',
    message: fault.onlyHashAltered
      ? 'The entry_hash of this entry was altered: its content has the hash that the next entry committed to.'
      : 'This entry was changed after it was recorded: its content no longer matches its own hash.',
    member: 'entry_hash',
  };
}

/** The member that makes an entry no whole one: a hash that is absent or no text. */
function unfitMember(entry: EntryFacts, before: EntryFacts | undefined): { member: Member; what: string } | undefined {
  if (!entry.previousHash.startsWith('"')) return { member: 'previous_hash', what: 'not a text' };
  if (!entry.entryHash.startsWith('"')) return { member: 'entry_hash', what: 'not a text' };
  if (entry.absent.includes('entry_hash')) return { member: 'entry_hash', what: 'absent' };
  if (entry.absent.includes('previous_hash') && before !== undefined)
    return { member: 'previous_hash', what: 'absent' };
  return undefined;
}
