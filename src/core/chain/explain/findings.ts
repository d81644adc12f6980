import { entries } from '../../text/quantity';
import type { EntryFacts } from '../facts';
import type { Break } from './break';
import { at, CERTAIN, likely, name, related, stated } from './findingParts';

/** The findings on what stands where, one function for each thing that can have happened. */

/** @param after the entry that committed to something else than `entry` now is. */
export function rehashed(entry: EntryFacts, after: EntryFacts): Break {
  return {
    ...at(entry),
    ...likely('inserted'),
    kind: 'rehashed',
    summary: 'changed and re-hashed',
    message: `This entry was changed and its hash computed anew: it matches itself, but ${name(after)} committed to another hash. Entries right before it may have been changed in the same way.`,
    expectedHash: stated(after.previousHash),
    actualHash: stated(entry.entryHash),
    expectedIs: 'committed to by the next entry',
    actualIs: 'stated in its entry_hash',
    related: related([after, 'the next entry, which committed to another hash']),
    member: 'entry_hash',
  };
}

/** @param before the last entry before the gap, undefined at the start of the file. */
export function deleted(
  entry: EntryFacts,
  before: EntryFacts | undefined,
  count: number | null,
  certainty: 'certain' | 'likely',
): Break {
  const what = count === null ? 'Entries were' : count === 1 ? '1 entry was' : `${count} entries were`;
  const where = before === undefined ? 'at the start of the chain' : `between ${name(before)} and this one`;
  const grounds =
    count === null
      ? `what its previous_hash names is not in the file`
      : `the sequence ids leave out ${count}, and what its previous_hash names is not in the file`;
  return {
    ...at(entry),
    ...(certainty === 'certain' ? CERTAIN : likely('rehashed', 'inserted')),
    kind: 'deleted',
    count,
    summary: `${count === null ? 'entries' : entries(count)} deleted before this one`,
    message: `${what} deleted ${where}: ${grounds}. This line itself is not accused.`,
    expectedHash: stated(entry.previousHash),
    actualHash: before === undefined ? null : stated(before.entryHash),
    expectedIs: 'stated in its previous_hash',
    actualIs: 'hash of the entry before it',
    related: related([before, 'the last entry before the gap']),
    member: 'previous_hash',
  };
}

/** @param after the entry that stands behind it and commits neither to it nor to anything in the file. */
export function unlinkedTail(entry: EntryFacts, after: EntryFacts): Break {
  return {
    ...at(entry),
    ...likely('rehashed'),
    kind: 'inserted',
    summary: 'put in, or put in the place of another',
    message: `This entry was put in, or put in the place of another: its sequence id fits neither neighbour, and ${name(after)} commits to an entry that is not in the file.`,
    expectedHash: stated(after.previousHash),
    actualHash: stated(entry.entryHash),
    expectedIs: 'committed to by the next entry',
    actualIs: 'stated in its entry_hash',
    related: related([after, 'the next entry, which commits to an entry that is gone']),
    member: null,
  };
}

/** A single entry that commits to one of the chain, which goes on without it. */
export function insertedBranch(entry: EntryFacts, origin: EntryFacts | undefined, instead: EntryFacts): Break {
  const to = origin === undefined ? 'the same hash' : name(origin);
  return {
    ...at(entry),
    ...likely('forked'),
    kind: 'inserted',
    summary: 'put in',
    message: `This entry was put in: nothing commits to it, and ${name(instead)} commits to ${to} as well. Two writers at once can leave the same trace.`,
    expectedHash: null,
    actualHash: stated(entry.entryHash),
    expectedIs: '',
    actualIs: 'stated in its entry_hash',
    related: related([origin, 'the entry that both commit to'], [instead, 'the entry that the chain goes on with']),
    member: null,
  };
}

/** An entry that commits to nothing here, among entries that belong together. */
export function insertedForeign(
  entry: EntryFacts,
  before: EntryFacts | undefined,
  after: EntryFacts | undefined,
): Break {
  const place =
    before && after
      ? ` between ${name(before)} and ${name(after)}`
      : after
        ? ` before ${name(after)}`
        : before
          ? ` after ${name(before)}`
          : '';
  return {
    ...at(entry),
    ...CERTAIN,
    kind: 'inserted',
    summary: 'put in, not of this chain',
    message: `This entry was put in${place}: it does not belong to this chain, and no entry of the chain commits to it.`,
    expectedHash: before === undefined ? null : stated(before.entryHash),
    actualHash: stated(entry.previousHash),
    expectedIs: 'hash of the entry before it',
    actualIs: 'stated in its previous_hash',
    related: related([before, 'the entry of the chain before it'], [after, 'the entry of the chain after it']),
    member: null,
  };
}

export function forked(entry: EntryFacts, origin: EntryFacts | undefined, instead: EntryFacts, size: number): Break {
  const from = origin === undefined ? 'beside the chain' : `from ${name(origin)}`;
  return {
    ...at(entry),
    ...likely('inserted'),
    kind: 'forked',
    summary: origin === undefined ? 'on a side branch' : `on a side branch from line ${origin.line}`,
    message: `This entry is one of ${size} on a side branch ${from}; the chain goes on with ${name(instead)}. Two writers at once, or entries put in, leave this trace.`,
    expectedHash: null,
    actualHash: stated(entry.entryHash),
    expectedIs: '',
    actualIs: 'stated in its entry_hash',
    related: related(
      [origin, 'the entry that it branches off from'],
      [instead, 'the entry that the chain goes on with'],
    ),
    member: null,
  };
}

/** @param original the entry it is a copy of, where its line is known. */
export function duplicated(entry: EntryFacts, original: EntryFacts | undefined): Break {
  return {
    ...at(entry),
    ...CERTAIN,
    kind: 'duplicated',
    summary: original === undefined ? 'copy of another entry' : `copy of line ${original.line}`,
    message:
      original === undefined
        ? 'This entry is a copy of another one in the file, like the one before it.'
        : `This entry is a copy of ${name(original)}.`,
    expectedHash: null,
    actualHash: stated(entry.entryHash),
    expectedIs: '',
    actualIs: 'stated in its entry_hash',
    related: related([original, 'the original']),
    member: null,
  };
}

/**
 * @param isLikely whether moving others would explain the order as well.
 * @param bySequence whether only its sequence id tells where it belongs, the hashes being gone.
 */
export function reordered(
  entry: EntryFacts,
  before: EntryFacts | undefined,
  after: EntryFacts | undefined,
  isLikely: boolean,
  bySequence: boolean,
): Break {
  const belongs = before ? `after ${name(before)}` : after ? `before ${name(after)}` : 'elsewhere';
  const grounds = bySequence
    ? 'its sequence id says so; the hash that would prove it is not in the file'
    : 'the hashes say so';
  return {
    ...at(entry),
    ...(bySequence ? likely('inserted') : isLikely ? likely() : CERTAIN),
    kind: 'reordered',
    summary: `belongs ${before ? `after line ${before.line}` : after ? `before line ${after.line}` : 'elsewhere'}`,
    message: `This entry was moved: it belongs ${belongs}; ${grounds}.${isLikely && !bySequence ? ' Which of the neighbours was moved cannot be told.' : ''}`,
    expectedHash: before === undefined ? null : stated(before.entryHash),
    actualHash: stated(entry.previousHash),
    expectedIs: 'hash of the entry before its place',
    actualIs: 'stated in its previous_hash',
    related: related([before, 'the entry that it belongs after'], [after, 'the entry that it belongs before']),
    member: null,
  };
}

/** @param before the last entry of what stands before the new start. */
export function restarted(entry: EntryFacts, before: EntryFacts | undefined): Break {
  return {
    ...at(entry),
    ...likely('inserted'),
    kind: 'restarted',
    summary: 'a second chain starts here',
    message: `A new chain starts here: this entry commits to 64 zeros, as the first of a chain does${before === undefined ? '' : `, and not to ${name(before)}`}.`,
    expectedHash: before === undefined ? null : stated(before.entryHash),
    actualHash: stated(entry.previousHash),
    expectedIs: 'hash of the entry before it',
    actualIs: 'stated in its previous_hash',
    related: related([before, 'the last entry of the chain before']),
    member: 'previous_hash',
  };
}
