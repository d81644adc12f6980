import type { EntryIndex } from './entryIndex';

/**
 * What becomes of an action, the gravest first. `open` is one whose outcome was not recorded, `other` a word that the format does not
 * have.
 */
export const OUTCOMES = ['blocked', 'denied', 'failed', 'skipped', 'open', 'success', 'other'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const BLOCKED = OUTCOMES.indexOf('blocked');
const OPEN = OUTCOMES.indexOf('open');
const OTHER = OUTCOMES.indexOf('other');

/**
 * Tells which of the outcomes an entry has, by its position: the place of it in OUTCOMES.
 *
 * Where a log records a status, that alone counts, as in the reference: `blocked` are the entries with that status, and one without is
 * open, even where the policy decided to block. A chain records none: there the decision is all that is known, and what it blocks is
 * blocked.
 */
export function outcomesOf({ columns }: EntryIndex): (position: number) => number {
  const { status, approval } = columns;
  const outcomes = Uint8Array.from(status.dictionary.values, (value) => (value === null ? OPEN : outcomeOf(value)));
  const statusIds = status.ids;
  if (status.dictionary.values.some((value) => value !== null)) return (position) => outcomes[statusIds[position]];
  const decisions = Uint8Array.from(approval.dictionary.values, (value) => (isBlock(value) ? BLOCKED : OPEN));
  const approvalIds = approval.ids;
  return (position) => decisions[approvalIds[position]];
}

/** In any case of its letters. A long text is none of the words, and not worth a copy of it. */
function outcomeOf(status: string): number {
  const found = status.length > 20 ? -1 : (OUTCOMES as readonly string[]).indexOf(status.toLowerCase());
  return found === -1 ? OTHER : found;
}

function isBlock(approval: string | null): boolean {
  return approval?.length === 5 && approval.toLowerCase() === 'block';
}
