import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Prints a line; the mark tells it from VS Code's own output (scripts/vscode/relay.mjs). */
export function say(line: string): void {
  console.log(`${process.env.AEGIS_TEST_MARK ?? ''}${line}`);
}

/** @param name below the workspace, which is deleted at the end. */
export async function copyToWorkspace(chain: string, name: string): Promise<string> {
  const file = path.join(vscode.workspace.workspaceFolders![0].uri.fsPath, name);
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.copyFile(chain, file);
  return file;
}
