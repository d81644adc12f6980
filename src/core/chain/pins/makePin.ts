import { entries } from '../../text/quantity';
import type { ChainReport } from '../report';
import type { Pin } from './pin';
import { pinSentence, shownTime } from './pinText';

/** The pin of a chain, or the sentence that says why there is none to make. */
export type MadePin = { readonly pin: Pin } | { readonly refusal: string };

/**
 * Makes the pin of a chain that was just verified. What is broken, empty or not as it was pinned before is not pinned:
 * a new pin would make what is wrong look right.
 *
 * @param path by which the chain is known, if it is not pinned yet: a pinned one stays known by the path that it has.
 * @param report of all of the chain; held against its pin where there is one.
 * @param time now, ISO 8601 in UTC.
 */
export function makePin(path: string, report: ChainReport, time: string): MadePin {
  const { pin, entries: count, algorithm, genesis, chainHash } = report;
  if (pin !== null && pin.state !== 'holds')
    return {
      refusal: `Not pinned, because it is not as it was pinned before. ${pinSentence(pin)} Unpin it first if that is in order.`,
    };
  if (report.explanation.total > 0) return { refusal: 'Not pinned: only a chain without breaks can be pinned.' };
  if (!report.valid) return { refusal: 'Not pinned: the chain is not what was expected.' };
  if (count === 0 || genesis === null || chainHash === null)
    return { refusal: 'Not pinned: the chain is empty, there is no entry to pin.' };
  if (pin !== null && pin.pin.count === count)
    return { refusal: `It is pinned at this head already, since ${shownTime(pin.pin.time)} (${entries(count)}).` };
  return { pin: { path: pin?.pin.path ?? path, genesis, algorithm, count, lastHash: chainHash, time } };
}
