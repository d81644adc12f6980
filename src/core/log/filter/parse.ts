import { visible } from '../../text/visible';
import { RISKS } from '../sessions';
import { fieldOf, nearestField, type Field } from './fields';
import { isGlob } from './glob';
import { tokensOf, type Token, type Value } from './tokens';
import { readTime, type TimeRange, type TimeReading } from './timeText';

/** What a term asks of a text. In lower case. */
export interface Pattern {
  readonly text: string;
  readonly kind: 'equals' | 'contains' | 'glob' | 'none';
}

/** Numbers from `from` to `to`, both included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

export type Test =
  | { readonly kind: 'patterns'; readonly field: Field; readonly patterns: readonly Pattern[] }
  /** Ranks of RISKS, from 0. */
  | { readonly kind: 'ranks'; readonly ranges: readonly NumberRange[] }
  | { readonly kind: 'numbers'; readonly of: 'id' | 'depth'; readonly ranges: readonly NumberRange[] }
  | { readonly kind: 'times'; readonly ranges: readonly TimeRange[] };

export interface Term {
  readonly negated: boolean;
  readonly test: Test;
}

/** All terms must hold. */
export interface Filter {
  readonly terms: readonly Term[];
}

/** What is wrong with a filter: a sentence, and the characters that it is about. */
export interface FilterProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

export const EVERYTHING: Filter = { terms: [] };

/** Beyond this nobody means it. */
const LONGEST = 10_000;

/** Reads a filter. Where something is wrong with it there is no filter, but a problem. */
export function parseFilter(
  text: string,
  reading: TimeReading,
): { readonly filter: Filter; readonly problem?: undefined } | { readonly problem: FilterProblem } {
  if (text.length > LONGEST) {
    return { problem: { message: `A filter has at most ${LONGEST} characters.`, from: LONGEST, to: text.length } };
  }
  const terms: Term[] = [];
  for (const token of tokensOf(text)) {
    const result = termOf(token, reading);
    if ('message' in result) return { problem: result };
    terms.push(result);
  }
  return { filter: { terms } };
}

function termOf(token: Token, reading: TimeReading): Term | FilterProblem {
  const open = token.values.find((value) => value.open);
  if (open !== undefined) return { message: 'The quotation mark is not closed.', from: open.from, to: open.to };
  if (token.field === undefined) {
    const patterns = [{ text: token.values[0].text.toLowerCase(), kind: 'contains' as const }];
    return { negated: token.negated, test: { kind: 'patterns', field: { kind: 'text' }, patterns } };
  }
  const field = fieldOf(token.field);
  if (field === undefined) return unknownField(token);
  const empty = token.values.find((value) => value.text === '' && !value.quoted);
  if (empty !== undefined) {
    return { message: `“${token.field}:” needs a value behind it.`, from: token.from, to: token.to };
  }
  const test = testOf(token, field, reading);
  return 'message' in test ? test : { negated: token.negated, test };
}

function unknownField(token: Token): FilterProblem {
  const nearest = nearestField(token.field!);
  const hint =
    nearest === undefined ? `To look for the text, put it in quotation marks.` : `Did you mean “${nearest}:”?`;
  return {
    message: `There is no field “${visible(token.field!, 30)}”. ${hint}`,
    from: token.from,
    to: token.valuesFrom,
  };
}

function testOf(token: Token, field: Field, reading: TimeReading): Test | FilterProblem {
  switch (field.kind) {
    case 'risk':
      return riskTest(token);
    case 'number':
      return collect(
        token,
        (value) => numberRange(value, field.of),
        (ranges) => ({ kind: 'numbers', of: field.of, ranges }),
      );
    case 'time':
      return collect(
        token,
        (value) => timeRange(value, reading),
        (ranges) => ({ kind: 'times', ranges }),
      );
    case 'column':
    case 'content':
    case 'text':
      return collect(
        token,
        (value) => patternOf(value, field, token.field!),
        (patterns) => ({ kind: 'patterns', field, patterns }),
      );
  }
}

/** Reads each value of a term; the first that cannot be read is the problem. */
function collect<T>(
  token: Token,
  read: (value: Value) => T | string,
  make: (all: readonly T[]) => Test,
): Test | FilterProblem {
  const all: T[] = [];
  for (const value of token.values) {
    const result = read(value);
    if (typeof result === 'string') return { message: result, from: value.from, to: value.to };
    all.push(result);
  }
  return make(all);
}

function patternOf({ text, quoted }: Value, field: Field, name: string): Pattern | string {
  if (!quoted && /^[<>]/.test(text)) {
    return `“${name}” has no order, so nothing is less or more than it. Risk, time, id and depth have one.`;
  }
  const lower = text.toLowerCase();
  if (!quoted && lower === 'none') return { text: '', kind: 'none' };
  if (!quoted && isGlob(lower)) {
    // In what may stand anywhere, a pattern may as well.
    return { text: field.kind === 'column' ? lower : `*${lower}*`, kind: 'glob' };
  }
  return { text: lower, kind: field.kind === 'column' && !field.contains ? 'equals' : 'contains' };
}

/** A risk that is no known word is compared as a text, as any column is. */
function riskTest(token: Token): Test | FilterProblem {
  const column: Field = { kind: 'column', column: 'risk', contains: false };
  if (!token.values.some(({ text, quoted }) => !quoted && (/^[<>]/.test(text) || text.includes('..')))) {
    return collect(
      token,
      (value) => patternOf(value, column, 'risk'),
      (patterns) => ({ kind: 'patterns', field: column, patterns }),
    );
  }
  return collect(
    token,
    ({ text }) => rangeOf(text, rankOf, RISKS.length - 1, 'a risk: low, medium, high or critical'),
    (ranges) => ({ kind: 'ranks', ranges }),
  );
}

function rankOf(text: string): number | undefined {
  const rank = (RISKS as readonly string[]).indexOf(text.toLowerCase());
  return rank === -1 ? undefined : rank;
}

function numberRange({ text }: Value, of: 'id' | 'depth'): NumberRange | string {
  const read = (digits: string): number | undefined => (/^-?\d{1,19}$/.test(digits) ? Number(digits) : undefined);
  return rangeOf(text, read, Infinity, `a whole number${of === 'id' ? ', or two with .. between them' : ''}`);
}

/** `5`, `>=5`, `<5`, `1..5`: of whole numbers, so that less than 5 is up to 4. */
function rangeOf(
  text: string,
  read: (text: string) => number | undefined,
  most: number,
  what: string,
): NumberRange | string {
  const wrong = `“${visible(text, 40)}” is not ${what}.`;
  const between = text.indexOf('..');
  if (between > 0) {
    const [from, to] = [read(text.slice(0, between)), read(text.slice(between + 2))];
    return from === undefined || to === undefined ? wrong : { from, to };
  }
  const operator = /^[<>]=?/.exec(text)?.[0] ?? '';
  const number = read(text.slice(operator.length));
  if (number === undefined) return wrong;
  switch (operator) {
    case '>':
      return { from: number + 1, to: most };
    case '>=':
      return { from: number, to: most };
    case '<':
      return { from: -Infinity, to: number - 1 };
    case '<=':
      return { from: -Infinity, to: number };
    default:
      return { from: number, to: number };
  }
}

function timeRange({ text }: Value, reading: TimeReading): TimeRange | string {
  const wrong = `“${visible(text, 60)}” is no time. Write 2026-03-29, 2026-03-29T10:30 or -15m, with <, >= or .. where you mean a stretch.`;
  const between = text.indexOf('..');
  if (between !== -1) {
    const [first, second] = [text.slice(0, between), text.slice(between + 2)];
    const from = first === '' ? undefined : readTime(first, reading);
    const to = second === '' ? undefined : readTime(second, reading);
    if ((first !== '' && from === undefined) || (second !== '' && to === undefined) || (first === '' && second === ''))
      return wrong;
    return { from: from?.from ?? -Infinity, to: to?.from ?? Infinity };
  }
  const operator = /^[<>]=?/.exec(text)?.[0] ?? '';
  const time = readTime(text.slice(operator.length), reading);
  if (time === undefined) return wrong;
  switch (operator) {
    case '>':
      return { from: time.to, to: Infinity };
    case '>=':
      return { from: time.from, to: Infinity };
    case '<':
      return { from: -Infinity, to: time.from };
    case '<=':
      return { from: -Infinity, to: time.to };
    default:
      return time;
  }
}
