import * as vscode from 'vscode';
import { makePin } from '../../core/chain/pins/makePin';
import { shownTime } from '../../core/chain/pins/pinText';
import { entries } from '../../core/text/quantity';
import { targetName, targetOf } from '../chain/chainTarget';
import type { ChainVerifier } from '../chain/chainVerifier';
import { withPatientProgress } from '../chain/patientProgress';
import type { VerifiedChain, VerifiedChains } from '../chain/verifiedChains';
import { COMMANDS } from '../ids';
import { pinPath, type EditorPins } from './editorPins';

/** Pinning a chain's head and giving the pin up again. */
export class PinCommands {
  constructor(
    private readonly chains: VerifiedChains,
    private readonly verifier: ChainVerifier,
    private readonly pins: EditorPins,
  ) {}

  /** Verifies all of a chain once more and pins its head. */
  async pinHead(uri: vscode.Uri): Promise<void> {
    const target = targetOf(uri);
    const name = targetName(target);
    if (target.kind === 'text') {
      const isUnsaved = target.document.isUntitled || target.document.isDirty;
      const why = isUnsaved ? 'it has unsaved changes. Save it first' : 'it is no file';
      void vscode.window.showWarningMessage(`${name} is not pinned: ${why}.`);
      return;
    }
    const chain = await this.verifyAgain(uri, name);
    if (chain === undefined) return;
    const made = makePin(pinPath(uri), chain.report, new Date().toISOString());
    if ('refusal' in made) {
      this.explainRefusal(uri, name, made.refusal, chain);
      return;
    }
    this.pins.append([{ action: 'pin', pin: made.pin }]);
    await this.verifyAgain(uri, name);
    const advice = 'Keep it where the agent cannot write, too: what runs as you can change your profile.';
    const exportPins = 'Export Pins…';
    void vscode.window
      .showInformationMessage(`${name}: pinned at ${entries(made.pin.count)}. ${advice}`, exportPins)
      .then((answer) => {
        if (answer === exportPins) void vscode.commands.executeCommand(COMMANDS.exportPins);
      });
  }

  private explainRefusal(uri: vscode.Uri, name: string, refusal: string, { report }: VerifiedChain): void {
    const message = `${name}: ${refusal}`;
    if (report.pin === null || report.pin.state === 'holds') {
      void (report.valid ? vscode.window.showInformationMessage(message) : vscode.window.showErrorMessage(message));
      return;
    }
    const compare = 'Compare with Pin';
    void vscode.window.showErrorMessage(message, compare).then((answer) => {
      if (answer === compare) void vscode.commands.executeCommand(COMMANDS.comparePin, uri);
    });
  }

  /** Gives the pin of a chain up, after asking. The file of pins keeps what was pinned. */
  async unpin(uri: vscode.Uri): Promise<void> {
    const pin = this.pins.of(uri).at(-1);
    const name = targetName({ kind: 'file', uri });
    if (pin === undefined) {
      void vscode.window.showInformationMessage(`${name} is not pinned.`);
      return;
    }
    const unpin = 'Unpin';
    const answer = await vscode.window.showWarningMessage(
      `Give up the pin of ${name} (${entries(pin.count)}, ${shownTime(pin.time)})? A cut at its end will no longer show.`,
      { modal: true },
      unpin,
    );
    if (answer !== unpin) return;
    this.pins.append([{ action: 'unpin', path: pin.path, time: new Date().toISOString() }]);
    if (this.chains.get(uri)?.report.pin?.state === 'gone') this.chains.forget(uri);
    else if (this.chains.get(uri) !== undefined) await this.verifyAgain(uri, name);
  }

  private async verifyAgain(uri: vscode.Uri, name: string): Promise<VerifiedChain | undefined> {
    const { chain } = await withPatientProgress(`Verifying ${name}`, (progress) =>
      this.verifier.verify(targetOf(uri), progress),
    );
    if (chain === undefined)
      void vscode.window.showErrorMessage(`${name} is no audit chain, so there is nothing to pin.`);
    return chain;
  }
}
