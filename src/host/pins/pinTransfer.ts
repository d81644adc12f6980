import * as vscode from 'vscode';
import { readExport, recordsToAdd, writeExport } from '../../core/chain/pins/importPins';
import type { Pin } from '../../core/chain/pins/pin';
import { shownTime } from '../../core/chain/pins/pinText';
import { entries, quantity } from '../../core/text/quantity';
import { findChains } from '../chain/chainFiles';
import { stampOf } from '../chain/freshness';
import { shownName } from '../shownName';
import { pinnedUri, pinPath, type EditorPins } from './editorPins';

/** Taking pins out of the profile as text, to keep them where an agent cannot write, and back in. */

const FILTERS = { 'Pins (JSON lines)': ['jsonl', 'txt'], 'All files': ['*'] };

/** @param given the file to write to, for whoever calls the command from a program; else the person is asked. */
export async function exportPins(pins: EditorPins, given?: vscode.Uri): Promise<void> {
  const { inForce } = pins.store.read();
  if (inForce.size === 0) {
    void vscode.window.showInformationMessage('No chain is pinned, so there is nothing to export.');
    return;
  }
  const text = writeExport(inForce);
  const copy = 'Copy to Clipboard';
  const save = 'Save to File…';
  const how = given === undefined ? await vscode.window.showQuickPick([copy, save], { title: 'Export Pins' }) : save;
  if (how === copy) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`Copied ${quantity(inForce.size, 'pin')}`, 5000);
  } else if (how === save) {
    const uri =
      given ?? (await vscode.window.showSaveDialog({ title: 'Export Pins', saveLabel: 'Export', filters: FILTERS }));
    if (uri === undefined) return;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    void vscode.window.showInformationMessage(
      `Exported the pins of ${quantity(inForce.size, 'chain')} to ${shownName(uri.path.split('/').at(-1)!)}.`,
    );
  }
}

/** @param given the file to read, for whoever calls the command from a program; else the person is asked. */
export async function importPins(pins: EditorPins, given?: vscode.Uri): Promise<void> {
  const source = given === undefined ? await chooseSource() : await readSource(given);
  if (source === undefined) return;
  const { name, text } = source;
  const read = readExport(text);
  if ('refusal' in read) {
    void vscode.window.showErrorMessage(`${name}: ${read.refusal}`);
    return;
  }
  const placed: Pin[] = [];
  for (const history of read.histories.values()) {
    const path = await pathHere(history.at(-1)!);
    if (path === undefined) return;
    placed.push(...history.map((pin) => ({ ...pin, path })));
  }
  const added = recordsToAdd(placed, pins.store.read().inForce);
  if (added.length > 0) pins.append(added);
  const known = placed.length - added.length;
  void vscode.window.showInformationMessage(
    `Imported ${quantity(added.length, 'pin')} from ${name}${known > 0 ? `; ${known} ${known === 1 ? 'was' : 'were'} there already` : ''}. Verify a chain to hold it against its pin.`,
  );
}

interface Source {
  readonly name: string;
  readonly text: string;
}

async function chooseSource(): Promise<Source | undefined> {
  const clipboard = 'From Clipboard';
  const file = 'From File…';
  const where = await vscode.window.showQuickPick([clipboard, file], { title: 'Import Pins' });
  if (where === clipboard) return { name: 'the clipboard', text: await vscode.env.clipboard.readText() };
  if (where !== file) return undefined;
  const chosen = await vscode.window.showOpenDialog({ title: 'Import Pins', openLabel: 'Import', filters: FILTERS });
  return chosen?.[0] && readSource(chosen[0]);
}

async function readSource(uri: vscode.Uri): Promise<Source> {
  const name = shownName(uri.path.split('/').at(-1)!);
  return { name, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
}

/** Where the chain of a pin is on this machine: at its path, or at another that the person names. */
async function pathHere(pin: Pin): Promise<string | undefined> {
  const uri = pinnedUri(pin);
  if (uri !== undefined && (await stampOf(uri)) !== undefined) return pin.path;
  const { chains } = await findChains();
  const keep = {
    label: '$(pinned) Keep Its Path',
    description: 'where there is no file now: it will be shown as gone',
  };
  const items = chains.map((uri) => ({ label: `$(link) ${shownName(vscode.workspace.asRelativePath(uri))}`, uri }));
  const chosen = await vscode.window.showQuickPick([...items, keep], {
    title: `Which chain is the one pinned as ${shownName(pin.path)} on ${shownTime(pin.time)} (${entries(pin.count)})?`,
  });
  if (chosen === undefined) return undefined;
  return 'uri' in chosen ? pinPath(chosen.uri) : pin.path;
}
