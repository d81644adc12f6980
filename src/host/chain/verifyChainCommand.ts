import * as vscode from 'vscode';
import type { ChainReport } from '../../core/chain/report';
import { isNoChain } from '../../core/chain/verdictText';
import type { ChainDiagnostics } from './chainDiagnostics';
import { activeTarget, targetName, targetOf, type ChainTarget } from './chainTarget';
import { chooseChain } from './chooseChain';
import { openDocument } from './openDocument';
import { announceVerdict } from './verdictMessage';
import { verifyTarget } from './verifyTarget';

/** The command Verify Chain: from the palette, an editor's title, or files chosen in the explorer. */
export class VerifyChainCommand {
  constructor(
    private readonly diagnostics: ChainDiagnostics,
    private readonly workerScript: string,
  ) {}

  /**
   * @param clicked the file that a menu was opened on, and `selected` all files selected with it.
   * @returns the reports, by the order of the files: for whoever calls the command from a program.
   */
  async run(clicked?: vscode.Uri, selected?: vscode.Uri[]): Promise<ChainReport[]> {
    const uris = selected !== undefined && selected.length > 0 ? selected : clicked === undefined ? [] : [clicked];
    const targets = uris.length > 0 ? uris.map(targetOf) : [activeTarget()].filter((target) => target !== undefined);
    if (targets.length === 0) return this.choose('No editor is open.');
    const reports: ChainReport[] = [];
    for (const target of targets) reports.push(...(await this.verify(target)));
    return reports;
  }

  private async verify(target: ChainTarget): Promise<ChainReport[]> {
    const report = await verifyTarget(target, this.workerScript);
    if (report.entries === 0) {
      this.diagnostics.clear(target.uri);
      return this.choose(noChainSentence(target, report));
    }
    const document = target.kind === 'text' ? target.document : await openDocument(target.uri);
    this.diagnostics.show(target.uri, report, document);
    announceVerdict(target, report, document);
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
  return `${targetName(target)} is not an audit chain: ${lines}.`;
}
