import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { SETTINGS } from './ids';

/** Files looked into. */
export const MOST_FILES = 2000;

/** Bytes looked at of each. */
const HEAD_BYTES = 1 << 16;

/** Files looked into at the same time. */
const AT_ONCE = 16;

const EXCLUDED = '**/{node_modules,.git}/**';

/** Glob patterns from the settings; what cannot be one is left out. */
export function patternsOf(setting: string, otherwise: readonly string[]): readonly string[] {
  const set = vscode.workspace.getConfiguration(SETTINGS.section).get<string[]>(setting);
  return Array.isArray(set) ? set.filter((pattern) => typeof pattern === 'string') : otherwise;
}

/** The files of the workspace that fit patterns, each once, up to a number; those of an earlier pattern first. */
export async function filesFor(patterns: readonly string[], most: number): Promise<vscode.Uri[]> {
  const files = new Map<string, vscode.Uri>();
  for (const pattern of patterns) {
    const room = most - files.size;
    if (room <= 0) break;
    for (const uri of await vscode.workspace.findFiles(pattern, EXCLUDED, room)) files.set(uri.toString(), uri);
  }
  return [...files.values()];
}

/** Those of them that are wanted by their content, as far as they were looked at. */
export async function search(
  patterns: readonly string[],
  isWanted: (uri: vscode.Uri) => Promise<boolean>,
): Promise<{ found: vscode.Uri[]; isAll: boolean }> {
  const files = await filesFor(patterns, MOST_FILES);
  const isAll = files.length < MOST_FILES;
  const found: vscode.Uri[] = [];
  const lookOn = async (): Promise<void> => {
    for (let uri = files.pop(); uri !== undefined; uri = files.pop()) if (await isWanted(uri)) found.push(uri);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lookOn));
  return { found: found.sort((a, b) => a.path.localeCompare(b.path)), isAll };
}

/** The first bytes of a file; undefined where it cannot be read. */
export async function headOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    if (uri.scheme === 'file') {
      // Without O_NONBLOCK, opening a pipe that nobody writes to would hang.
      await using file = await open(uri.fsPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    }
    return (await vscode.workspace.fs.readFile(uri)).subarray(0, HEAD_BYTES);
  } catch {
    return undefined;
  }
}
