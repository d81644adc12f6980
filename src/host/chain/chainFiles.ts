import type * as vscode from 'vscode';
import { looksLikeChain } from '../../core/chain/looksLikeChain';
import { EXCERPT, SETTINGS } from '../ids';
import { headOf, patternsOf, search } from '../workspaceFiles';

/** What the setting says where nobody has set it: chains are hardly ever named otherwise than by the first of these. */
const DEFAULT_PATTERNS = ['**/*.{jsonl,ndjson}', '**/*.{json,log}'];

/** The chains among the files of the workspace, by path, as far as they were looked at. */
export async function findChains(): Promise<{ chains: vscode.Uri[]; isAll: boolean }> {
  const { found, isAll } = await search(chainPatterns(), fileLooksLikeChain);
  return { chains: found, isAll };
}

/** Patterns of the files that are looked into, from the settings. */
export function chainPatterns(): readonly string[] {
  return patternsOf(SETTINGS.chainFiles, DEFAULT_PATTERNS);
}

/** Whether a file is a chain by its content. Only its start is read; what cannot be read is none. */
export async function fileLooksLikeChain(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === EXCERPT.scheme) return false;
  const head = await headOf(uri);
  return head !== undefined && looksLikeChain(head);
}
