import type * as vscode from 'vscode';
import { looksLikeLog } from '../../logfile/looksLikeLog';
import { SETTINGS } from '../ids';
import { headOf, patternsOf, search } from '../workspaceFiles';

/** What the setting says where nobody has set it. */
const DEFAULT_PATTERNS = ['**/*.{db,db3,sqlite,sqlite3}', '**/*.{jsonl,ndjson}'];

/** Patterns of the files that are looked into, from the settings. */
export function logPatterns(): readonly string[] {
  return patternsOf(SETTINGS.logFiles, DEFAULT_PATTERNS);
}

/** The logs among the files of the workspace, by path, as far as they were looked at. */
export async function findLogs(): Promise<{ logs: vscode.Uri[]; isAll: boolean }> {
  const { found, isAll } = await search(logPatterns(), isLog);
  return { logs: found, isAll };
}

/**
 * Whether a file is a log by its content, or is meant to be one by its name: a database that cannot be read is listed, and says why.
 * Only its start is read, and only files of this machine's disk are logs.
 */
export async function isLog(uri: vscode.Uri): Promise<boolean> {
  return uri.scheme === 'file' && looksLikeLog(uri.path, await headOf(uri));
}
