import * as vscode from 'vscode';
import { shownName, shownText } from '../shownName';
import { historyWords, noChangeWords } from './impactWords';
import type { PolicyImpact } from './policyImpacts';

/** What figures are of: which texts, over which history, and how far that was read. Why there are none, where there are none. */
export function impactMessage({ log, figures, failure, detail, isEdited }: PolicyImpact): string {
  if (failure !== undefined) return detail === undefined ? failure : `${failure}: ${shownText(detail)}`;
  const name = shownName(vscode.workspace.asRelativePath(log));
  const history = historyWords(name, figures);
  const what = isEdited ? 'As edited against as saved' : 'As written';
  if (figures === undefined) return `${what}, over ${history}…`;
  const part = figures.done < figures.actions ? ` (${figures.done.toLocaleString('en-US')} gone through so far)` : '';
  const judged = `${what}, over ${history}${part}; each judged at the time at which it was recorded.`;
  // A view without numbers would leave it open whether that was found or is still looked for.
  const none = isEdited ? noChangeWords(figures) : undefined;
  const found = none === undefined ? [] : [`${none.sentence}.`];
  return [...found, judged, ...figures.warnings.map((each) => shownText(each))].join(' ');
}

/** Of a log that could not be read. The button for choosing another is not there while something is said. */
export function unreadMessage(log: vscode.Uri, failure: string): string {
  const name = shownName(vscode.workspace.asRelativePath(log));
  return `${name} cannot be read, so the policy is held against nothing: ${shownText(failure)} Another history can be chosen in this view's title.`;
}
