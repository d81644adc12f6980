import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { shownName } from '../shownName';
import { filesFor } from '../workspaceFiles';
import type { PolicyDocuments } from './policyDocuments';
import { policyPatterns } from './policyFiles';

const MOST_POLICIES = 200;

/** The policy that a command is for: the one named, the one in the active editor, or one that the person chooses. */
export async function choosePolicy(
  documents: PolicyDocuments,
  named: vscode.Uri | undefined,
): Promise<vscode.TextDocument | undefined> {
  const open = documents.all();
  const given = open.find(({ uri }) => uri.toString() === named?.toString());
  if (given !== undefined) return given;
  const active = vscode.window.activeTextEditor?.document;
  if (active !== undefined && open.includes(active)) return active;
  const uris = new Map(open.map(({ uri }) => [uri.toString(), uri]));
  for (const uri of await filesFor(policyPatterns(), MOST_POLICIES)) uris.set(uri.toString(), uri);
  const policies: vscode.TextDocument[] = [];
  for (const uri of uris.values()) {
    const document = await opened(uri);
    if (document !== undefined && (await documents.findings(document)) !== undefined) policies.push(document);
  }
  if (policies.length <= 1) return policies[0] ?? (await offerNew());
  const picks = policies.map((document) => ({
    label: shownName(vscode.workspace.asRelativePath(document.uri)),
    iconPath: new vscode.ThemeIcon('law'),
    document,
  }));
  return (await vscode.window.showQuickPick(picks, { title: 'Choose a Policy' }))?.document;
}

/** What is no text, cannot be read, or is gone by now, is no policy. */
async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

async function offerNew(): Promise<undefined> {
  const create = 'New Policy';
  const answer = await vscode.window.showInformationMessage('No policy was found in this workspace.', create);
  if (answer === create) await vscode.commands.executeCommand(COMMANDS.newPolicy);
  return undefined;
}
