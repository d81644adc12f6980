import { readLines } from '../../chainfile/readLines';
import { groupBreaks, layOutBreaks, layOutLines, CONTEXT_LINES, type Excerpt } from '../../core/chain/excerpt';
import { shownTime } from '../../core/chain/pins/pinText';
import { quantity } from '../../core/text/quantity';
import { staleWords, verdictWords } from '../chain/chainState';
import type { VerifiedChain } from '../chain/verifiedChains';
import { LINES_AROUND, type ExcerptRequest } from './excerptUri';

/** Pieces of a file in one document. */
const MOST_GROUPS = 200;

/** Bytes shown of a line among the breaks, and of one in a part of the file. */
const BREAK_LINE = { lineBytes: 4 << 10 };
const WHOLE_LINE = { lineBytes: 32 << 10 };

/** The breaks of a chain with the lines round them. Reads only those parts of the file. @throws ChainFileError */
export async function breaksExcerpt(chain: VerifiedChain, name: string): Promise<Excerpt> {
  const { explanation } = chain.report;
  const groups = groupBreaks(explanation.breaks);
  const shown = groups.slice(0, MOST_GROUPS);
  const wanted = shown.map(({ offset, line, after }) => ({ offset, line, before: CONTEXT_LINES, after }));
  const lines = await readLines(chain.uri.fsPath, wanted, BREAK_LINE);
  const count = shown.reduce((sum, group) => sum + group.breaks.length, 0);
  const head = [
    `Aegis: breaks in ${name}`,
    `${verdictWords(chain)}. Verified on ${shownTime(chain.verifiedAt.toISOString())}.`,
    ...staleHead(chain),
    count < explanation.total
      ? `The first ${count.toLocaleString('en-US')} of ${quantity(explanation.total, 'break')}.`
      : `${CONTEXT_LINES} lines around each break.`,
    'Go to Definition (F12) on a line opens that part of the file. Next break: F8.',
  ];
  return layOutBreaks(
    head,
    shown.map((group, i) => ({ group, lines: lines[i] })),
  );
}

/** A part of a chain file. Reads no more of it. @throws ChainFileError */
export async function linesExcerpt(
  { source, line, offset }: Extract<ExcerptRequest, { kind: 'lines' }>,
  chain: VerifiedChain | undefined,
  name: string,
): Promise<Excerpt> {
  const wanted = { offset, line, before: LINES_AROUND, after: LINES_AROUND };
  const [lines] = await readLines(source.fsPath, [wanted], WHOLE_LINE);
  const first = lines.at(0)?.line ?? line;
  const last = lines.at(-1)?.line ?? line;
  const head = [
    `Aegis: lines ${first} to ${last} of ${name}`,
    'A part of a file that is too large for the editor, read on its own.',
    ...(chain === undefined ? [] : staleHead(chain)),
  ];
  return layOutLines(head, lines, chain?.report.explanation.breaks ?? []);
}

function staleHead(chain: VerifiedChain): string[] {
  const stale = staleWords(chain);
  return stale === undefined ? [] : [`The file was ${stale}: what stands here may be out of date.`];
}
