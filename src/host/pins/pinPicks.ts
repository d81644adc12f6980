import * as vscode from 'vscode';
import { pinSentence, pinWords, shownTime } from '../../core/chain/pins/pinText';
import type { Pin } from '../../core/chain/pins/pin';
import { entries } from '../../core/text/quantity';
import { goToDocumentLine } from '../chain/breakNavigation';
import { targetName, targetOf } from '../chain/chainTarget';
import type { ChainVerifier } from '../chain/chainVerifier';
import { withPatientProgress } from '../chain/patientProgress';
import type { VerifiedChain } from '../chain/verifiedChains';
import { COMMANDS } from '../ids';
import { shownName } from '../shownName';
import { pinnedUri, type EditorPins } from './editorPins';

type Choice = vscode.QuickPickItem & { readonly run?: () => unknown };

/** Reads a chain again and lists what was pinned of it beside what is there now. */
export async function comparePin(uri: vscode.Uri, verifier: ChainVerifier, pins: EditorPins): Promise<void> {
  const name = targetName(targetOf(uri));
  const history = pins.of(uri);
  if (history.length === 0) {
    void vscode.window.showInformationMessage(`${name} is not pinned, so there is nothing to compare it with.`);
    return;
  }
  const { chain } = await withPatientProgress(`Verifying ${name}`, (progress) =>
    verifier.verify(targetOf(uri), progress),
  );
  if (chain?.report.pin) await showChoices(`${name}: ${pinWords(chain.report.pin)}`, comparison(chain, history));
}

function comparison(chain: VerifiedChain, history: readonly Pin[]): Choice[] {
  const { uri, report } = chain;
  const verdict = report.pin!;
  const holds = verdict.state === 'holds';
  const run = (command: string) => (): unknown => vscode.commands.executeCommand(command, uri);
  const older = history.slice(0, -1).toReversed();
  return [
    ...sentenceChoices(pinSentence(verdict), holds),
    separator('Compared'),
    pinChoice(verdict.pin, holds),
    {
      label: '$(file) Now',
      description: `${entries(report.entries)}, last hash ${short(report.chainHash)}`,
      detail: `First entry ${short(report.genesis)}`,
    },
    ...(older.length === 0 ? [] : [separator('Pinned before')]),
    ...older.map((pin) =>
      pinChoice(pin, holds || (verdict.lastHolding !== null && pin.count <= verdict.lastHolding.count)),
    ),
    separator('Actions'),
    ...(verdict.line === null || chain.isLarge
      ? []
      : [{ label: `$(go-to-file) Go to Line ${verdict.line}`, run: () => goToDocumentLine(uri, verdict.line! - 1) }]),
    ...(holds && report.valid && report.appended !== 0
      ? [{ label: '$(pin) Pin This Head', run: run(COMMANDS.pinHead) }]
      : []),
    { label: '$(close) Unpin…', run: run(COMMANDS.unpin) },
    { label: '$(export) Export Pins…', run: run(COMMANDS.exportPins) },
  ];
}

/** Each sentence on a line of its own, for a list cuts off what is longer. */
function sentenceChoices(text: string, holds: boolean): Choice[] {
  const [first, ...rest] = text.split(/(?<=\.) /);
  const [what, why] = first.split(/: (.*)/);
  return [
    { label: `$(${holds ? 'pass-filled' : 'error'}) ${what}`, detail: why },
    ...rest.map((sentence) => ({ label: `$(info) ${sentence}` })),
  ];
}

function pinChoice({ time, count, lastHash, genesis }: Pin, holds: boolean): Choice {
  return {
    label: `$(pinned) Pinned on ${shownTime(time)}`,
    description: `${entries(count)}, last hash ${short(lastHash)}, ${holds ? 'holds' : 'does not hold'}`,
    detail: `First entry ${short(genesis)}`,
  };
}

function short(hash: string | null): string {
  return hash === null ? 'none' : `${shownName(hash.slice(0, 16))}…`;
}

/** Lists all pins; choosing one compares its chain with it. */
export async function showPins(pins: EditorPins): Promise<void> {
  const { problems } = pins.store.read();
  const current = pins.current();
  const choices: Choice[] = current.map((pin) => ({
    label: `$(pinned) ${shownName(pin.path.split(/[\\/]/).at(-1)!)}`,
    description: `${entries(pin.count)}, pinned on ${shownTime(pin.time)}`,
    detail: shownName(pin.path),
    run: () => vscode.commands.executeCommand(COMMANDS.comparePin, pinnedUri(pin)),
  }));
  if (current.length === 0)
    choices.push({ label: 'No chain is pinned', description: 'Verify a chain, then choose Pin This Head' });
  if (problems.length > 0) {
    const [{ line, message }] = problems;
    choices.push({
      label: `$(warning) ${problems.length === 1 ? 'A line' : `${problems.length} lines`} of the file of pins could not be read`,
      description: `line ${line}: ${message}`,
      run: () => vscode.commands.executeCommand('vscode.open', vscode.Uri.file(pins.store.file)),
    });
  }
  choices.push(
    separator('Actions'),
    { label: '$(export) Export Pins…', run: () => vscode.commands.executeCommand(COMMANDS.exportPins) },
    { label: '$(desktop-download) Import Pins…', run: () => vscode.commands.executeCommand(COMMANDS.importPins) },
  );
  await showChoices('Pinned heads of chains', choices);
}

async function showChoices(title: string, choices: Choice[]): Promise<void> {
  const chosen = await vscode.window.showQuickPick(choices, { title, matchOnDescription: true, matchOnDetail: true });
  await chosen?.run?.();
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
