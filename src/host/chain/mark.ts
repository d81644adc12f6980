import type * as vscode from 'vscode';
import { markText } from '../../core/chain/excerpt';
import type { Break, BreakKind } from '../../core/chain/explain/break';
import { pinWords } from '../../core/chain/pins/pinText';
import type { ChainReport } from '../../core/chain/report';
import { lineAfter, type TextChange } from '../../core/text/lineAfter';

/** The editor shows no more diagnostics of one file and one collection, and more marks than that help nobody. */
export const MOST_MARKS = 1000;

/** A finding at a line of a document, which edits may have moved or touched since. */
export interface Mark {
  readonly kind: BreakKind | 'pin';
  /** What happened, in a few words. */
  readonly text: string;
  /** The break; undefined for a pinned head that does not hold. */
  readonly found: Break | undefined;
  /** Where it was found, from 0. */
  readonly original: number;
  /** Where it is now, from 0; undefined where the line was taken out. */
  readonly line: number | undefined;
  /** The line as it was verified, by which it is known to be the same; undefined where there was no document. */
  readonly fingerprint: string | undefined;
  /** The line is not what it was. */
  readonly isTouched: boolean;
}

/** The marks of a report, on the lines of the document that was verified, where there is one. */
export function marksOf(report: ChainReport, document: vscode.TextDocument | undefined): Mark[] {
  const mark = (line: number, more: Pick<Mark, 'kind' | 'text' | 'found'>): Mark => ({
    ...more,
    original: line - 1,
    line: line - 1,
    fingerprint: fingerprintAt(document, line - 1),
    isTouched: false,
  });
  const { pin } = report;
  const pinMarks =
    pin === null || pin.state === 'holds' || pin.line === null
      ? []
      : [mark(pin.line, { kind: 'pin', text: pinWords(pin), found: undefined })];
  const breaks = report.explanation.breaks
    .slice(0, MOST_MARKS - pinMarks.length)
    .map((found) => mark(found.line, { kind: found.kind, text: markText(found), found }));
  return [...pinMarks, ...breaks].sort((a, b) => a.original - b.original);
}

/** The marks after a document was changed: moved with their lines, and touched where a line is another one now. */
export function marksAfter(
  marks: readonly Mark[],
  changes: readonly TextChange[],
  document: vscode.TextDocument,
): Mark[] {
  return marks.map((mark) => {
    const isLengthKnown = !mark.isTouched && mark.fingerprint !== undefined;
    const length = isLengthKnown ? lengthOf(mark.fingerprint) : undefined;
    const line = changes.reduce<number | undefined>(
      (at, change) => (at === undefined ? undefined : lineAfter(at, change, length)),
      mark.line,
    );
    // What became of a pinned head is said of the whole chain, so any edit makes it a thing of the past.
    const isTouched = line !== undefined && (mark.kind === 'pin' || fingerprintAt(document, line) !== mark.fingerprint);
    return { ...mark, line, isTouched };
  });
}

/** Longer lines are known by their length and their ends. */
const LONGEST_KEPT = 4096;

function fingerprintAt(document: vscode.TextDocument | undefined, line: number): string | undefined {
  if (document === undefined || line >= document.lineCount) return undefined;
  const { text } = document.lineAt(line);
  const kept = text.length <= LONGEST_KEPT ? text : text.slice(0, LONGEST_KEPT / 2) + text.slice(-LONGEST_KEPT / 2);
  return `${text.length}:${kept}`;
}

function lengthOf(fingerprint: string): number {
  return Number(fingerprint.slice(0, fingerprint.indexOf(':')));
}
