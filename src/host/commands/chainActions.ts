import * as vscode from 'vscode';
import { followWords, staleWords, verdictWords } from '../chain/chainState';
import { targetName, targetOf } from '../chain/chainTarget';
import type { VerifiedChains } from '../chain/verifiedChains';
import { COMMANDS } from '../ids';

type Choice = vscode.QuickPickItem & { readonly command?: string };

/** Lists what can be done with a chain, under its verdict: for the status bar and the lens, and for the keyboard. */
export async function showChainActions(uri: vscode.Uri, chains: VerifiedChains): Promise<void> {
  const chain = chains.get(uri);
  const choices: Choice[] = [
    { label: '$(verified) Verify Again', description: 'read all of it', command: COMMANDS.verifyChain },
  ];
  if (chain !== undefined) {
    const { report, marks, following, checkpoint, isText } = chain;
    if (marks.length > 0)
      choices.push(
        { label: '$(arrow-down) Go to Next Break', command: COMMANDS.nextBreak },
        { label: '$(list-flat) Show Breaks', command: COMMANDS.showBreaks },
      );
    if (report.valid && !isText)
      choices.push({
        label: '$(pin) Pin This Head',
        description: 'so that a later cut at the end shows',
        command: COMMANDS.pinHead,
      });
    if (report.pin !== null && !report.pin.pin.isSeen)
      choices.push(
        { label: '$(compare-changes) Compare with Pin', command: COMMANDS.comparePin },
        { label: '$(close) Unpin…', command: COMMANDS.unpin },
      );
    if (following !== undefined)
      choices.push({ label: '$(debug-stop) Stop Following', command: COMMANDS.stopFollowing });
    else if (checkpoint !== undefined)
      choices.push({
        label: '$(eye) Follow',
        description: 'verify new entries as they come',
        command: COMMANDS.followChain,
      });
  }
  const said =
    chain && [verdictWords(chain), followWords(chain), staleWords(chain)].filter((words) => words !== undefined);
  const title = `${targetName(targetOf(uri))}${said === undefined ? '' : `: ${said.join(' · ')}`}`;
  const chosen = await vscode.window.showQuickPick(choices, { title });
  if (chosen?.command !== undefined) await vscode.commands.executeCommand(chosen.command, uri);
}
