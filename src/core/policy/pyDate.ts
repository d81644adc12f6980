import type { PyDate } from './yamlTree';

/** Dates and times as `datetime` has them: their order, and how `repr` writes them. */

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Seconds east of UTC; undefined for a time without a zone, and for a date. */
  readonly offset: number | undefined;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{6}))?(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?)?$/;

function fieldsOf(date: PyDate): Fields {
  const found = ISO.exec(date.iso) ?? [];
  const [year, month, day, hour, minute, second, microsecond] = Array.from({ length: 7 }, (_, i) =>
    Number(found[i + 1] ?? 0),
  );
  const [sign, hours, minutes, seconds] = found.slice(8);
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  const offset = sign === undefined ? undefined : sign === '-' ? -size : size;
  return { year, month, day, hour, minute, second, microsecond, offset };
}

/** Whether it names a moment, so that it cannot be held against a time without a zone. */
export function hasZone(date: PyDate): boolean {
  return fieldsOf(date).offset !== undefined;
}

/** Microseconds since 1970; those of a time without a zone as if it were UTC. */
export function microsecondsOfDate(date: PyDate): bigint {
  const { year, month, day, hour, minute, second, microsecond, offset = 0 } = fieldsOf(date);
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(hour, minute, second);
  return BigInt(moment.getTime() - offset * 1000) * 1000n + BigInt(microsecond);
}

/** `datetime.datetime(2026, 3, 1, 18, 0, tzinfo=datetime.timezone.utc)` */
export function pyDateRepr(date: PyDate): string {
  const { year, month, day, hour, minute, second, microsecond, offset } = fieldsOf(date);
  if (date.kind === 'date') return `datetime.date(${year}, ${month}, ${day})`;
  const parts: (number | string)[] = [year, month, day, hour, minute];
  if (second > 0 || microsecond > 0) parts.push(second);
  if (microsecond > 0) parts.push(microsecond);
  if (offset !== undefined) parts.push(`tzinfo=${zoneRepr(offset)}`);
  return `datetime.datetime(${parts.join(', ')})`;
}

/** A `timedelta` before zero is a day back and seconds forward. */
function zoneRepr(offset: number): string {
  if (offset === 0) return 'datetime.timezone.utc';
  const delta = offset < 0 ? `days=-1, seconds=${offset + 86_400}` : `seconds=${offset}`;
  return `datetime.timezone(datetime.timedelta(${delta}))`;
}
