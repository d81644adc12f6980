import { entries } from '../../text/quantity';
import { explainMalformation } from '../malformation';
import type { ContentFault, EntryFacts, MalformedLine } from '../facts';
import type { Member } from '../entry';
import type { Break, BreakKind, RelatedLine } from './break';

/** The sentences of the findings, one function for each thing that can have happened. */

const CERTAIN = { certainty: 'certain', alternatives: [] } as const;

function likely(...alternatives: BreakKind[]): Pick<Break, 'certainty' | 'alternatives'> {
  return { certainty: 'likely', alternatives };
}

function at(entry: EntryFacts): Pick<Break, 'line' | 'offset' | 'sequenceId' | 'count'> {
  return { line: entry.line, offset: entry.offset, sequenceId: entry.sequence, count: null };
}

/** A stated hash for people and programs: a text without its quotes, anything else as it stands. */
function stated(hash: string): string {
  return hash.startsWith('"') ? hash.slice(1, -1) : hash;
}

function name(entry: EntryFacts): string {
  return `the entry on line ${entry.line}`;
}

/** The lines of some entries, each with what it has to do with the finding; an entry that is not known is left out. */
function related(...entries: [entry: EntryFacts | undefined, role: string][]): RelatedLine[] {
  return entries.flatMap(([entry, role]) =>
    entry === undefined ? [] : [{ line: entry.line, offset: entry.offset, role }],
  );
}

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
