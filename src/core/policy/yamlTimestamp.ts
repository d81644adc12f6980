import type { PyDate } from './yamlTree';

/**
 * `construct_yaml_timestamp` of PyYAML 6.0.3: `2026-03-01` is a date; what has a time is a `datetime`, in the zone that is written.
 *
 * @returns undefined where Python raises: there is no such day, time or zone.
 */
export function yamlTimestamp(text: string): PyDate | undefined {
  const fields = TIMESTAMP.exec(text.endsWith('\n') ? text.slice(0, -1) : text)?.groups;
  if (fields === undefined) return undefined;
  const [year, month, day] = [fields.year, fields.month, fields.day].map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  const date = `${padded(year, 4)}-${padded(month)}-${padded(day)}`;
  if (fields.hour === undefined) return { kind: 'date', iso: date, text: date };

  const [hour, minute, second] = [fields.hour, fields.minute, fields.second].map(Number);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const zone = zoneOf(fields);
  if (zone === undefined) return undefined;
  const fraction = (fields.fraction ?? '').slice(0, 6).padEnd(6, '0');
  const time = `${padded(hour)}:${padded(minute)}:${padded(second)}${fraction === '000000' ? '' : `.${fraction}`}${zone}`;
  return { kind: 'datetime', iso: `${date}T${time}`, text: `${date} ${time}` };
}

/** `+01:00`; empty where none is written, undefined where it is a day or more. */
function zoneOf({ zone, sign, zoneHour, zoneMinute }: Partial<Record<string, string>>): string | undefined {
  if (zone === undefined) return '';
  const minutes = Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0);
  if (minutes >= 24 * 60) return undefined;
  return `${sign === '-' && minutes > 0 ? '-' : '+'}${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}`;
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function padded(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}

const TIMESTAMP = new RegExp(
  '^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})' +
    '(?:(?:[Tt]|[ \\t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\\.(?<fraction>[0-9]*))?' +
    '(?:[ \\t]*(?<zone>Z|(?<sign>[-+])(?<zoneHour>[0-9]{1,2})(?::(?<zoneMinute>[0-9]{2}))?))?)?$',
);
