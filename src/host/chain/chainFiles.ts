import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { looksLikeChain } from '../../core/chain/looksLikeChain';
import { EXCERPT, SETTINGS } from '../ids';

/** Files looked into. */
export const MOST_FILES = 2000;

/** Bytes looked at of each. */
const HEAD_BYTES = 1 << 16;

/** Files looked into at the same time. */
const AT_ONCE = 16;

/** What the setting says where nobody has set it: chains are hardly ever named otherwise than by the first of these. */
const DEFAULT_PATTERNS = ['**/*.{jsonl,ndjson}', '**/*.{json,log}'];
const EXCLUDED = '**/{node_modules,.git}/**';

/** The chains among the files of the workspace, by path, as far as they were looked at. */
export async function findChains(): Promise<{ chains: vscode.Uri[]; isAll: boolean }> {
  const files = new Map<string, vscode.Uri>();
  for (const pattern of chainPatterns()) {
    const room = MOST_FILES - files.size;
    if (room <= 0) break;
    for (const uri of await vscode.workspace.findFiles(pattern, EXCLUDED, room)) files.set(uri.toString(), uri);
  }
  const chains: vscode.Uri[] = [];
  const waiting = [...files.values()];
  const lookOn = async (): Promise<void> => {
    for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop())
      if (await fileLooksLikeChain(uri)) chains.push(uri);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lookOn));
  return { chains: chains.sort((a, b) => a.path.localeCompare(b.path)), isAll: files.size < MOST_FILES };
}

/** Patterns of the files that are looked into, from the settings. */
export function chainPatterns(): readonly string[] {
  const set = vscode.workspace.getConfiguration(SETTINGS.section).get<string[]>(SETTINGS.chainFiles);
  return Array.isArray(set) ? set.filter((pattern) => typeof pattern === 'string') : DEFAULT_PATTERNS;
}

/** Whether a file is a chain by its content. Only its start is read; what cannot be read is none. */
export async function fileLooksLikeChain(uri: vscode.Uri): Promise<boolean> {
  return uri.scheme !== EXCERPT.scheme && looksLikeChain(await head(uri));
}

async function head(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    if (uri.scheme === 'file') {
      // Without O_NONBLOCK, opening a pipe that nobody writes to would hang.
      await using file = await open(uri.fsPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    }
    return (await vscode.workspace.fs.readFile(uri)).subarray(0, HEAD_BYTES);
  } catch {
    return new Uint8Array();
  }
}
