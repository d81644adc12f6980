import * as vscode from 'vscode';
import { EXCERPT } from '../ids';
import { shownName } from '../shownName';

/** What a read-only document shows of a chain file. */
export type ExcerptRequest =
  | { readonly kind: 'breaks'; readonly source: vscode.Uri }
  /** The lines round one of them, whose offset in the file is known. */
  | { readonly kind: 'lines'; readonly source: vscode.Uri; readonly line: number; readonly offset: number };

/** Lines shown before and after the one that was asked for. */
export const LINES_AROUND = 50;

export function excerptUri(request: ExcerptRequest): vscode.Uri {
  const { kind, source } = request;
  const name = shownName(source.path.split('/').at(-1)!).replace(/\//g, ' ');
  // The name must not end as the file's does, or its language would be taken for the file's.
  const part = kind === 'breaks' ? 'breaks' : `from line ${Math.max(1, request.line - LINES_AROUND)}`;
  const title = `${name} (${part})`;
  const query = kind === 'breaks' ? {} : { line: request.line, offset: request.offset };
  return vscode.Uri.from({
    scheme: EXCERPT.scheme,
    path: `/${kind}/${title}`,
    query: JSON.stringify({ ...query, source: source.toString() }),
  });
}

/** What a document of our scheme shows; undefined where its URI is not one that we made. */
export function readExcerptUri(uri: vscode.Uri): ExcerptRequest | undefined {
  if (uri.scheme !== EXCERPT.scheme) return undefined;
  try {
    const { source, line, offset } = JSON.parse(uri.query) as Record<string, unknown>;
    if (typeof source !== 'string') return undefined;
    const parsed = vscode.Uri.parse(source, true);
    if (uri.path.startsWith('/breaks/')) return { kind: 'breaks', source: parsed };
    if (!isPlace(line) || !isPlace(offset)) return undefined;
    return { kind: 'lines', source: parsed, line, offset };
  } catch {
    return undefined;
  }
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
