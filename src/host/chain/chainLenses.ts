import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { clock, followWords, isNotAsPinned, staleWords, verdictWords } from './chainState';
import { showsChain } from './showsChain';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

/** The lens on the first line of a chain: the verdict, what is known of the tail, when, and what can be done. */
export class ChainLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly chains: VerifiedChains) {
    this.subscription = chains.onDidChange(() => this.changed.fire());
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { uri } = document;
    const chain = this.chains.get(uri);
    if (chain === undefined && !showsChain(document)) return [];
    const commands =
      chain === undefined
        ? [command('Verify Chain', COMMANDS.verifyChain, uri, 'Verify this hash chain and mark its broken links')]
        : lensesOf(chain);
    // What happened is told by another view of the same file.
    const timeline = command('Open Timeline', COMMANDS.openTimeline, uri, 'Show all entries over time');
    const place = new vscode.Range(0, 0, 0, 0);
    return [...commands, ...(uri.scheme === 'file' ? [timeline] : [])].map((each) => new vscode.CodeLens(place, each));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function lensesOf(chain: VerifiedChain): vscode.Command[] {
  const { uri, report, freshness, following, checkpoint } = chain;
  const pin = report.pin;
  const canPin = report.valid && !chain.isText && freshness === 'fresh';
  return [
    command(sentence(chain), COMMANDS.chainActions, uri, 'All that can be done with this chain'),
    command('Verify Again', COMMANDS.verifyChain, uri, 'Read all of it again'),
    ...(following !== undefined
      ? [command('Stop Following', COMMANDS.stopFollowing, uri, 'Verify new entries no longer')]
      : freshness === 'grown' && checkpoint !== undefined
        ? [command('Follow', COMMANDS.followChain, uri, 'Verify new entries as they come')]
        : []),
    ...(report.explanation.total > 0 ? [command('Next Break', COMMANDS.nextBreak, uri, 'Go to the next break')] : []),
    ...(canPin && report.appended !== 0
      ? [command('Pin This Head', COMMANDS.pinHead, uri, 'Remember how many entries there are and the last hash')]
      : []),
    ...(pin === null || pin.pin.isSeen
      ? []
      : [command('Compare with Pin', COMMANDS.comparePin, uri, 'What was pinned, and what is there now')]),
  ];
}

function sentence(chain: VerifiedChain): string {
  const follow = followWords(chain);
  if (follow !== undefined) return `${verdictWords(chain)}. ${follow}`;
  const stale = staleWords(chain);
  const when = clock(chain.verifiedAt);
  return stale === undefined
    ? `${verdictWords(chain)}${isNotAsPinned(chain) ? ', verified' : ''} at ${when}`
    : `${capitalised(stale)} at ${when}. Was: ${verdictWords(chain)}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function command(title: string, id: string, uri: vscode.Uri, tooltip: string): vscode.Command {
  return { title, command: id, arguments: [uri], tooltip };
}
