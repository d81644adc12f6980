import * as vscode from 'vscode';
import type { ChainReport } from '../../core/chain/report';
import { isNoChain } from '../../core/chain/verdictText';
import { activeTarget, targetName, targetOf, type ChainTarget } from './chainTarget';
import type { ChainVerifier } from './chainVerifier';
import { chooseChain } from './chooseChain';
import { withPatientProgress } from './patientProgress';
import { shownText } from '../shownName';
import { announceVerdict } from './verdictMessage';

/** The command Verify Chain: from the palette, an editor's title, a lens, or files chosen in the explorer or the view. */
export class VerifyChainCommand {
  constructor(private readonly verifier: ChainVerifier) {}

  /**
   * @param uris the files that a menu was opened on; the active editor's or tab's where there is none.
   * @returns the reports, by the order of the files: for whoever calls the command from a program.
   */
  async run(uris: readonly vscode.Uri[]): Promise<ChainReport[]> {
    const targets = uris.length > 0 ? uris.map(targetOf) : [activeTarget()].filter((target) => target !== undefined);
    if (targets.length === 0) return this.choose('No editor is open.');
    const reports: ChainReport[] = [];
    for (const target of targets) reports.push(...(await this.verify(target, uris.length > 0)));
    return reports;
  }

  /** @param isNamed whether somebody pointed at just this file: then no other is offered in its place. */
  private async verify(target: ChainTarget, isNamed = false): Promise<ChainReport[]> {
    const { report, chain } = await withPatientProgress(`Verifying ${targetName(target)}`, (progress) =>
      this.verifier.verify(target, progress),
    );
    if (chain === undefined) {
      const sentence = noChainSentence(target, report);
      if (!isNamed) return this.choose(sentence);
      void vscode.window.showWarningMessage(sentence);
      return [];
    }
    announceVerdict(targetName(target), chain);
    return [report];
  }

  private async choose(sentence: string): Promise<ChainReport[]> {
    const uri = await chooseChain(sentence);
    return uri === undefined ? [] : this.verify(targetOf(uri));
  }
}

function noChainSentence(target: ChainTarget, report: ChainReport): string {
  if (!isNoChain(report)) return `${targetName(target)} is empty.`;
  const lines =
    report.malformedLines === 1
      ? 'its line is no entry'
      : `none of its ${report.malformedLines.toLocaleString('en-US')} lines is an entry`;
  const [first] = report.explanation.breaks;
  return `${targetName(target)} is not an audit chain: ${lines}. ${first === undefined ? '' : `Line ${first.line}: ${shownText(first.message, 300)}`}`.trimEnd();
}
