import { calendarOf, clock, day, shortDay, type Zone } from './shownTime';

/** A mark on the axis of time. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between marks that people count in. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14].map((days) => days * DAY),
];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200];
const AVERAGE_MONTH = 30.44 * DAY;

/**
 * Marks at round times of the zone, in order.
 *
 * @param most how many of them there is room for.
 */
export function ticksOf(from: number, to: number, most: number, zone: Zone): Tick[] {
  if (!(to > from) || most < 1 || !Number.isFinite(to - from)) return [];
  const step = STEPS.find((size) => (to - from) / size <= most);
  if (step === undefined) return monthTicks(from, to, most, zone);
  const ticks: Tick[] = [];
  // Round in the zone: its distance from UTC, which changes with the season, is taken at each mark.
  for (let wall = Math.ceil((from + offsetOf(from, zone)) / step) * step; ticks.length <= most; wall += step) {
    const at = atWall(wall, zone);
    if (at > to) break;
    if (at >= from) ticks.push({ at, label: labelOf(at, step, zone) });
  }
  return ticks;
}

function labelOf(at: number, step: number, zone: Zone): string {
  const time = calendarOf(at, zone);
  if (time === undefined) return '';
  if (step >= DAY) return shortDay(at, zone);
  if (time.hour === 0 && time.minute === 0 && time.second === 0 && time.millisecond === 0) return shortDay(at, zone);
  const whole = clock(at, zone);
  if (step >= MINUTE) return whole.slice(0, 5);
  const digits = step >= SECOND ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
  return whole.slice(0, digits === 0 ? 8 : 9 + digits);
}

function monthTicks(from: number, to: number, most: number, zone: Zone): Tick[] {
  const step = MONTH_STEPS.find((months) => (to - from) / (months * AVERAGE_MONTH) <= most);
  const start = calendarOf(from, zone);
  if (step === undefined || start === undefined) return [];
  const ticks: Tick[] = [];
  let month = Math.ceil((start.year * 12 + start.month) / step) * step;
  for (; ticks.length <= most; month += step) {
    const year = Math.floor(month / 12);
    const wall = new Date(0).setUTCFullYear(year, month - year * 12, 1);
    const at = atWall(wall, zone);
    if (Number.isNaN(at) || at > to) break;
    if (at >= from) ticks.push({ at, label: step % 12 === 0 ? String(year) : day(at, zone).replace(/^\d+ /, '') });
  }
  return ticks;
}

/** What the zone's clocks show, as if it were UTC, is so far ahead of UTC. */
function offsetOf(at: number, zone: Zone): number {
  return zone === 'utc' ? 0 : -new Date(at).getTimezoneOffset() * MINUTE;
}

/** When the zone's clocks show this. */
function atWall(wall: number, zone: Zone): number {
  const guess = wall - offsetOf(wall, zone);
  return wall - offsetOf(guess, zone);
}
