import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { looksLikeLog } from '../../logfile/looksLikeLog';
import { SETTINGS } from '../ids';

/** Files looked into. */
export const MOST_LOGS = 2000;

const HEAD_BYTES = 1 << 16;
const AT_ONCE = 16;
const EXCLUDED = '**/{node_modules,.git}/**';

/** What the setting says where nobody has set it. */
const DEFAULT_PATTERNS = ['**/*.{db,db3,sqlite,sqlite3}', '**/*.{jsonl,ndjson}'];

/** Patterns of the files that are looked into, from the settings. */
export function logPatterns(): readonly string[] {
  const set = vscode.workspace.getConfiguration(SETTINGS.section).get<string[]>(SETTINGS.logFiles);
  return Array.isArray(set) ? set.filter((pattern) => typeof pattern === 'string') : DEFAULT_PATTERNS;
}

/** The logs among the files of the workspace, as far as they were looked at. Only files of this machine's disk are logs. */
export async function findLogs(): Promise<{ logs: vscode.Uri[]; isAll: boolean }> {
  const files = new Map<string, vscode.Uri>();
  for (const pattern of logPatterns()) {
    const room = MOST_LOGS - files.size;
    if (room <= 0) break;
    for (const uri of await vscode.workspace.findFiles(pattern, EXCLUDED, room)) files.set(uri.toString(), uri);
  }
  const logs: vscode.Uri[] = [];
  const waiting = [...files.values()];
  const lookOn = async (): Promise<void> => {
    for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) if (await isLog(uri)) logs.push(uri);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lookOn));
  return { logs, isAll: files.size < MOST_LOGS };
}

/** Whether a file is a log by its content, or is meant to be one by its name. Only its start is read. */
export async function isLog(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would hang.
    await using file = await open(uri.fsPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return looksLikeLog(uri.path, buffer.subarray(0, bytesRead));
  } catch {
    // A database that cannot be read is listed, and says why.
    return looksLikeLog(uri.path, undefined);
  }
}
