import type * as vscode from 'vscode';
import { looksLikeChain } from '../../core/chain/looksLikeChain';
import { EXCERPT } from '../ids';

/** Languages of documents that may hold a chain; to look into others would cost time for nothing. */
const LANGUAGES = new Set(['jsonl', 'json', 'jsonc', 'log', 'plaintext', 'ndjson']);

const MOST_LINES = 20;
const MOST_CHARACTERS = 1 << 16;

/** Whether a document is a chain by its content. Only its first lines are looked at. */
export function showsChain(document: vscode.TextDocument): boolean {
  if (!LANGUAGES.has(document.languageId) || document.uri.scheme === EXCERPT.scheme) return false;
  if (!/^\uFEFF?\s*\{/.test(document.lineAt(0).text.slice(0, 200)) && document.languageId !== 'jsonl') return false;
  let head = '';
  for (let line = 0; line < Math.min(MOST_LINES, document.lineCount) && head.length < MOST_CHARACTERS; line++)
    head += `${document.lineAt(line).text.slice(0, MOST_CHARACTERS)}\n`;
  return looksLikeChain(new TextEncoder().encode(head));
}
