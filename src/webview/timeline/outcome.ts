import { NO_POLICY } from '../../core/text/noPolicy';
import type { EntryRow, Outcome } from '../../shared/timeline';
import type { IconName } from './iconOutlines';

/** What a decision or a risk looks like: its icon and its colour, beside which its word always stands. */
export interface Look {
  readonly icon: IconName;
  /** Class of the colour. */
  readonly tone: string;
}

const OUTCOMES: Readonly<Record<Outcome, Look>> = {
  success: { icon: 'pass', tone: 'tone-success' },
  failed: { icon: 'failed', tone: 'tone-failed' },
  blocked: { icon: 'blocked', tone: 'tone-blocked' },
  denied: { icon: 'denied', tone: 'tone-denied' },
  skipped: { icon: 'skipped', tone: 'tone-skipped' },
  other: { icon: 'unknown', tone: 'tone-unknown' },
  open: { icon: 'circle', tone: 'tone-open' },
  block: { icon: 'block', tone: 'tone-block' },
  attempt: { icon: 'play', tone: 'tone-attempt' },
};

const RISKS = new Map<string, Look>(
  Object.entries({
    low: { icon: 'low', tone: 'tone-low' },
    medium: { icon: 'medium', tone: 'tone-medium' },
    high: { icon: 'high', tone: 'tone-high' },
    critical: { icon: 'critical', tone: 'tone-critical' },
  }),
);

const UNKNOWN: Look = { icon: 'unknown', tone: 'tone-unknown' };

/** Whether it was recorded how it ended. */
export function hasEnded({ outcome }: Pick<EntryRow, 'outcome'>): boolean {
  return outcome !== 'open' && outcome !== 'block';
}

/** How it ended, as recorded; where that was not, what was decided. */
export function outcomeWord(row: Pick<EntryRow, 'outcome' | 'status' | 'approval'>): string {
  if (row.outcome === 'attempt') return 'attempt';
  if (hasEnded(row)) return row.status ?? '';
  return row.approval === '' ? NO_OUTCOME : row.approval;
}

/** The same for where there is room: what was decided is not how it ended. */
export function outcomePhrase(row: Pick<EntryRow, 'outcome' | 'status' | 'approval'>): string {
  if (row.outcome === 'attempt') return 'attempt, its outcome is an entry of its own';
  const word = outcomeWord(row);
  return hasEnded(row) || word === NO_OUTCOME ? word : `${word}, ${NO_OUTCOME}`;
}

const NO_OUTCOME = 'no outcome recorded';

/** The words of the format in one spelling; a word that it does not have, as it was recorded. */
export function riskWord(risk: string): string {
  return RISKS.has(risk.toLowerCase()) ? risk.toLowerCase() : risk;
}

export function outcomeLook({ outcome }: Pick<EntryRow, 'outcome'>): Look {
  return OUTCOMES[outcome];
}

export function riskLook(word: string): Look {
  return RISKS.get(word.toLowerCase()) ?? UNKNOWN;
}

/** A series of the histogram, whichever it counts by. */
export function seriesLook(name: string): Look {
  return Object.hasOwn(OUTCOMES, name) ? OUTCOMES[name as Outcome] : riskLook(name);
}

/** What the series is called where people read it. */
export function seriesTitle(name: string): string {
  return SERIES_TITLES.get(name) ?? name;
}

const SERIES_TITLES = new Map([
  ['open', 'no outcome'],
  ['block', 'block, no outcome'],
]);

/** What became of the action and which rule said so, with the rule's name as the log has it between the two parts. */
export function decisionSentence(row: EntryRow): { before: string; rule: string | null; after: string } {
  const { outcome } = row;
  // What other writers leave empty was not recorded either.
  const rule = row.rule === '' ? null : row.rule;
  if (outcome === 'blocked') return { before: rule === null ? 'Blocked' : 'Blocked by ', rule, after: '' };
  const ended = ENDINGS.get(outcome) ?? row.status ?? '';
  if (rule === NO_POLICY) return { before: `${ended}. There was no policy to decide`, rule: null, after: '' };
  if (rule === null) return { before: outcome === 'block' ? `${ended}. Decided to block` : ended, rule, after: '' };
  return { before: `${ended}. Decided by `, rule, after: ASKED.get(row.approval.toLowerCase()) ?? '' };
}

const ENDINGS = new Map<Outcome, string>([
  ['success', 'Succeeded'],
  ['failed', 'Failed'],
  ['denied', 'Denied'],
  ['skipped', 'Skipped'],
  ['open', 'Outcome not recorded'],
  ['block', 'Outcome not recorded'],
  ['attempt', 'Attempted; its outcome is an entry of its own'],
]);

const ASKED = new Map([
  ['auto', ', which needs no approval'],
  ['approve', ', which asks for approval'],
  ['block', ', which blocks'],
]);
