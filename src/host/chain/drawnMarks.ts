import type * as vscode from 'vscode';
import { markText } from '../../core/chain/excerpt';
import type { ExcerptFiles } from '../excerpt/excerptFiles';
import type { DrawnMark } from './chainMarks';
import type { VerifiedChains } from './verifiedChains';

/** The marks to draw on a document: on a chain where edits have moved them to, on an excerpt where its breaks stand. */
export function drawnMarks(
  { uri }: vscode.TextDocument,
  chains: VerifiedChains,
  excerpts: ExcerptFiles,
): DrawnMark[] | undefined {
  const excerpt = excerpts.get(uri);
  if (excerpt !== undefined)
    return excerpt.marks.map(({ at, found }) => ({ kind: found.kind, line: at, text: markText(found) }));
  const chain = chains.get(uri);
  return (
    chain?.marks.flatMap(({ kind, line, text, isTouched }) => {
      if (line === undefined) return [];
      return isTouched ? { kind: 'stale', line, text: `edited since verified (was: ${text})` } : { kind, line, text };
    }) ?? []
  );
}
