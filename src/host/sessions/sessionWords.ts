import type { Outcome } from '../../core/log/outcomes';
import type { Risk, Session } from '../../core/log/sessions';
import { quantity } from '../../core/text/quantity';
import type { EntryFacts } from '../../logfile/entryFacts';
import { wallClock } from '../../logfile/wallClock';
import { shownText } from '../shownName';
import type { LogState } from './logReader';

/** How sessions and entries are told in words. */

export function sessionName({ id }: Pick<Session, 'id'>): string {
  if (id === null) return 'No session recorded';
  return id === '' ? '(empty session id)' : shownText(id, 80);
}

/** `42 actions · 2 blocked · 1 denied · 3 failed · 4 min · 2 h ago`: what did not happen is left out. */
export function sessionFigures(session: Session, now: number): string {
  const { actions, blocked, denied, failed, openBlocks } = session;
  const counts: [number, string][] = [
    [blocked, 'blocked'],
    [denied, 'denied'],
    [failed, 'failed'],
    [openBlocks, openBlocks === 1 ? 'block decision' : 'block decisions'],
  ];
  return [
    quantity(actions, 'action'),
    ...counts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString('en-US')} ${word}`),
    ...(session.from === null || session.to === null
      ? []
      : [...(session.entries === 1 ? [] : [lasted(session.to - session.from)]), ago(now - session.to)]),
  ].join(' · ');
}

export interface SourceFigures {
  /** undefined: it has not been read, and is not until somebody opens its node. */
  readonly state: LogState | undefined;
  /** In bytes. */
  readonly size: number;
  readonly isLive: boolean;
  /** Sessions that the filter lets through: undefined where there is none, null where they are being counted. */
  readonly shown: number | null | undefined;
}

/** `3 rows deleted · 2 of 4 sessions · live`: what a log is, in short; or why it cannot be read. */
export function sourceWords({ state, isLive, shown, size }: SourceFigures): string {
  if (state === undefined) return `${Math.round(size / 1e6).toLocaleString('en-US')} MB, not read yet`;
  const { summary, failure, isBusy } = state;
  if (failure !== undefined) return shownText(failure.message);
  if (summary === undefined) return 'reading…';
  const { deleted, entries } = summary;
  const isCounting = isBusy || summary.isPart || (shown === null && entries > 0);
  const total = quantity(summary.sessions, 'session');
  const sessions =
    shown === undefined ? [total] : shown === null ? [] : [`${shown.toLocaleString('en-US')} of ${total}`];
  return [
    ...(deleted > 0 ? [`${quantity(deleted, 'row')} deleted`] : []),
    ...(entries > 0 ? sessions : [deleted > 0 ? 'no entries left' : 'no entries yet']),
    ...(isCounting ? ['counting…'] : []),
    ...(isLive ? ['live'] : []),
  ].join(' · ');
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took, in the largest unit that tells. */
export function lasted(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < MINUTE) return `${Math.round(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return `${Math.round(milliseconds / MINUTE)} min`;
  if (milliseconds < 2 * DAY) return `${Math.round(milliseconds / HOUR)} h`;
  return `${Math.round(milliseconds / DAY)} days`;
}

/** How long ago something was. A clock that is ahead of ours wrote the rest. */
export function ago(milliseconds: number): string {
  if (milliseconds < -MINUTE) return 'in the future';
  if (milliseconds < MINUTE) return 'just now';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min ago`;
  if (milliseconds < 2 * DAY) return `${Math.floor(milliseconds / HOUR)} h ago`;
  return `${Math.floor(milliseconds / DAY).toLocaleString('en-US')} days ago`;
}

export function moment(time: number): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

/** `Europe/Berlin (UTC+02:00)`: a time zone, and how far its clock is ahead at a time in milliseconds since 1970. */
export function zoneWords(timeZone: string | undefined, now: number): string {
  if (timeZone === undefined || timeZone === 'UTC') return 'UTC';
  const minutes = Math.round(wallClock(timeZone).aheadAt(now) / MINUTE);
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${timeZone} (UTC${minutes < 0 ? '-' : '+'}${two(hour)}:${two(minute)})`;
}

/** An icon and a colour of the theme for a risk: told by shape as well as by colour. */
export function riskIcon(risk: Risk | null): { readonly icon: string; readonly color: string | undefined } {
  switch (risk) {
    case 'critical':
      return { icon: 'flame', color: 'charts.red' };
    case 'high':
      return { icon: 'warning', color: 'problemsWarningIcon.foreground' };
    case 'medium':
      return { icon: 'info', color: 'problemsInfoIcon.foreground' };
    case 'low':
      return { icon: 'circle-outline', color: 'testing.iconUnset' };
    case null:
      return { icon: 'question', color: undefined };
  }
}

/** What became of an action: as recorded, or that nothing was. */
export function outcomeWords({ outcome, status }: Pick<EntryFacts, 'outcome' | 'status'>): string {
  switch (outcome) {
    case 'block':
      return 'block decided, no outcome recorded';
    case 'open':
      return 'no outcome recorded';
    case 'attempt':
      return 'attempt';
    default:
      return status ?? '';
  }
}

/** An icon and a colour for it. */
export function outcomeIcon(outcome: Outcome): { readonly icon: string; readonly color: string } {
  switch (outcome) {
    case 'success':
      return { icon: 'pass', color: 'testing.iconPassed' };
    case 'failed':
      return { icon: 'error', color: 'testing.iconFailed' };
    case 'blocked':
      return { icon: 'circle-slash', color: 'testing.iconFailed' };
    case 'denied':
      return { icon: 'thumbsdown', color: 'problemsWarningIcon.foreground' };
    case 'skipped':
      return { icon: 'debug-step-over', color: 'testing.iconSkipped' };
    case 'block':
      return { icon: 'stop-circle', color: 'testing.iconFailed' };
    case 'open':
      return { icon: 'circle-outline', color: 'testing.iconUnset' };
    case 'attempt':
      return { icon: 'play', color: 'testing.iconSkipped' };
    case 'other':
      return { icon: 'question', color: 'testing.iconUnset' };
  }
}
