import type { SeenBlocks } from './seenBlocks';

/** What is remembered of a log from one reading to the next, by which it is noticed that something is gone which no id tells. */
export type SeenLog =
  | {
      readonly kind: 'lines';
      readonly lines: number;
      readonly blocks: SeenBlocks;
    }
  | {
      readonly kind: 'rows';
      /** The last row's id, and when it was recorded, in microseconds since 1970; NaN where that is no time. */
      readonly last: string;
      readonly time: number;
    };

/** What is said of lines that were read and do not stand there any more. */
export function lostLinesText(before: number, now: number): string {
  const had = `This file had ${before === 1 ? '1 line' : `${before.toLocaleString('en-US')} lines`} when it was read before`;
  return now < before
    ? `${had}, and has ${now.toLocaleString('en-US')} now.`
    : `${had}, which do not all stand in it as they did: it was changed before its end, or replaced.`;
}

/** The same of rows whose ids do not tell that they were deleted. */
export function lostRowText(last: string, isThere: boolean): string {
  return isThere
    ? `Row ${last} is another one than when this database was read before: rows were replaced.`
    : `This database had rows up to id ${last} when it was read before, and now neither has that row nor tells that it was deleted.`;
}
