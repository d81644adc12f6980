import type { ChangeKind } from '../../core/policy/impact/change';
import type { Approval } from '../../core/policy/policy';
import { quantity } from '../../core/text/quantity';
import type { ImpactFigures } from '../../logfile/policyImpacts';

/** Icons of what is decided. */
export const APPROVAL_ICONS: Readonly<Record<Approval, string>> = {
  auto: 'pass',
  approve: 'account',
  block: 'circle-slash',
};

export interface ChangeWords {
  readonly kind: ChangeKind;
  readonly noun: string;
  readonly meaning: string;
  readonly icon: string;
  readonly color: string | undefined;
}

/** The kinds of change in words, those of most weight first. */
export const CHANGE_WORDS: readonly ChangeWords[] = [
  {
    kind: 'newly_blocked',
    noun: 'newly blocked',
    meaning: 'Recorded actions that the text as saved lets through or asks about, and the text as edited blocks',
    icon: 'circle-slash',
    color: 'testing.iconFailed',
  },
  {
    kind: 'newly_allowed',
    noun: 'newly allowed',
    meaning: 'Recorded actions that the text as saved blocks, and the text as edited does not',
    icon: 'pass',
    color: 'testing.iconPassed',
  },
  {
    kind: 'restricted',
    noun: 'restricted',
    meaning: 'Recorded actions that need no approval by the text as saved, and one by the text as edited',
    icon: 'lock',
    color: 'problemsWarningIcon.foreground',
  },
  {
    kind: 'promoted',
    noun: 'promoted',
    meaning: 'Recorded actions that need an approval by the text as saved, and none by the text as edited',
    icon: 'unlock',
    color: 'problemsInfoIcon.foreground',
  },
  {
    kind: 'not_evaluable',
    noun: 'not evaluable',
    meaning: 'Recorded actions of which the log does not have what a rule asks for, such as a redacted parameter',
    icon: 'question',
    color: undefined,
  },
];

export function changeWords(kind: ChangeKind): ChangeWords | undefined {
  return CHANGE_WORDS.find((each) => each.kind === kind);
}

/** What would be decided otherwise, as far as it is known: `3 newly blocked`. */
export function changeCounts({ changes }: ImpactFigures): (ChangeWords & { count: number; words: string })[] {
  return CHANGE_WORDS.map((each) => ({ ...each, count: changes[each.kind] }))
    .filter(({ count }) => count > 0)
    .map((each) => ({ ...each, words: `${each.count.toLocaleString('en-US')} ${each.noun}` }));
}

/** Why actions are not evaluable: `12: the log does not say whose they are`. */
export function reasonWords({ reasons }: ImpactFigures): string[] {
  return reasons.map(({ sentence, count }) => `${count.toLocaleString('en-US')}: ${sentence}`);
}

/**
 * That nothing would be decided otherwise, or nothing that is known: what is not known may be anything. Undefined where something would,
 * or not all was gone through.
 */
export function noChangeWords(figures: ImpactFigures): { short: string; sentence: string } | undefined {
  const { changes, warnings, done, actions } = figures;
  if (done < actions || changeCounts(figures).some(({ kind }) => kind !== 'not_evaluable')) return undefined;
  return changes.not_evaluable === 0 && warnings.length === 0
    ? { short: 'No decision changes', sentence: 'This edit changes no recorded decision' }
    : { short: 'No known decision changes', sentence: 'This edit changes no decision that is known' };
}

/** The time of day and the day that rules go by: `Sunday 10:30 UTC`. */
export function ruleClock(time: number): string {
  const date = new Date(time);
  const day = date.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' });
  return `${day} ${date.toISOString().slice(11, 16)} UTC`;
}

/** `aegis_audit.db, 25,000 actions, 1 Mar 2026 to 29 Mar 2026`; of a log that could not be read to its end, that it is incomplete. */
export function historyWords(name: string, figures: ImpactFigures | undefined): string {
  if (figures === undefined) return name;
  const { from, to, actions, warnings } = figures;
  const extent = from === null || to === null ? [] : [day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`];
  return [name, quantity(actions, 'action'), ...extent, ...(warnings.length > 0 ? ['incomplete'] : [])].join(', ');
}

function day(time: number): string {
  return new Date(time).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
}
