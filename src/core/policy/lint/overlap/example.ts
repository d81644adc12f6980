import { visible } from '../../../text/visible';
import type { Action } from '../../action';
import { isoWeekday, sinceMidnight } from '../../conditions/timeOfDay';
import { shownValue } from '../../shownValue';

/** An action, and the moment at which it is judged. */
export interface ExampleAction {
  readonly action: Action;
  /** Microseconds since 1970, UTC. */
  readonly clock: number;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** In a sentence: `"drop" on "staging" with n = 5, on a Monday at 18:00 UTC`. */
export function exampleText({ action, clock }: ExampleAction, isClockOfInterest: boolean): string {
  const { type, target, agent, description, params } = action;
  const parts = [`"${visible(type, 60)}" on "${visible(target, 60)}"`];
  if (agent !== null) parts.push(` by "${visible(agent, 60)}"`);
  if (params.entries.length > 0) {
    const shown = params.entries.slice(0, 4).map(([name, value]) => `${nameText(name)} = ${shownValue(value, 40)}`);
    parts.push(` with ${shown.join(', ')}${params.entries.length > 4 ? ', …' : ''}`);
  }
  if (description !== '') parts.push(` described as "${visible(description, 60)}"`);
  if (isClockOfInterest) parts.push(`, on a ${DAYS[isoWeekday(clock) - 1]} at ${timeText(clock)} UTC`);
  return parts.join('');
}

function nameText(name: Parameters<typeof shownValue>[0]): string {
  return typeof name === 'string' && /^[\w.-]+$/.test(name) ? visible(name, 40) : shownValue(name, 40);
}

function timeText(clock: number): string {
  const minutes = Math.floor(sinceMidnight(clock) / 60_000_000);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
