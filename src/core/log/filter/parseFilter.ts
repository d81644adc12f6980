import { quantity } from '../../text/quantity';
import { visible } from '../../text/visible';
import { WITHOUT_STATUS } from '../outcomes';
import { RISKS } from '../sessions';
import { contentOrColumn, fieldOf, nearestName, nearestWord, type Field } from './fields';
import type { Filter, FilterProblem, NumberTest, Term, TimeTest, ValueTest } from './filter';
import type { Clock } from './moment';
import { numberTest, timeTests, type Misread } from './rangeTests';
import { splitTerms, type WrittenTerm, type WrittenValue } from './splitTerms';
import { isWild, type Piece } from './textPattern';

/** Longer texts are not read as filters. */
const MOST_CHARACTERS = 50_000;

/** Of one value: what is looked for in long texts must not be long itself. */
const MOST_OF_VALUE = 1000;

export type ParsedFilter =
  | { readonly filter: Filter; readonly problem?: undefined }
  | { readonly problem: FilterProblem; readonly filter?: undefined };

/**
 * Reads a filter: terms with white space between them, all of which must hold. An empty text lets everything through. Where
 * something is wrong there is the first problem and no filter, for half of a filter shows what nobody asked for.
 */
export function parseFilter(text: string, clock: Clock): ParsedFilter {
  try {
    if (text.length > MOST_CHARACTERS) {
      const most = quantity(MOST_CHARACTERS, 'character');
      throw new Unreadable(`A filter may have ${most}; this one has more.`, MOST_CHARACTERS, text.length);
    }
    return { filter: { terms: splitTerms(text).map((term) => termOf(term, clock)) } };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: { message: error.message, from: error.from, to: error.to } };
    throw error;
  }
}

/** Ends the reading; never leaves this file. */
class Unreadable extends Error {
  constructor(
    message: string,
    readonly from: number,
    readonly to: number,
  ) {
    super(message);
  }
}

function termOf(term: WrittenTerm, clock: Clock): Term {
  if (term.problem !== undefined) throw new Unreadable(term.problem.message, term.problem.from, term.problem.to);
  const { isNegated, values } = term;
  if (term.field === undefined) {
    return { isNegated, kind: 'text', patterns: values.map((value) => partOf(value, 'A text to look for')) };
  }
  const field = fieldOf(term.field.name);
  if (field === undefined) throw unknownField(term.field);
  const name = field.name;
  const { is } = field;
  for (const value of values) checkIsThere(value, term, is.kind === 'column' || is.kind === 'risk');
  switch (is.kind) {
    case 'column':
      if (is.isOutcome) return outcomeTerm(term, field);
      return { isNegated, kind: 'column', column: is.column, tests: values.map((value) => valueTest(value, field)) };
    case 'risk':
      return { isNegated, kind: 'column', column: 'risk', tests: values.map((value) => riskTest(value, field)) };
    case 'number':
      return {
        isNegated,
        kind: 'number',
        of: is.of,
        tests: values.map((value) => known(numberTest(value, name), value)),
      };
    case 'time':
      return { isNegated, kind: 'time', tests: values.flatMap((value) => known(timeTests(value, clock), value)) };
    case 'has':
      return { isNegated, kind: 'has', fields: values.map((value) => hasField(value, field)) };
    case 'content':
      return { isNegated, kind: 'content', field: is.content, patterns: values.map((value) => partOf(value, name)) };
    case 'text':
      return { isNegated, kind: 'text', patterns: values.map((value) => partOf(value, name)) };
  }
}

function unknownField({ name, from, to }: NonNullable<WrittenTerm['field']>): Unreadable {
  const nearest = nearestName(name);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  const shown = visible(name, 40);
  return new Unreadable(
    `There is no field "${shown}".${hint} Put the text in quotes to look for it as it is.`,
    from,
    to,
  );
}

/** An empty text in quotes is a value that can have been recorded, but nothing that can be looked for within a text. */
function checkIsThere({ text, isQuoted, to }: WrittenValue, { from, field }: WrittenTerm, mayBeEmpty: boolean): void {
  if (text !== '' || (isQuoted && mayBeEmpty)) return;
  const message = isQuoted
    ? 'Nothing stands in these quotes.'
    : `A value is missing behind ${field!.name}: it follows right after the colon, a comma or a sign such as >=.`;
  throw new Unreadable(message, from, to);
}

function known<T extends NumberTest | TimeTest[]>(test: T | Misread, { from, to }: WrittenValue): T {
  if (typeof test === 'object' && 'message' in test) throw new Unreadable(test.message, from, to);
  return test;
}

function valueTest(value: WrittenValue, field: Field): ValueTest {
  const { operator, pattern } = value;
  if (operator !== '' && operator !== '=') throw noOrder(value, field);
  if (isNone(value)) return { kind: 'none' };
  checkLength(value);
  const isPart = field.is.kind === 'column' && field.is.isPart === true && operator === '' && !isWild(pattern);
  return { kind: isPart && value.text !== '' ? 'part' : 'whole', pattern };
}

/** `open` and `block` are what an entry without a status counts as; in quotes they are words that may have been recorded. */
function outcomeTerm({ isNegated, values }: WrittenTerm, field: Field): Term {
  const tests = values.map((value) => valueTest(value, field));
  const without = WITHOUT_STATUS.filter((word) =>
    values.some(({ text, isQuoted }) => !isQuoted && text.toLowerCase() === word),
  );
  return without.length === 0
    ? { isNegated, kind: 'column', column: 'status', tests }
    : { isNegated, kind: 'outcome', tests, without };
}

function riskTest(value: WrittenValue, field: Field): ValueTest {
  const { operator, text, start, to, isQuoted, pattern } = value;
  const isWord = text !== '' && !isQuoted && !isWild(pattern);
  const isKnown = (RISKS as readonly string[]).includes(text.toLowerCase()) || isNone(value);
  if (isWord && !isKnown) throw noRisk(value);
  if (operator === '' || operator === '=') return valueTest(value, field);
  const rank = RISKS.findIndex((word) => word === text.toLowerCase());
  if (rank === -1) {
    const message = `"${visible(text, 40)}" is no risk that others can be compared with: those are low, medium, high and critical.`;
    throw new Unreadable(message, text === '' ? value.from : start, to);
  }
  const last = RISKS.length - 1;
  switch (operator) {
    case '>':
      return { kind: 'rank', from: rank + 1, to: last };
    case '>=':
      return { kind: 'rank', from: rank, to: last };
    case '<':
      return { kind: 'rank', from: 0, to: rank - 1 };
    case '<=':
      return { kind: 'rank', from: 0, to: rank };
  }
}

/** Other words may have been recorded, but who writes one most likely means one of the four. */
function noRisk({ operator, text, start, to }: WrittenValue): Unreadable {
  const nearest = nearestWord(text, RISKS);
  const hint =
    nearest === undefined
      ? 'Risks are low, medium, high and critical, and none where nothing was recorded.'
      : `Did you mean ${nearest}?`;
  const quotes = operator === '' || operator === '=' ? ' Put it in quotes to look for just that word.' : '';
  const message = `There is no risk "${visible(text, 40)}". ${hint}${quotes}`;
  return new Unreadable(message, start, to);
}

function hasField(value: WrittenValue, { words }: Field): ReturnType<typeof contentOrColumn> & string {
  if (value.operator !== '') throw noOrder(value, { name: 'has' });
  const found = contentOrColumn(value.text);
  if (found === undefined) {
    const message = `has: asks whether something was recorded, and does not know "${visible(value.text, 40)}". It knows ${words!.join(', ')}.`;
    throw new Unreadable(message, value.from, value.to);
  }
  return found;
}

function partOf(value: WrittenValue, name: string): readonly Piece[] {
  if (value.operator !== '') throw noOrder(value, { name });
  if (value.text === '') throw new Unreadable('There is no text in these quotes to look for.', value.from, value.to);
  checkLength(value);
  return value.pattern;
}

function checkLength({ text, from, to }: WrittenValue): void {
  if (text.length <= MOST_OF_VALUE) return;
  const length = quantity(text.length, 'character');
  const most = MOST_OF_VALUE.toLocaleString('en-US');
  throw new Unreadable(`This value has ${length}. At most ${most} can be looked for.`, from, to);
}

function noOrder({ operator, from, start }: WrittenValue, { name }: Pick<Field, 'name'>): Unreadable {
  const message = `"${operator}" cannot be used with ${name}. Put the value in quotes if that is part of it.`;
  return new Unreadable(message, from, start);
}

function isNone({ text, isQuoted }: WrittenValue): boolean {
  return !isQuoted && text.toLowerCase() === 'none';
}
