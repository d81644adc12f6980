import { entries, quantity } from '../text/quantity';
import { pinLineForPeople, pinSentence, pinWords } from './pins/pinText';
import type { ChainReport } from './report';

/** The verdict in sentences, the same wherever it is shown. */

/** What nobody can tell from an unpinned chain. */
export const UNSEEN_CUT = 'A chain alone cannot show that entries were cut off its end.';

/** What happened at the tail, and what is not known of it. */
export function tailSentence(report: ChainReport): string {
  if (report.pin !== null) return pinSentence(report.pin);
  switch (report.tail) {
    case 'unpinned':
      return `The tail is not pinned: a${UNSEEN_CUT.slice(1)}`;
    case 'as_expected':
      if (!report.isHeadKnown) {
        return 'The chain has at least as many entries as expected. No last hash was given, so a rewritten end would not show.';
      }
      return report.appended === 0
        ? 'The chain ends at the expected head.'
        : `The expected head is there, with ${entries(report.appended!)} after it.`;
    case 'truncated':
      return 'The tail is cut off: the chain has fewer entries than expected.';
    case 'differs':
      return 'The expected head is not there: the chain was replaced, or its end was cut off or written anew.';
  }
}

/** The verdict in one short line, what matters first: messages in the editor are cut off at their end. */
export function verdictLine(report: ChainReport): string {
  const { total } = report.explanation;
  if (isOtherThanPinned(report)) return pinLineForPeople(report.pin!);
  if (report.entries === 0 && total === 0) return 'No entry to verify: the chain is empty.';
  const state = total > 0 ? 'Chain broken' : report.valid ? 'Chain intact' : 'Not the expected chain';
  const extent =
    total > 0 ? `${quantity(total, 'break')} in ${entries(report.entries)}` : `${entries(report.entries)} verified`;
  const isHeadInPlace = total > 0 && report.pin?.state === 'holds';
  return `${state}, ${isHeadInPlace ? 'pinned head in place' : tailState(report)}: ${extent}.`;
}

/** Whether all that is wrong with a chain is that it is not the one that was pinned. */
function isOtherThanPinned({ pin, explanation }: ChainReport): boolean {
  return pin !== null && pin.state !== 'holds' && explanation.total === 0;
}

/** What is known of the tail, in a few words. */
export function tailState({ pin, tail, appended }: Pick<ChainReport, 'pin' | 'tail' | 'appended'>): string {
  if (pin === null) return TAIL_STATES[tail];
  return pin.state === 'holds' && appended !== null && appended > 0
    ? `as pinned, with ${entries(appended)} since`
    : pinWords(pin);
}

const TAIL_STATES: Readonly<Record<ChainReport['tail'], string>> = {
  unpinned: 'tail not pinned',
  as_expected: 'tail as expected',
  truncated: 'tail cut off',
  differs: 'tail not as expected',
};

/** One line: intact or broken, how much was verified. */
export function verdictSentence(report: ChainReport): string {
  const { total } = report.explanation;
  const size = entries(report.entries);
  if (total > 0) return `Chain broken: ${quantity(total, 'break')} in ${size}.`;
  if (isOtherThanPinned(report)) return pinLineForPeople(report.pin!);
  if (report.entries === 0) return 'Empty chain: there is no entry to verify.';
  const verified =
    report.entries === 1 ? 'its 1 entry verified' : `all ${report.entries.toLocaleString('en-US')} entries verified`;
  if (!report.valid) return `Links intact, ${verified}, but the chain is not what was expected.`;
  return `Chain intact: ${verified}.`;
}

/** Where no entry has the hash that it states, more is wrong than a change: says what else it can be. */
export function noneHoldsSentence(report: ChainReport, isAlgorithmGiven: boolean): string | undefined {
  if (report.entries < 2 || report.holding > 0) return undefined;
  return isAlgorithmGiven
    ? `No entry has its hash under ${report.algorithm}. Leave out --algorithm to have it told from the entries.`
    : 'No entry has its hash, neither under SHA-256 nor under SHA3-256: the file may have been hashed in another way.';
}

/** Whether a file holds nothing that looks like a chain, though it holds something. */
export function isNoChain(report: ChainReport): boolean {
  return report.entries === 0 && report.malformedLines > 0;
}

/** What hashes without a key can and cannot show. */
export const LIMITS_OF_A_CHAIN =
  'The hashes carry no key: who can write the file can rewrite it from some entry on. Only a head kept elsewhere shows that.';
