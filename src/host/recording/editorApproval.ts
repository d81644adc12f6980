import * as vscode from 'vscode';
import { quantity } from '../../core/text/quantity';
import { actionRows, actionText, type ShownDecision } from '../../recorder/approval/actionRows';
import { shownText } from '../shownName';
import type { ActionDocuments } from './actionDocuments';

/** What fits a dialog on a small screen. */
const MOST_SHOWN = 1500;

/** Not the one for closing: VS Code would put it aside, and make the next one what Return chooses. */
const DENY: vscode.MessageItem = { title: 'Deny' };
const APPROVE: vscode.MessageItem = { title: 'Approve' };
const SHOW: vscode.MessageItem = { title: 'Show in Full' };

/** What the extension gives to others: see `activate`. */
export interface RecordingApi {
  /** Resolves with true where the person chose Approve, and with false in every other case. */
  readonly approvalHandler: (decision: ShownDecision) => Promise<boolean>;
}

/**
 * Asks in the editor, in a dialog with the action in full. Return, Escape and closing the dialog are a no. What is too long for a dialog says
 * so, and can be seen in a document of its own, beside which the question is asked again.
 */
export class EditorApproval implements RecordingApi {
  constructor(private readonly documents: ActionDocuments) {}

  readonly approvalHandler = async (decision: ShownDecision): Promise<boolean> => {
    const [[, type], [, target]] = actionRows(decision);
    const all = actionText(decision);
    const title = `Approve ${shownText(type, 60)} on ${shownText(target, 60)}?`;
    const left = all.length - MOST_SHOWN;
    if (left <= 0) return isYes(await askInDialog(title, all, DENY, APPROVE));
    const start = `${all.slice(0, MOST_SHOWN)}…\n\n${quantity(left, 'more character')} not shown here.`;
    const answer = await askInDialog(title, start, DENY, APPROVE, SHOW);
    if (answer !== SHOW) return isYes(answer);
    await this.documents.show(all);
    // A dialog would keep the document from being read.
    return isYes(await vscode.window.showWarningMessage(`${title} All of it is in the document.`, DENY, APPROVE));
  };
}

function askInDialog(
  title: string,
  detail: string,
  ...items: vscode.MessageItem[]
): Thenable<vscode.MessageItem | undefined> {
  return vscode.window.showWarningMessage(title, { modal: true, detail }, ...items);
}

function isYes(answer: vscode.MessageItem | undefined): boolean {
  return answer === APPROVE;
}
