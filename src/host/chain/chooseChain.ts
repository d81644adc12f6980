import * as vscode from 'vscode';
import { looksLikeChain } from '../../core/chain/looksLikeChain';
import { log } from '../log';
import { shownName } from '../shownName';

/** Files looked into for the list, and bytes looked at of each. */
const MOST_FILES = 200;
const HEAD_BYTES = 1 << 16;

/** Looked for in this order: chains are hardly ever named otherwise than the first. */
const CANDIDATES = ['**/*.{jsonl,ndjson}', '**/*.{json,log}'];
const EXCLUDED = '**/{node_modules,.git}/**';

type Choice = vscode.QuickPickItem & { readonly uri?: vscode.Uri };

/**
 * Lets the person pick a chain: those of the workspace, found by their content, or any other file.
 *
 * @param title a sentence that says why they are asked.
 */
export async function chooseChain(title: string): Promise<vscode.Uri | undefined> {
  const pick = vscode.window.createQuickPick<Choice>();
  pick.title = title;
  pick.placeholder = 'Choose a chain file to verify';
  pick.matchOnDescription = true;
  pick.busy = true;
  const browse: Choice = { label: '$(folder-opened) Choose Another File…', alwaysShow: true };
  pick.items = [browse];
  const accepted = new Promise<Choice | undefined>((resolve) => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0]));
    pick.onDidHide(() => resolve(undefined));
  });
  pick.show();
  void chainsOfWorkspace()
    .then(({ chains, isAll }) => {
      pick.items = [...chains.map(choice), ...(chains.length > 0 ? [separator] : []), browse];
      if (chains.length === 0) {
        pick.placeholder = isAll
          ? 'No .jsonl, .ndjson, .json or .log file of the workspace is a chain'
          : `None of the first ${MOST_FILES} files looked at is a chain`;
      }
    })
    .catch((error: unknown) => log().error(error instanceof Error ? error : String(error)))
    .finally(() => (pick.busy = false));
  const chosen = await accepted;
  pick.dispose();
  if (chosen === undefined) return undefined;
  return chosen.uri ?? (await browseFiles());
}

const separator: Choice = { label: '', kind: vscode.QuickPickItemKind.Separator };

function choice(uri: vscode.Uri): Choice {
  const path = vscode.workspace.asRelativePath(uri);
  const name = path.split('/').at(-1)!;
  return { label: `$(link) ${shownName(name)}`, description: path === name ? undefined : shownName(path), uri };
}

async function browseFiles(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Choose a Chain File',
    openLabel: 'Verify',
    filters: { 'JSON lines': ['jsonl', 'ndjson', 'json', 'log'], 'All files': ['*'] },
  });
  return chosen?.[0];
}

/** The chains among the files of the workspace, as far as they were looked at. */
async function chainsOfWorkspace(): Promise<{ chains: vscode.Uri[]; isAll: boolean }> {
  const files: vscode.Uri[] = [];
  for (const pattern of CANDIDATES) {
    if (files.length < MOST_FILES)
      files.push(...(await vscode.workspace.findFiles(pattern, EXCLUDED, MOST_FILES - files.length)));
  }
  const chains: vscode.Uri[] = [];
  for (const uri of files) if (looksLikeChain(await head(uri))) chains.push(uri);
  return { chains: chains.sort((a, b) => a.path.localeCompare(b.path)), isAll: files.length < MOST_FILES };
}

async function head(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    if (uri.scheme === 'file') {
      const { open } = await import('node:fs/promises');
      await using file = await open(uri.fsPath, 'r');
      const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    }
    return (await vscode.workspace.fs.readFile(uri)).subarray(0, HEAD_BYTES);
  } catch {
    return new Uint8Array();
  }
}
