import * as path from 'node:path';
import * as vscode from 'vscode';
import { defaultPinsFile } from '../pins/pinsFile';
import { PinStore } from '../pins/pinStore';
import { ChainDiagnostics } from './chain/chainDiagnostics';
import { ChainHover } from './chain/chainHover';
import { ChainLenses } from './chain/chainLenses';
import { ChainMarks } from './chain/chainMarks';
import { ChainStatus } from './chain/chainStatus';
import { ChainVerifier } from './chain/chainVerifier';
import { DiskChanges } from './chain/diskChanges';
import { DocumentChanges } from './chain/documentChanges';
import { drawnMarks } from './chain/drawnMarks';
import { EntryLinks } from './chain/entryLinks';
import { Following } from './chain/following';
import { verifyAll } from './chain/verifyAllCommand';
import { VerifyChainCommand } from './chain/verifyChainCommand';
import { VerifiedChains } from './chain/verifiedChains';
import { showChainActions } from './commands/chainActions';
import { ChainCommands } from './commands/chainCommands';
import { registerCommand } from './commands/registerCommand';
import { uriOf, urisOf } from './commands/uriOf';
import { ExcerptFeatures } from './excerpt/excerptFeatures';
import { ExcerptFiles } from './excerpt/excerptFiles';
import { readExcerptUri } from './excerpt/excerptUri';
import { COMMANDS, EXCERPT } from './ids';
import { EditorPins } from './pins/editorPins';
import { PinCommands } from './pins/pinCommands';
import { comparePin, showPins } from './pins/pinPicks';
import { exportPins, importPins } from './pins/pinTransfer';
import { ChainList } from './tree/chainList';
import { ChainsView } from './tree/chainsView';

/**
 * Puts together all that the editor does with chains.
 *
 * @param chains what is known of them; it is disposed of with the rest.
 */
export function registerChains(
  { extensionPath, extensionUri }: vscode.ExtensionContext,
  chains: VerifiedChains,
): vscode.Disposable {
  const pins = new EditorPins(new PinStore(defaultPinsFile()));
  const verifier = new ChainVerifier(chains, pins, path.join(extensionPath, 'dist', 'chain-worker.js'));
  const excerpts = new ExcerptFiles(chains, verifier);
  const following = new Following(chains, verifier);
  const list = new ChainList(chains, pins);
  const lenses = new ChainLenses(chains);
  return vscode.Disposable.from(
    chains,
    pins,
    excerpts,
    following,
    list,
    lenses,
    new DocumentChanges(chains),
    new DiskChanges(chains),
    new ChainDiagnostics(chains),
    new ChainMarks((document) => drawnMarks(document, chains, excerpts), redraws(chains, excerpts), extensionUri),
    new ChainStatus(chains, (uri) => readExcerptUri(uri)?.source),
    new ChainsView(chains, list, pins, extensionUri),
    vscode.workspace.registerFileSystemProvider(EXCERPT.scheme, excerpts, { isReadonly: true, isCaseSensitive: true }),
    vscode.languages.registerCodeLensProvider('*', lenses),
    vscode.languages.registerHoverProvider('*', new ChainHover(chains)),
    vscode.languages.registerDefinitionProvider('jsonl', new EntryLinks()),
    vscode.languages.registerReferenceProvider('jsonl', new EntryLinks()),
    new ExcerptFeatures(excerpts, chains).register(),
    registerChainCommands(chains, verifier, pins, excerpts, following, list),
  );
}

/** The documents whose marks have to be drawn again. */
function redraws(chains: VerifiedChains, excerpts: ExcerptFiles): vscode.Event<vscode.Uri> {
  return (listener, context, disposables) =>
    vscode.Disposable.from(
      chains.onDidChange(listener, context, disposables),
      excerpts.onDidRebuild(listener, context, disposables),
    );
}

function registerChainCommands(
  chains: VerifiedChains,
  verifier: ChainVerifier,
  pins: EditorPins,
  excerpts: ExcerptFiles,
  following: Following,
  list: ChainList,
): vscode.Disposable {
  const verifyChain = new VerifyChainCommand(verifier);
  const pinning = new PinCommands(chains, verifier, pins);
  const go = new ChainCommands(chains, excerpts);
  /** A command on one chain: the one it was called for, or the active one. */
  const onChain = (id: string, run: (uri: vscode.Uri) => unknown): vscode.Disposable =>
    registerCommand(id, (argument?: unknown) => {
      const uri = uriOf(argument) ?? go.activeChain();
      if (uri !== undefined) return run(uri);
      void vscode.window.showInformationMessage('Open a chain first, or choose one in the Chains view.');
      return undefined;
    });
  return vscode.Disposable.from(
    registerCommand(COMMANDS.verifyChain, (clicked?: unknown, selected?: unknown) => {
      const uris = urisOf(clicked, selected);
      const shown = go.activeChain();
      return verifyChain.run(uris.length === 0 && shown?.scheme === 'file' ? [shown] : uris);
    }),
    registerCommand(COMMANDS.verifyAllChains, async () => await verifyAll(await list.all(), verifier)),
    registerCommand(COMMANDS.refreshChains, () => list.refresh()),
    registerCommand(COMMANDS.goToLine, async (argument: unknown, line: number, offset?: number) => {
      const uri = uriOf(argument);
      if (uri !== undefined) await go.goToLine(uri, line, offset);
    }),
    registerCommand(COMMANDS.nextBreak, (argument?: unknown) => go.goToBreak(uriOf(argument), 'next')),
    registerCommand(COMMANDS.previousBreak, (argument?: unknown) => go.goToBreak(uriOf(argument), 'previous')),
    registerCommand(COMMANDS.goToEntryBefore, () => go.goToEntry('before')),
    registerCommand(COMMANDS.goToEntryAfter, () => go.goToEntry('after')),
    onChain(COMMANDS.showBreaks, (uri) => go.showBreaks(uri)),
    onChain(COMMANDS.openChain, (uri) => go.openChain(uri)),
    onChain(COMMANDS.chainActions, (uri) => showChainActions(uri, chains)),
    onChain(COMMANDS.pinHead, (uri) => pinning.pinHead(uri)),
    onChain(COMMANDS.unpin, (uri) => pinning.unpin(uri)),
    onChain(COMMANDS.comparePin, (uri) => comparePin(uri, verifier, pins)),
    onChain(COMMANDS.followChain, (uri) => following.start(uri)),
    onChain(COMMANDS.stopFollowing, (uri) => following.stop(uri)),
    registerCommand(COMMANDS.showPins, () => showPins(pins)),
    registerCommand(COMMANDS.exportPins, (to?: unknown) => exportPins(pins, to instanceof vscode.Uri ? to : undefined)),
    registerCommand(COMMANDS.importPins, (from?: unknown) =>
      importPins(pins, from instanceof vscode.Uri ? from : undefined),
    ),
  );
}
