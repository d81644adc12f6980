import * as vscode from 'vscode';
import { memberRange } from '../../core/chain/memberRange';

type HashMember = 'entry_hash' | 'previous_hash';

/** Lines next to an entry that are looked at first: in an unbroken chain its neighbour is the one. */
const NEAR = 3;

/** Lines with the hash on them that are looked at: more than a few have it only where somebody put it there. */
const MOST_LINES = 100;

/**
 * Jumps along the chain: from the `previous_hash` of an entry to the entry whose `entry_hash` that is, and from an
 * `entry_hash` to the entries that commit to it.
 */
export class EntryLinks implements vscode.DefinitionProvider, vscode.ReferenceProvider {
  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.LocationLink[] {
    const line = document.lineAt(position.line);
    const origin = memberAt(line, position, 'previous_hash');
    if (origin === undefined) return [];
    return find(document, position.line, document.getText(origin), 'entry_hash', -1).map((range) => ({
      originSelectionRange: origin,
      targetUri: document.uri,
      targetRange: document.lineAt(range.start.line).range,
      targetSelectionRange: range,
    }));
  }

  provideReferences(document: vscode.TextDocument, position: vscode.Position): vscode.Location[] {
    const origin = memberAt(document.lineAt(position.line), position, 'entry_hash');
    if (origin === undefined) return [];
    const found = find(document, position.line, document.getText(origin), 'previous_hash', 1);
    return found.map((range) => new vscode.Location(document.uri, range));
  }
}

/** Goes from the entry at the cursor to the one it claims to follow, or to the one that claims to follow it. */
export function goToEntry(editor: vscode.TextEditor, which: 'before' | 'after'): void {
  const { document, selection } = editor;
  const { line } = selection.active;
  const [own, other, step] =
    which === 'before' ? (['previous_hash', 'entry_hash', -1] as const) : (['entry_hash', 'previous_hash', 1] as const);
  const hash = valueOf(document.lineAt(line), own);
  if (hash === undefined) {
    void vscode.window.showInformationMessage(`Line ${line + 1} has no ${own}.`);
    return;
  }
  const [range] = find(document, line, hash, other, step);
  if (range === undefined) {
    void vscode.window.showInformationMessage(sentence(line, hash, which));
    return;
  }
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function sentence(line: number, hash: string, which: 'before' | 'after'): string {
  if (which === 'after') return `No entry of the file claims to follow line ${line + 1}.`;
  return /^"0{64}"$/.test(hash)
    ? `Line ${line + 1} claims to be the first entry of a chain.`
    : `The entry that line ${line + 1} claims to follow is not in the file.`;
}

/** Where a member of a line with this value stands, nearest first: the lines beside, then the rest of the document. */
function find(
  document: vscode.TextDocument,
  from: number,
  hash: string,
  member: HashMember,
  step: 1 | -1,
): vscode.Range[] {
  // Anything but the digest of an entry is no link.
  if (!/^"[^"\\]{8,128}"$/.test(hash)) return [];
  for (let line = from + step; line >= 0 && line < document.lineCount && Math.abs(line - from) <= NEAR; line += step) {
    const range = rangeOf(document.lineAt(line), hash, member);
    if (range !== undefined) return [range];
  }
  const text = document.getText();
  const found: vscode.Range[] = [];
  let at = text.indexOf(hash);
  for (let looked = 0; at >= 0 && looked < MOST_LINES; looked++) {
    const line = document.positionAt(at).line;
    const range = line === from ? undefined : rangeOf(document.lineAt(line), hash, member);
    if (range !== undefined) found.push(range);
    // One look a line, however often the hash stands on it.
    at = text.indexOf(hash, document.offsetAt(document.lineAt(line).range.end));
  }
  return found;
}

function rangeOf(line: vscode.TextLine, hash: string, member: HashMember): vscode.Range | undefined {
  return valueOf(line, member) === hash ? memberRangeOf(line, member) : undefined;
}

function valueOf(line: vscode.TextLine, member: HashMember): string | undefined {
  const range = memberRange(line.text, member);
  return range && line.text.slice(range.start, range.end);
}

function memberAt(line: vscode.TextLine, position: vscode.Position, member: HashMember): vscode.Range | undefined {
  const range = memberRangeOf(line, member);
  return range?.contains(position) ? range : undefined;
}

function memberRangeOf(line: vscode.TextLine, member: HashMember): vscode.Range | undefined {
  const range = memberRange(line.text, member);
  return range && new vscode.Range(line.lineNumber, range.start, line.lineNumber, range.end);
}
