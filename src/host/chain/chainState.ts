import { tailState, verdictLine } from '../../core/chain/verdictText';
import { entries, quantity } from '../../core/text/quantity';
import type { Freshness, VerifiedChain } from './verifiedChains';

/** What is known of a chain, in words: the same in the lens, the status bar and the view. */

export function clock(date: Date): string {
  return date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
}

/** `edited since verified`; undefined where it is as it was verified. */
export function staleWords({ freshness }: VerifiedChain): string | undefined {
  return STALE[freshness];
}

const STALE: Readonly<Record<Freshness, string | undefined>> = {
  fresh: undefined,
  edited: 'edited since verified',
  grown: 'grown since verified',
  changed: 'changed on disk since verified',
  gone: 'deleted since verified',
};

/** `Chain intact, tail not pinned: 42 entries verified`, without a full stop. */
export function verdictWords(chain: VerifiedChain): string {
  const verdict = verdictLine(chain.report).replace(/\.$/, '');
  return chain.isText ? `${verdict} (unsaved text)` : verdict;
}

/** What was read again of a followed chain, and what was not. */
export function followWords({ following }: VerifiedChain): string | undefined {
  if (following === undefined) return undefined;
  const { first, added, since } = following;
  return `Following: ${quantity(added, 'new entry', 'new entries')} verified; the first ${first.toLocaleString('en-US')} not read again since ${clock(since)}`;
}

/** Whether a pin holds all of the chain, and not only what it was once. */
export function isEndPinned({ report: { pin, appended } }: VerifiedChain): boolean {
  return pin?.state === 'holds' && !pin.pin.isSeen && appended === 0;
}

/** All that is wrong is what became of a pinned head: the verdict then ends with what was pinned. */
export function isNotAsPinned({ report: { pin, explanation } }: VerifiedChain): boolean {
  return explanation.total === 0 && pin !== null && pin.state !== 'holds';
}

export function isBroken({ report }: VerifiedChain): boolean {
  return !report.valid;
}

/** The verdict in two or three words, for narrow places. */
export function shortVerdict({ report }: VerifiedChain): string {
  const { total } = report.explanation;
  if (total > 0) return quantity(total, 'break');
  if (!report.valid) return tailState(report);
  return `intact, ${tailState(report)}`;
}

export function sizeWords({ report }: VerifiedChain): string {
  return entries(report.entries);
}
