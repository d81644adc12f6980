import type { EntryIndex } from './entryIndex';
import { isNothing } from './filter/filter';

/**
 * What is known of how an action ended, the gravest first. There is one rule for counts, icons, filters and pictures of time:
 *
 * - Where a status was recorded, that alone counts, as in the reference. `other` is a word that the format does not have.
 * - Where none was, nobody knows how it ended: it is `open`. The reference's chain records none at all.
 * - `block` is an open one that the policy decided to block. It is no `blocked`, for that it was blocked was not recorded.
 * - `attempt` is no action of its own: how it ended is in another entry, which counts.
 */
export const OUTCOMES = [
  'blocked',
  'denied',
  'failed',
  'block',
  'skipped',
  'open',
  'success',
  'other',
  'attempt',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an entry without a status can be. */
export const WITHOUT_STATUS = ['block', 'open', 'attempt'] as const satisfies readonly Outcome[];
export type WithoutStatus = (typeof WITHOUT_STATUS)[number];

/** The words of the format; the others of OUTCOMES are ours, and as a status words like any other. */
const RECORDED: readonly string[] = ['success', 'failed', 'blocked', 'denied', 'skipped'] satisfies Outcome[];

/** How an action ended by its entry alone: its status and what the policy decided, in any case of their letters. */
export function outcomeOf(status: string | null, approval: string | null): Outcome {
  if (!isNothing(status)) return recordedOutcome(status!);
  return isBlock(approval) ? 'block' : 'open';
}

/** The same for the entries of a log, by their positions: the outcome's place in OUTCOMES. */
export function outcomesOf(index: EntryIndex): (position: number) => number {
  const { status, approval } = index.columns;
  const ofStatus = Uint8Array.from(status.dictionary.values, (value) =>
    isNothing(value) ? NONE : OUTCOMES.indexOf(recordedOutcome(value!)),
  );
  const ofApproval = Uint8Array.from(approval.dictionary.values, (value) => OUTCOMES.indexOf(outcomeOf(null, value)));
  const statusIds = status.ids;
  const approvalIds = approval.ids;
  const hasAttempts = index.endedAttempts > 0;
  return (position) => {
    const outcome = ofStatus[statusIds[position]];
    if (outcome !== NONE) return outcome;
    return hasAttempts && index.isEndedAttempt(position) ? ATTEMPT : ofApproval[approvalIds[position]];
  };
}

/** The same of one entry. */
export function outcomeAt(index: EntryIndex, position: number): Outcome {
  const status = index.text(position, 'status');
  if (isNothing(status) && index.isEndedAttempt(position)) return 'attempt';
  return outcomeOf(status, index.text(position, 'approval'));
}

const NONE = 255;
const ATTEMPT = OUTCOMES.indexOf('attempt');

/** A long text is none of the words, and not worth a copy of it. */
function recordedOutcome(status: string): Outcome {
  const word = status.length > 20 ? '' : status.toLowerCase();
  return RECORDED.includes(word) ? (word as Outcome) : 'other';
}

function isBlock(approval: string | null): boolean {
  return approval?.length === 5 && approval.toLowerCase() === 'block';
}
