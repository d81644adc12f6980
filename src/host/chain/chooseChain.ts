import * as vscode from 'vscode';
import { log } from '../log';
import { shownName } from '../shownName';
import { findChains } from './chainFiles';
import { MOST_FILES } from '../workspaceFiles';

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
  void findChains()
    .then(({ chains, isAll }) => {
      pick.items = [...chains.map(choice), ...(chains.length > 0 ? [separator] : []), browse];
      if (chains.length === 0) {
        pick.placeholder = isAll
          ? 'No file of the workspace looks like a chain'
          : `None of the first ${MOST_FILES.toLocaleString('en-US')} files looked at is a chain`;
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
