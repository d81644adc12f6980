import * as vscode from 'vscode';
import { looksLikeChain } from '../../core/chain/looksLikeChain';
import { looksLikeLog } from '../../logfile/looksLikeLog';
import { COMMANDS } from '../ids';

/** Characters of a document that are looked at. */
const HEAD = 1 << 16;

/** On the first line of a log that is open as a text: its timeline. */
export class LogLenses implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const head = document.getText(new vscode.Range(0, 0, 20, 0)).slice(0, HEAD);
    // By content alone: a file of that name that holds something else is no log.
    // That of a chain stands in the chain's own lens.
    const bytes = Buffer.from(head);
    if (!looksLikeLog('', bytes) || looksLikeChain(bytes)) return [];
    const title = 'Open Timeline';
    const tooltip = 'Show all entries over time, with filter and detail';
    const top = new vscode.Range(0, 0, 0, 0);
    return [new vscode.CodeLens(top, { title, tooltip, command: COMMANDS.openTimeline, arguments: [document.uri] })];
  }
}
