import * as vscode from 'vscode';
import { pinSentence } from '../../core/chain/pins/pinText';
import type { ChainReport } from '../../core/chain/report';
import { UNSEEN_CUT, verdictLine } from '../../core/chain/verdictText';
import { COMMANDS } from '../ids';
import { MOST_MARKS } from './mark';
import type { VerifiedChain } from './verifiedChains';

/**
 * Says the verdict as a message, which screen readers read out; a broken chain's leads to its breaks, one that is not as
 * pinned to the comparison. Does not wait for an answer.
 */
export function announceVerdict(name: string, { uri, report, unreadPins }: VerifiedChain): void {
  const isOnlyOtherThanPinned = report.explanation.total === 0 && report.pin !== null && report.pin.state !== 'holds';
  // What became of the pinned head says all of it.
  const verdict = isOnlyOtherThanPinned ? '' : `${verdictLine(report)} ${capped(report)}`;
  const message = `${name}: ${verdict}${tail(report)}${unread(report, unreadPins)}`;
  if (report.valid) {
    void vscode.window.showInformationMessage(message);
    return;
  }
  const actions: Record<string, string> = {
    ...(report.explanation.total > 0 && { 'Show Breaks': COMMANDS.showBreaks }),
    ...(report.pin !== null &&
      report.pin.state !== 'holds' &&
      !report.pin.pin.isSeen && { 'Compare with Pin': COMMANDS.comparePin }),
  };
  void vscode.window.showErrorMessage(message, ...Object.keys(actions)).then((answer) => {
    if (answer !== undefined) void vscode.commands.executeCommand(actions[answer], uri);
  });
}

function capped(report: ChainReport): string {
  return report.explanation.total > MOST_MARKS ? `The first ${MOST_MARKS.toLocaleString('en-US')} are marked. ` : '';
}

/** What is known of the chain's end, or that nothing is. */
function tail({ pin }: ChainReport): string {
  return pin === null ? UNSEEN_CUT : pinSentence(pin);
}

/** A pin that cannot be read may have been this chain's. */
function unread({ pin }: ChainReport, count: number): string {
  if (pin !== null || count === 0) return '';
  const lines = count === 1 ? 'A line' : `${count.toLocaleString('en-US')} lines`;
  return ` ${lines} of the file of pins could not be read, and may be of this chain: see Show Pins.`;
}
