import { entries } from '../../text/quantity';
import type { Pin } from './pin';
import type { PinState, PinVerdict } from './judgePin';

/** What became of a pinned chain, in sentences and in a few words, the same wherever it is shown. */

/** `24 Nov 2026 05:30:02 UTC`, of an ISO 8601 time in UTC. */
export function shownTime(time: string): string {
  const [date, clock] = time.split('T');
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year} ${clock.slice(0, 8)} UTC`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** @returns `cut off since it was pinned`. */
export function pinWords({ state, pin }: Pick<PinVerdict, 'state' | 'pin'>): string {
  const words = PIN_WORDS[state];
  return pin.isSeen ? words.replace('pinned', 'followed') : words;
}

export const PIN_WORDS: Readonly<Record<PinState, string>> = {
  holds: 'as pinned',
  cut: 'cut off since it was pinned',
  emptied: 'emptied since it was pinned',
  rolled_back: 'rolled back to an older copy',
  continued: 'cut and continued since it was pinned',
  rewritten: 'rewritten since it was pinned',
  shifted: 'out of step with its pin',
  begun_anew: 'begun anew since it was pinned',
  replaced: 'not the one that was pinned',
  gone: 'gone since it was pinned',
};

/** A pinned chain that is not as pinned, in one short line. */
export function pinLineForPeople({ pin, state, entries: now }: PinVerdict): string {
  const pinned = `${pin.count === 1 ? 'was' : 'were'} ${done(pin)}`;
  if (state === 'gone') return `${pin.isSeen ? 'Followed' : 'Pinned'} file is gone: ${entries(pin.count)} ${pinned}.`;
  return `Chain ${pinWords({ state, pin })}: ${entries(now)} now, ${pin.count.toLocaleString('en-US')} ${pinned}.`;
}

/** Sentences that say what is known, and what else could have left the same trace. */
export function pinSentence(verdict: PinVerdict): string {
  const { pin, state, entries: now, modified } = verdict;
  const pinned = `${entries(pin.count)} ${pin.count === 1 ? 'was' : 'were'} ${done(pin)} on ${shownTime(pin.time)}`;
  switch (state) {
    case 'holds':
      return holdsSentence(verdict);
    case 'cut':
      return `The end was cut off: ${pinned}, and ${now.toLocaleString('en-US')} ${now === 1 ? 'is' : 'are'} there now. An older copy put back leaves the same trace.${before(verdict)}`;
    case 'emptied':
      return `The file was emptied: ${pinned}, and none is left.`;
    case 'rolled_back':
      return modified === null
        ? `An older copy was put back, or the end cut off there: the chain ends where it ended when it was pinned on ${shownTime(verdict.lastHolding!.time)} with ${entries(now)}, and ${pinned}.`
        : `An older copy was put back: ${pinned}, and the file with its ${entries(now)} says that it was last modified before, on ${shownTime(modified)}.${before(verdict)}`;
    case 'continued':
      return `The end was cut off and other entries written in its place: ${pinned}, and ${laterEntry(verdict)} by its timestamp, was recorded later.${before(verdict)}`;
    case 'rewritten':
      if (now < pin.count)
        return `The chain was rewritten: ${pinned}, ${entries(now)} ${now === 1 ? 'is' : 'are'} there now, and a head that was ${done(pin)} before is not among them.${before(verdict)}`;
      return `The chain was rewritten: ${pinned}, and entry ${position(pin)} is another one now. Its timestamp is not later than that, so it was not simply written on after a cut.${before(verdict)}`;
    case 'shifted':
      return `The head is out of its place: ${pinned}, and the last of them is entry ${verdict.foundAt!.toLocaleString('en-US')} now. Entries before it are gone or were put in.`;
    case 'begun_anew':
      return `The chain begins anew: ${pinned}, and the first entry of this one was recorded later, by its timestamp.`;
    case 'replaced':
      return now === 0
        ? `This is not the chain that was ${done(pin)}: ${pinned}, and no line of the file is an entry.`
        : `This is not the chain that was ${done(pin)}: ${pinned}, and its first entry was another one. Another chain was put in its place, or all of it was written anew.`;
    case 'gone':
      return `The file is gone: ${pinned}.`;
  }
}

function holdsSentence({ pin, entries: now }: PinVerdict): string {
  const since = now - pin.count;
  const head = `the head that was ${done(pin)} on ${shownTime(pin.time)} (${entries(pin.count)})`;
  return since === 0
    ? `The chain ends at ${head}.`
    : `The chain has ${head}, and ${entries(since)} after it that no pin holds.`;
}

/** What shows that a chain was cut and continued: the entry in the pinned one's place, or the last of fewer than were pinned. */
function laterEntry({ pin, entries: now }: PinVerdict): string {
  return now < pin.count
    ? `the last of the ${entries(now)} that ${now === 1 ? 'is' : 'are'} there now,`
    : `entry ${position(pin)} is another one that,`;
}

/** How far back it is known to be as it was. */
function before({ lastHolding, isBroken }: PinVerdict): string {
  if (lastHolding === null || isBroken) return '';
  return ` Up to entry ${position(lastHolding)} it is as it was pinned on ${shownTime(lastHolding.time)}.`;
}

function done({ isSeen }: Pin): string {
  return isSeen ? 'seen' : 'pinned';
}

function position({ count }: Pin): string {
  return count.toLocaleString('en-US');
}
