import { visible } from '../../text/visible';
import type { NumberTest, TimeTest } from './filter';
import { momentOf, type Clock, type Moment } from './moment';
import type { WrittenValue } from './splitTerms';

/** A value that cannot be read, in a sentence that says why. */
export interface Misread {
  readonly message: string;
}

const BACKWARDS: Misread = { message: 'This range ends before it begins.' };

/** What a value of `id` or `depth` asks for. */
export function numberTest({ operator, text }: WrittenValue, name: string): NumberTest | Misread {
  if (operator === '' && text.toLowerCase() === 'none') return 'none';
  const ends = operator === '' ? rangeOf(text) : undefined;
  const [first, last] = (ends ?? [text]).map((each) => (each === '' && ends !== undefined ? null : wholeNumber(each)));
  if (first === undefined || (ends !== undefined && last === undefined)) {
    const message = `"${visible(text, 40)}" is no number. Write one as in ${name}:17, ${name}:>=17 or ${name}:17..20.`;
    return { message };
  }
  if (ends !== undefined) {
    const isBackwards = first !== null && last !== null && last !== undefined && last < first;
    return isBackwards ? BACKWARDS : { from: first, to: last ?? null };
  }
  switch (operator) {
    case '>':
      return { from: first! + 1n, to: null };
    case '>=':
      return { from: first, to: null };
    case '<':
      return { from: null, to: first! - 1n };
    case '<=':
      return { from: null, to: first };
    default:
      return { from: first, to: first };
  }
}

function wholeNumber(text: string): bigint | undefined {
  return /^-?\d{1,20}$/.test(text) ? BigInt(text) : undefined;
}

/**
 * What a value of `time` asks for: one of the tests must hold. A time stands for as much as it leaves open: a date for a day, a
 * minute for a minute. A range ends where its end begins, but for a date, which is part of it. Where clocks went back and a time
 * came twice, both are meant: what begins there begins with the first, what ends there ends with the second.
 */
export function timeTests({ operator, text }: WrittenValue, clock: Clock): TimeTest[] | Misread {
  if (operator === '' && text.toLowerCase() === 'none') return ['none'];
  const ends = operator === '' ? rangeOf(text) : undefined;
  const moments = (ends ?? [text]).map((each) => (each === '' && ends !== undefined ? null : momentOf(each, clock)));
  if (moments.includes(undefined)) {
    return {
      message: `"${visible(text, 60)}" is no time. Write one as in time:2026-03-29, time:>=2026-03-29T10:30, time:>=-15m or time:2026-03-29T10:30..2026-03-29T10:45.`,
    };
  }
  const [first, last] = moments;
  if (ends !== undefined) {
    const from = first?.from ?? -Infinity;
    const to = (last?.isDay === true ? last.to : lastOf(last)?.from) ?? Infinity;
    const isBackwards = to < from || (to === from && last?.isDay === true);
    return isBackwards ? BACKWARDS : [{ from, to }];
  }
  const { from, to, again, isAgo } = first!;
  switch (operator) {
    case '>':
      return [{ from: to, to: Infinity }];
    case '>=':
      return [{ from, to: Infinity }];
    case '<':
      return [{ from: -Infinity, to: lastOf(first)!.from }];
    case '<=':
      return [{ from: -Infinity, to: lastOf(first)!.to }];
    default:
      // The instant a quarter of an hour ago is nothing that anybody looks for.
      if (isAgo) return [{ from, to: Infinity }];
      return again === undefined ? [{ from, to }] : [{ from, to }, again];
  }
}

function lastOf(moment: Moment | null | undefined): { readonly from: number; readonly to: number } | undefined {
  return moment?.again ?? moment ?? undefined;
}

/** The two ends of `a..b`, one of which may be left out; undefined where it is no range. */
function rangeOf(text: string): [string, string] | undefined {
  const at = text.indexOf('..');
  return at === -1 || text === '..' ? undefined : [text.slice(0, at), text.slice(at + 2)];
}
