import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { chainOfLength, content, forge, textOf, type Line } from '../unit/support/chains';
import { COMMANDS } from '../../src/host/ids';
import { projectFile, temporaryFile } from './support';

/** Chains for the tests of the editor, and what is on the screen of them. */

export function copyOf(sample: 'intact.jsonl' | 'tampered.jsonl'): vscode.Uri {
  return temporaryFile(sample, fs.readFileSync(projectFile('sample', sample).fsPath));
}

export function chainFile(lines: readonly Line[], name = 'chain.jsonl'): vscode.Uri {
  return temporaryFile(name, textOf(lines));
}

/** Entries that follow on the last of some others, recorded at `timestamp`. */
export function entriesAfter(lines: readonly Line[], count: number, timestamp: string, more: object = {}): Line[] {
  const made: Line[] = [];
  for (let i = 0; i < count; i++) {
    const before = (made.at(-1) ?? lines.at(-1))?.entry;
    made.push(
      forge({
        ...content(500 + i, { timestamp, ...more }),
        sequence_id: (before?.sequence_id ?? -1) + 1,
        previous_hash: before?.entry_hash ?? '0'.repeat(64),
      }),
    );
  }
  return made;
}

/** Recorded long before anybody can pin them. */
export const RECORDED = '2020-05-01T10:00:00+00:00';

export const twenty = (more: object = {}): Line[] => chainOfLength(20, { timestamp: RECORDED, ...more });

/** The lens on the first line: what it says of the chain, and what its commands are called, without the way to the timeline. */
export async function lens(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
  return lenses
    .filter(({ command }) => command?.command !== COMMANDS.openTimeline)
    .map(({ command }) => command?.title ?? '');
}

/** Waits until the lens says something. */
export async function lensSays(uri: vscode.Uri, what: RegExp, seconds = 20): Promise<string[]> {
  let said: string[] = [];
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    said = await lens(uri);
    if (said.some((title) => what.test(title))) return said;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The lens does not say ${String(what)} within ${seconds} s, but: ${said.join(' | ')}`);
}

/** What our hover at a place of a document is made of. */
export async function hoversAt(uri: vscode.Uri, line: number, character = 0): Promise<vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(line, character),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) =>
      content instanceof vscode.MarkdownString
        ? content
        : new vscode.MarkdownString(typeof content === 'string' ? content : content.value),
    );
}

export async function hoverAt(uri: vscode.Uri, line: number, character = 0): Promise<string> {
  return (await hoversAt(uri, line, character)).map(({ value }) => value).join('\n\n');
}

/** Writes another content into a file, as its writer, or somebody else, would. */
export function replace(uri: vscode.Uri, text: string): void {
  fs.writeFileSync(uri.fsPath, text);
}
