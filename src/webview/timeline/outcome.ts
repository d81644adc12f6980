import type { EntryRow } from '../../shared/timeline';
import type { IconName } from './icons';

/** What a decision or a risk looks like: its icon and its colour, beside which its word always stands. */
export interface Look {
  readonly icon: IconName;
  /** Class of the colour. */
  readonly tone: string;
}

const OUTCOMES = new Map<string, Look>(
  Object.entries({
    success: { icon: 'pass', tone: 'tone-success' },
    blocked: { icon: 'blocked', tone: 'tone-blocked' },
    block: { icon: 'blocked', tone: 'tone-blocked' },
    denied: { icon: 'denied', tone: 'tone-denied' },
    failed: { icon: 'failed', tone: 'tone-failed' },
    skipped: { icon: 'skipped', tone: 'tone-skipped' },
    approve: { icon: 'person', tone: 'tone-approve' },
    auto: { icon: 'circle', tone: 'tone-auto' },
    open: { icon: 'circle', tone: 'tone-auto' },
  }),
);

const RISKS = new Map<string, Look>(
  Object.entries({
    low: { icon: 'low', tone: 'tone-low' },
    medium: { icon: 'medium', tone: 'tone-medium' },
    high: { icon: 'high', tone: 'tone-high' },
    critical: { icon: 'critical', tone: 'tone-critical' },
  }),
);

const UNKNOWN: Look = { icon: 'unknown', tone: 'tone-unknown' };

/** How it ended; where that was not recorded, what was decided. */
export function outcomeWord(row: Pick<EntryRow, 'status' | 'approval'>): string {
  return row.status ?? row.approval;
}

/** The words of the format in one spelling; a word that it does not have, as it was recorded. */
export function riskWord(risk: string): string {
  return RISKS.has(risk.toLowerCase()) ? risk.toLowerCase() : risk;
}

export function outcomeLook(word: string): Look {
  return OUTCOMES.get(word.toLowerCase()) ?? UNKNOWN;
}

export function riskLook(word: string): Look {
  return RISKS.get(word.toLowerCase()) ?? UNKNOWN;
}

/** A series of the histogram, whichever it counts by. */
export function seriesLook(word: string): Look {
  return OUTCOMES.get(word.toLowerCase()) ?? riskLook(word);
}

/** What became of the action and which rule said so, with the rule's name as the log has it between the two parts. */
export function decisionSentence(row: EntryRow): { before: string; rule: string | null; after: string } {
  const { rule } = row;
  const word = outcomeWord(row).toLowerCase();
  if (word === 'blocked' || word === 'block')
    return rule === null ? { before: 'Blocked', rule, after: '' } : { before: 'Blocked by ', rule, after: '' };
  const ended = row.status === null ? 'Outcome not recorded' : (ENDINGS.get(word) ?? row.status);
  if (rule === null) return { before: ended, rule, after: '' };
  return { before: `${ended}. Decided by `, rule, after: ASKED.get(row.approval.toLowerCase()) ?? '' };
}

const ENDINGS = new Map([
  ['success', 'Succeeded'],
  ['failed', 'Failed'],
  ['denied', 'Denied'],
  ['skipped', 'Skipped'],
]);

const ASKED = new Map([
  ['auto', ', which needs no approval'],
  ['approve', ', which asks for approval'],
  ['block', ', which blocks'],
]);
