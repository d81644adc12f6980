import * as vscode from 'vscode';
import { KIND_MEANINGS } from '../../core/chain/explain/kindMeanings';
import type { Break } from '../../core/chain/explain/break';
import { pinSentence } from '../../core/chain/pins/pinText';
import { visible } from '../../core/text/visible';
import { COMMANDS } from '../ids';
import { clock } from './chainState';
import type { Mark } from './mark';
import { plainMarkdown } from './plainMarkdown';
import type { VerifiedChain } from './verifiedChains';

/**
 * What a mark says on hovering: what happened, the hashes, what else it could be, and the way to the other lines.
 *
 * @param isToldAbove whether the problem's own hover, with the same sentence, stands above.
 */
export function markHover(chain: VerifiedChain, mark: Mark, isToldAbove = false): vscode.MarkdownString {
  const hover = new vscode.MarkdownString();
  // Nothing but these can be run from it, whatever a log holds.
  hover.isTrusted = {
    enabledCommands: [COMMANDS.goToLine, COMMANDS.comparePin],
  };
  const title = mark.text.charAt(0).toUpperCase() + mark.text.slice(1);
  hover.appendMarkdown(`**${plainMarkdown(title)}**\n\n`);
  if (mark.isTouched)
    hover.appendMarkdown(`_This line was edited since it was verified at ${clock(chain.verifiedAt)}._\n\n`);
  if (!isToldAbove) hover.appendMarkdown(`${plainMarkdown(mark.found?.message ?? pinSentence(chain.report.pin!))}\n\n`);
  if (mark.found !== undefined) describeBreak(hover, chain, mark.found);
  // What was only seen is kept nowhere, so there is nothing to compare it with.
  else if (!chain.report.pin!.pin.isSeen)
    hover.appendMarkdown(link('Compare with Pin', COMMANDS.comparePin, chain.uri));
  return hover;
}

function describeBreak(hover: vscode.MarkdownString, chain: VerifiedChain, found: Break): void {
  const hashes = [
    [found.actualHash, found.actualIs],
    [found.expectedHash, found.expectedIs],
  ].filter((pair): pair is [string, string] => pair[0] !== null);
  for (const [hash, is] of hashes) hover.appendMarkdown(`${code(hash)} ${is}  \n`);
  if (hashes.length > 0) hover.appendMarkdown('\n');
  if (found.alternatives.length > 0) {
    const others = found.alternatives.map((kind) => `_${kind}_ (${plainMarkdown(lowered(KIND_MEANINGS[kind]))})`);
    hover.appendMarkdown(`The file alone cannot tell it from ${others.join(' or ')}.\n\n`);
  }
  const links = found.related.map(
    ({ line, offset, role }) =>
      `${link(`Line ${line}`, COMMANDS.goToLine, chain.uri, line, offset)}: ${plainMarkdown(role)}`,
  );
  hover.appendMarkdown(links.join('  \n'));
}

function code(hash: string): string {
  const shown = visible(hash, 100);
  return /^[0-9a-f]+$/.test(shown) ? `\`${shown}\`` : plainMarkdown(shown);
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function link(text: string, command: string, ...args: unknown[]): string {
  const query = args.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(args))}`;
  return `[${text}](command:${command}${query.replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'))})`;
}
