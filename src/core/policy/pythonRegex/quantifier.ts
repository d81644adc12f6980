import { InvalidPattern } from './patternProblem';
import type { PatternReader } from './patternReader';
import { MAX_DIGITS } from './pythonInt';

export interface Count {
  readonly min: number;
  /** Infinity where there is no limit. */
  readonly max: number;
}

/** Python's "without limit", which no number may reach. */
const MAX_REPEAT = 4294967295;

export function isQuantifierStart(token: string): boolean {
  return token === '*' || token === '+' || token === '?' || token === '{';
}

/** What a quantifier asks for, after its first token; undefined where a brace is only a brace. */
export function parseCount(reader: PatternReader, token: string): Count | undefined {
  if (token === '?') return { min: 0, max: 1 };
  if (token === '*') return { min: 0, max: Infinity };
  if (token === '+') return { min: 1, max: Infinity };
  return parseBraces(reader);
}

function parseBraces(reader: PatternReader): Count | undefined {
  if (reader.next === '}') return undefined;
  const start = reader.position;
  const low = digitsOf(reader);
  const high = reader.match(',') ? digitsOf(reader) : low;
  if (!reader.match('}')) {
    reader.seek(start);
    return undefined;
  }
  const min = low === '' ? 0 : numberOf(low, start);
  const max = high === '' ? Infinity : numberOf(high, start);
  if (max < min) throw reader.problem('min repeat greater than max repeat', reader.position - start);
  return { min, max };
}

function digitsOf(reader: PatternReader): string {
  return reader.getWhile(Infinity, '0123456789');
}

function numberOf(digits: string, start: number): number {
  if (digits.length > MAX_DIGITS)
    throw InvalidPattern.near(
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion: value has ${digits.length} digits; ` +
        'use sys.set_int_max_str_digits() to increase the limit',
      start - 1,
      'ValueError',
    );
  const value = Number(digits);
  if (value >= MAX_REPEAT) throw InvalidPattern.near('the repetition number is too large', start - 1, 'OverflowError');
  return value;
}
