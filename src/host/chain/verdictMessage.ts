import * as vscode from 'vscode';
import type { ChainReport } from '../../core/chain/report';
import { UNSEEN_CUT, verdictLine } from '../../core/chain/verdictText';
import { breakRange, MOST_DIAGNOSTICS } from './chainDiagnostics';
import { targetName, type ChainTarget } from './chainTarget';

const SHOW_BREAKS = 'Show Breaks';

/** Says the verdict as a message; a broken chain's leads to its breaks. Does not wait for an answer. */
export function announceVerdict(
  target: ChainTarget,
  report: ChainReport,
  document: vscode.TextDocument | undefined,
): void {
  const message = `${targetName(target)}: ${verdictLine(report)} ${capped(report)}${UNSEEN_CUT}`;
  if (report.explanation.total === 0) {
    void vscode.window.showInformationMessage(message);
    return;
  }
  void vscode.window.showErrorMessage(message, SHOW_BREAKS).then((answer) => {
    if (answer === SHOW_BREAKS) void showBreaks(report, document);
  });
}

function capped(report: ChainReport): string {
  return report.explanation.total > MOST_DIAGNOSTICS
    ? `The first ${MOST_DIAGNOSTICS.toLocaleString('en-US')} are marked. `
    : '';
}

/** Goes to the first break, and opens the Problems view for the rest. */
async function showBreaks(report: ChainReport, document: vscode.TextDocument | undefined): Promise<void> {
  const [first] = report.explanation.breaks;
  if (document !== undefined && first !== undefined) {
    const range = breakRange(first, document);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(range.start, range.start);
    // The line is long, and the member that is wrong should be seen whole.
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  await vscode.commands.executeCommand('workbench.panel.markers.view.focus', { preserveFocus: true });
}
