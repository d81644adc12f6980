/** Times as the page shows them, in the person's zone or in UTC. All arguments are milliseconds since 1970. */

export type Zone = 'local' | 'utc';

export interface Calendar {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** undefined where no calendar has the time. */
export function calendarOf(at: number, zone: Zone): Calendar | undefined {
  const date = new Date(Math.floor(at));
  if (Number.isNaN(date.getTime())) return undefined;
  return zone === 'utc'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth(),
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        millisecond: date.getUTCMilliseconds(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth(),
        day: date.getDate(),
        hour: date.getHours(),
        minute: date.getMinutes(),
        second: date.getSeconds(),
        millisecond: date.getMilliseconds(),
      };
}

/** `10:30:02.114` */
export function clock(at: number, zone: Zone): string {
  const time = calendarOf(at, zone);
  return time === undefined ? '' : `${hoursOf(time)}.${String(time.millisecond).padStart(3, '0')}`;
}

/** `29 Mar 2026` */
export function day(at: number, zone: Zone): string {
  const time = calendarOf(at, zone);
  return time === undefined ? '' : `${dayAndMonth(time)} ${time.year}`;
}

/** `29 Mar` */
export function shortDay(at: number, zone: Zone): string {
  const time = calendarOf(at, zone);
  return time === undefined ? '' : dayAndMonth(time);
}

export function isSameDay(a: number, b: number, zone: Zone): boolean {
  return day(a, zone) === day(b, zone);
}

/** From the first to the last, and no more than is needed to tell them apart. */
export function stretch(from: number, to: number, zone: Zone): string {
  const [start, end] = [calendarOf(from, zone), calendarOf(to, zone)];
  if (start === undefined || end === undefined) return '';
  const begin = `${day(from, zone)} ${hoursOf(start)}`;
  if (!isSameDay(from, to, zone)) return `${begin} – ${day(to, zone)} ${hoursOf(end)}`;
  if (hoursOf(start) !== hoursOf(end)) return `${begin} – ${hoursOf(end)}`;
  return from === to ? begin : `${day(from, zone)} ${clock(from, zone)} – ${clock(to, zone)}`;
}

/** A stretch as a bin of the histogram is: whole days without their hours, less than a second with its fraction. */
export function moment(from: number, to: number, zone: Zone): string {
  if (isMidnight(from, zone) && isMidnight(to, zone) && to > from) {
    const [first, last] = [day(from, zone), day(to - 1, zone)];
    return first === last ? first : `${first} – ${last}`;
  }
  const isShort = to - from < 1000 && isSameDay(from, to, zone);
  return isShort ? `${day(from, zone)} ${clock(from, zone)} – ${clock(to, zone)}` : stretch(from, to, zone);
}

/** What stands for the zone: `UTC`, or `UTC+02:00` for a local time that is not. */
export function zoneName(at: number, zone: Zone): string {
  if (zone === 'utc') return 'UTC';
  const minutes = -new Date(at).getTimezoneOffset();
  if (Number.isNaN(minutes) || minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `3.7 s`, `12 min`: a length of time to two digits or more. */
export function duration(milliseconds: number): string {
  const [size, unit] = UNITS.find(([length]) => milliseconds >= length) ?? [1, 'ms'];
  const length = milliseconds / size;
  return `${Number(length.toFixed(length < 10 ? 1 : 0)).toLocaleString('en-US')} ${unit}`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

function isMidnight(at: number, zone: Zone): boolean {
  return clock(at, zone) === '00:00:00.000';
}

function dayAndMonth(time: Calendar): string {
  return `${time.day} ${MONTHS[time.month]}`;
}

function hoursOf(time: Calendar): string {
  return `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
