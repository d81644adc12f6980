import * as vscode from 'vscode';
import { pinSentence, pinWords, shownTime } from '../../core/chain/pins/pinText';
import type { Pin } from '../../core/chain/pins/pin';
import { entries, quantity } from '../../core/text/quantity';
import {
  clock,
  followWords,
  isBroken,
  isEndPinned,
  shortVerdict,
  sizeWords,
  staleWords,
  verdictWords,
} from '../chain/chainState';
import type { Mark } from '../chain/mark';
import type { MarkKind } from '../chain/markKinds';
import type { VerifiedChain } from '../chain/verifiedChains';
import { COMMANDS } from '../ids';
import { shownName } from '../shownName';

/** What the Chains view shows: a chain, its pin, its breaks, and how many of them there is no room for. */
export type ChainsNode =
  | { readonly type: 'chain'; readonly uri: vscode.Uri }
  | { readonly type: 'pin'; readonly uri: vscode.Uri; readonly pin: Pin }
  | { readonly type: 'break'; readonly uri: vscode.Uri; readonly mark: Mark; readonly place: number }
  | { readonly type: 'more'; readonly uri: vscode.Uri; readonly count: number };

/** What is known of a chain when its node is drawn. */
export interface ChainFacts {
  readonly chain: VerifiedChain | undefined;
  readonly failure: string | undefined;
  readonly pin: Pin | undefined;
  readonly isBusy: boolean;
}

export function chainItem(uri: vscode.Uri, facts: ChainFacts): vscode.TreeItem {
  const { chain, failure, pin } = facts;
  const path = vscode.workspace.asRelativePath(uri);
  const name = shownName(path.split('/').at(-1)!);
  const folder = shownName(path.split('/').slice(0, -1).join('/'));
  const item = new vscode.TreeItem(
    name,
    hasChildren(facts) ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
  );
  const words = stateWords(facts);
  item.id = `chain:${uri.toString()}`;
  item.description = folder === '' ? words : `${words} · ${folder}`;
  item.iconPath = icon(facts);
  item.tooltip = tooltip(uri, facts);
  item.contextValue = [
    'chain',
    ...(chain === undefined ? [] : ['verified']),
    ...(pin === undefined ? [] : ['pinned']),
    ...(chain?.following === undefined ? [] : ['followed']),
    ...((chain?.marks.length ?? 0) > 0 ? ['broken'] : []),
  ].join(' ');
  item.accessibilityInformation = { label: `${name}, ${failure ?? words}` };
  item.command = { title: 'Open', command: COMMANDS.openChain, arguments: [uri] };
  return item;
}

export function hasChildren({ chain, pin }: ChainFacts): boolean {
  return pin !== undefined || (chain?.marks.length ?? 0) > 0;
}

function stateWords({ chain, failure, isBusy }: ChainFacts): string {
  if (isBusy) return 'verifying…';
  if (failure !== undefined) return 'could not be read';
  if (chain === undefined) return 'not verified';
  if (chain.report.pin?.state === 'gone') return 'the file is gone';
  const { following } = chain;
  const stale = staleWords(chain);
  return [
    ...(stale === undefined ? [] : [stale]),
    ...(following === undefined ? [] : [`following, ${following.added.toLocaleString('en-US')} new`]),
    shortVerdict(chain),
    sizeWords(chain),
  ].join(' · ');
}

function icon({ chain, failure, isBusy }: ChainFacts): vscode.ThemeIcon {
  if (isBusy) return new vscode.ThemeIcon('loading~spin');
  if (failure !== undefined) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  if (chain === undefined) return new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('testing.iconUnset'));
  // What was verified is not what is there now: neither good nor bad is known of it.
  const isStale = chain.freshness !== 'fresh';
  const color = new vscode.ThemeColor(
    isStale ? 'testing.iconUnset' : isBroken(chain) ? 'testing.iconFailed' : 'testing.iconPassed',
  );
  if (isBroken(chain)) return new vscode.ThemeIcon('error', color);
  // A full sign only where the end is held by a pin.
  return new vscode.ThemeIcon(isEndPinned(chain) ? 'pass-filled' : 'pass', color);
}

function tooltip(uri: vscode.Uri, { chain, failure }: ChainFacts): string {
  const place = shownName(uri.scheme === 'file' ? uri.fsPath : uri.toString());
  if (failure !== undefined) return `${place}\n${failure}`;
  if (chain === undefined) return `${place}\nNot verified yet`;
  const stale = staleWords(chain);
  return [
    place,
    `${verdictWords(chain)} at ${clock(chain.verifiedAt)}`,
    ...(stale === undefined ? [] : [stale.charAt(0).toUpperCase() + stale.slice(1)]),
    ...(chain.report.pin === null ? [] : [pinSentence(chain.report.pin)]),
    ...(chain.following === undefined ? [] : [followWords(chain)]),
  ].join('\n');
}

export function pinItem(
  { uri, pin }: Extract<ChainsNode, { type: 'pin' }>,
  chain: VerifiedChain | undefined,
): vscode.TreeItem {
  const held = chain?.report.pin ?? undefined;
  const isHeld = held !== undefined && chain?.freshness === 'fresh' && isSamePin(held.pin, pin);
  const verdict = isHeld ? held : undefined;
  const isBad = verdict !== undefined && verdict.state !== 'holds';
  const item = new vscode.TreeItem(isBad ? `Pin: ${pinWords(verdict)}` : `Pinned at ${entries(pin.count)}`);
  item.id = `pin:${uri.toString()}`;
  item.description = isBad ? `${entries(pin.count)}, ${shownTime(pin.time)}` : shownTime(pin.time);
  item.iconPath = isBad
    ? new vscode.ThemeIcon('pinned', new vscode.ThemeColor('testing.iconFailed'))
    : new vscode.ThemeIcon('pinned');
  item.tooltip = verdict === undefined ? 'Not held against the chain as it is now: verify it' : pinSentence(verdict);
  item.contextValue = 'pin';
  item.command = { title: 'Compare with Pin', command: COMMANDS.comparePin, arguments: [uri] };
  return item;
}

function isSamePin(a: Pin, b: Pin): boolean {
  return a.count === b.count && a.lastHash === b.lastHash && a.genesis === b.genesis;
}

/** @param iconOf the icon of a kind, the same as in the gutter. */
export function breakItem(
  { uri, mark, place }: Extract<ChainsNode, { type: 'break' }>,
  iconOf: (kind: MarkKind) => { light: vscode.Uri; dark: vscode.Uri },
): vscode.TreeItem {
  const line = mark.line ?? mark.original;
  const item = new vscode.TreeItem(`Line ${line + 1}`);
  item.id = `break:${uri.toString()}#${place}`;
  const isGone = mark.line === undefined;
  item.description = isGone
    ? `${mark.text} (line taken out since)`
    : mark.isTouched
      ? `${mark.text} (edited since)`
      : mark.text;
  const isStale = isGone || mark.isTouched;
  item.iconPath = iconOf(isStale ? 'stale' : mark.kind);
  item.tooltip = mark.found?.message ?? mark.text;
  item.contextValue = 'break';
  item.accessibilityInformation = { label: `Line ${line + 1}, ${item.description}` };
  item.command = {
    title: 'Go to Line',
    command: COMMANDS.goToLine,
    arguments: [uri, line + 1, mark.found?.offset],
  };
  return item;
}

export function moreItem({ uri, count }: Extract<ChainsNode, { type: 'more' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(`${quantity(count, 'more break')}`);
  item.id = `more:${uri.toString()}`;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.tooltip = 'Show the breaks with the lines around them';
  item.command = { title: 'Show Breaks', command: COMMANDS.showBreaks, arguments: [uri] };
  return item;
}
