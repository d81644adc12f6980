import type { Break } from '../core/chain/explain/break';
import { MAX_NOTES } from '../core/chain/facts';
import type { ChainReport } from '../core/chain/report';
import {
  isNoChain,
  LIMITS_OF_A_CHAIN,
  noneHoldsSentence,
  tailSentence,
  verdictSentence,
} from '../core/chain/verdictText';
import { visible } from '../core/text/visible';
import { count, shownPath, style, table, wrapped } from './terminal';

/** Breaks and notes printed; all of them are in the JSON. */
const MOST_BREAKS = 50;
const MOST_NOTES = 10;
/** Of a file that is something else, a few lines tell enough. */
const MOST_LINES_OF_NO_CHAIN = 3;

/** The report for people: the verdict, a table of breaks, and what the chain cannot show. */
/** @param tail what is known of the tail, where the report does not know it. */
export function reportText(file: string, report: ChainReport, isAlgorithmGiven: boolean, tail?: string): string {
  const { breaks, total } = report.explanation;
  const lines = [`${verdict(report)}  ${style(`${shownPath(file)} (${report.algorithm})`, 'dim')}`];
  const isChain = !isNoChain(report);
  const noneHolds = noneHoldsSentence(report, isAlgorithmGiven);
  if (noneHolds !== undefined) lines.push('', ...wrapped(noneHolds));
  if (breaks.length > 0) {
    const shown = breaks.slice(0, isChain ? MOST_BREAKS : MOST_LINES_OF_NO_CHAIN);
    lines.push('', ...breakTable(shown));
    const listed = total === breaks.length ? 'all' : `the first ${breaks.length.toLocaleString('en-US')}`;
    if (total > shown.length) {
      lines.push('', `${count(total - shown.length, 'more break')} not shown here; --format json lists ${listed}.`);
    }
  }
  const notes = report.notes.slice(0, MOST_NOTES);
  if (notes.length > 0) {
    const noteTotal = Object.values(report.noteTotals).reduce((sum, each) => sum + each, 0);
    lines.push('', style('Notes (these break nothing)', 'bold'));
    lines.push(...table(notes.map(({ line, message }) => [`line ${line}`, message])));
    if (noteTotal > notes.length) {
      lines.push(
        `${count(noteTotal - notes.length, 'more note')}; --format json lists up to ${MAX_NOTES.toLocaleString('en-US')} of each kind.`,
      );
    }
  }
  if (report.unreadBytes > 0) {
    lines.push(
      '',
      `The file grew while it was read: its last ${count(report.unreadBytes, 'byte')} were not looked at.`,
    );
  }
  if (isChain || report.pin !== null) lines.push('', ...wrapped(tail ?? tailSentence(report)));
  if (isChain && !report.isHeadKnown && tail === undefined) lines.push(...wrapped(LIMITS_OF_A_CHAIN));
  if (report.reference.error !== null && report.valid) {
    lines.push('', ...wrapped(`The Python reference refuses this file: ${visible(report.reference.error, 300)}`));
  }
  return `${lines.join('\n')}\n`;
}

function verdict(report: ChainReport): string {
  const sentence = isNoChain(report) ? 'Not an audit chain: none of its lines is an entry.' : verdictSentence(report);
  return style(style(sentence, 'bold'), report.valid ? 'green' : 'red');
}

function breakTable(breaks: readonly Break[]): string[] {
  const rows = breaks.map((found) => [String(found.line), sequence(found), found.kind, what(found)]);
  const [head, ...body] = table([['Line', 'Sequence', 'Kind', 'What happened'], ...rows]);
  return [style(head, 'bold'), ...body];
}

function sequence({ sequenceId }: Break): string {
  return sequenceId === null ? '-' : visible(sequenceId, 20);
}

function what({ message, alternatives }: Break): string {
  return alternatives.length > 0 ? `${message} (Likely; could also be ${alternatives.join(' or ')}.)` : message;
}
