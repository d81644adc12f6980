import * as path from 'node:path';
import * as vscode from 'vscode';
import { entries } from '../../core/text/quantity';
import type { ExportFormat } from '../../logfile/exportEntries';
import type { WrittenFilter } from '../../logfile/logService';
import type { Scope } from '../../logfile/logView';
import { shownName, shownText } from '../shownName';
import type { LogReader } from './logReader';

const FORMATS: Readonly<Record<string, ExportFormat>> = { '.json': 'json', '.csv': 'csv' };

/**
 * Writes what is shown of a log to a file of the person's choice: JSON lines, JSON, or CSV.
 *
 * @param to the file, for whoever calls it from a program.
 */
export async function exportEntries(
  reader: LogReader,
  uri: vscode.Uri,
  scope: Scope,
  filter: WrittenFilter,
  to?: vscode.Uri,
): Promise<void> {
  const stem = path.posix.basename(uri.path).replace(/\.[^.]*$/, '');
  const destination =
    to ??
    (await vscode.window.showSaveDialog({
      title: 'Export Entries',
      saveLabel: 'Export',
      defaultUri: vscode.Uri.joinPath(uri, '..', `${stem}-export.jsonl`),
      filters: { 'JSON lines': ['jsonl'], JSON: ['json'], 'CSV for a spreadsheet': ['csv'] },
    }));
  if (destination === undefined) return;
  const format = FORMATS[path.posix.extname(destination.path).toLowerCase()] ?? 'jsonl';
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Exporting ${shownName(path.posix.basename(uri.path))}…` },
    () => reader.thread.ask('export', uri.fsPath, scope, filter, format, destination.fsPath),
  );
  if ('problem' in answer) {
    void vscode.window.showErrorMessage(`The filter cannot be read: ${shownText(answer.problem.message)}`);
    return;
  }
  const open = 'Open';
  const name = shownName(path.posix.basename(destination.path));
  const said = `Exported ${entries(answer.count)} to ${name}.`;
  if ((await vscode.window.showInformationMessage(said, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', destination);
  }
}
